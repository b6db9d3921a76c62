"""Places where an enterprise works besides its address."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships import rules
from partnerships.changes import differences, snapshot
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise, Site
from partnerships.services import timeline


def _locked(enterprise: Enterprise, by: User) -> Enterprise:
    enterprise = Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    rules.can_change_enterprise(by, enterprise).or_raise()
    return enterprise


@transaction.atomic
def add_site(enterprise: Enterprise, *, fields: dict[str, Any], by: User, at: datetime) -> Site:
    """Enter a plant, a branch or a workshop; `fields` are the model's own."""
    site = Site(enterprise=_locked(enterprise, by), **fields)
    site.full_clean()
    site.save()
    timeline.record(enterprise, TimelineKind.SITE_CHANGED, by=by, at=at, text=site.name, detail="added")
    return site


@transaction.atomic
def change_site(site: Site, *, fields: dict[str, Any], by: User, at: datetime) -> Site:
    """Correct what is on file of a site; saving without a change writes nothing."""
    _locked(site.enterprise, by)
    site = Site.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=site.pk)
    before = snapshot(site, fields)
    for name, value in fields.items():
        setattr(site, name, value)
    site.full_clean()
    site.save()
    if changes := differences(site, before):
        timeline.record(
            site.enterprise, TimelineKind.SITE_CHANGED, by=by, at=at, text=site.name, detail="changed", changes=changes
        )
    return site


@transaction.atomic
def close_site(site: Site, *, on: date, by: User, at: datetime) -> Site:
    """The enterprise works there no longer; the site stays in the history. Raises RuleBroken when that is known."""
    _locked(site.enterprise, by)
    site = Site.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=site.pk)
    if site.closed_on is not None:
        raise RuleBroken(_("This site is closed already."))
    site.closed_on = on
    site.save(update_fields=["closed_on"])
    timeline.record(site.enterprise, TimelineKind.SITE_CHANGED, by=by, at=at, text=site.name, detail="closed")
    return site

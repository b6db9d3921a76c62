"""What units share with their communities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.people import User
from communities import rules
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.changes import differences, snapshot
from partnerships.choices.timeline import TimelineKind
from partnerships.models.communities import Community, CommunityMeeting, SharedResource
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline

FACTS = ("communities", "organisation", "kind", "name", "description", "place", "conditions", "ended_on")


@transaction.atomic
def share_resource(
    meeting: CommunityMeeting,
    *,
    organisation: str,
    name: str,
    enterprise: Enterprise | None = None,
    by: User,
    at: datetime,
) -> SharedResource:
    """Enter what a unit shares with the communities."""
    rules.can_keep_communities(by).or_raise()
    resource: SharedResource = meeting.shared_resources.create(
        organisation=organisation, name=name, enterprise=enterprise
    )
    resource.communities.set(meeting.communities.all())
    return resource


@transaction.atomic
def offer_resource(
    communities: Iterable[Community], *, fields: dict[str, Any], by: User, at: datetime
) -> SharedResource:
    """Enter what a unit shares, outside any meeting; the file of an enterprise tells it. Raises RuleBroken."""
    rules.can_keep_communities(by).or_raise()
    resource = SharedResource(**_named(fields))
    resource.full_clean()
    resource.save()
    resource.communities.set(_some(communities))
    if resource.enterprise is not None:
        timeline.record(
            resource.enterprise, TimelineKind.COMMUNITY_CHANGED, by=by, at=at, text=resource.name, link=_page(resource)
        )
    return resource


@transaction.atomic
def change_resource(
    resource: SharedResource, communities: Iterable[Community], *, version: int, fields: dict[str, Any], by: User,
    at: datetime,
) -> SharedResource:  # fmt: skip
    """Correct it, or say until when it is shared; raises StaleEdit and RuleBroken."""
    rules.can_keep_communities(by).or_raise()
    resource = lock(resource, version=version)
    before = snapshot(resource, FACTS)
    for name, value in _named(fields).items():
        setattr(resource, name, value)
    save(resource)
    resource.communities.set(_some(communities))
    if resource.enterprise is not None:
        timeline.record_changes(
            resource.enterprise, TimelineKind.COMMUNITY_CHANGED, differences(resource, before), by=by, at=at,
            text=resource.name, link=_page(resource),
        )  # fmt: skip
    return resource


def _named(fields: dict[str, Any]) -> dict[str, Any]:
    """The unit by its enterprise where no other name is given."""
    enterprise = fields.get("enterprise")
    if not fields.get("organisation"):
        if enterprise is None:
            raise RuleBroken(_("Say which unit shares it."), field="organisation")
        return {**fields, "organisation": enterprise.legal_name}
    return fields


def _some(communities: Iterable[Community]) -> list[Community]:
    chosen = list(communities)
    if not chosen:
        raise RuleBroken(_("Choose at least one community."), field="communities")
    return chosen


def _page(resource: SharedResource) -> str:
    community = resource.communities.order_by("pk").first()
    return reverse("communities:sharing", args=[community.pk]) if community else ""

"""Plaques: awarded, corrected, taken down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.changes import Change, differences, snapshot
from partnerships.choices.programmes import ProgrammeKind
from partnerships.choices.timeline import TimelineKind
from partnerships.models.plaques import Plaque
from partnerships.services import timeline
from programmes import rules


def _tell(plaque: Plaque, kind: TimelineKind, *, by: User, at: datetime, changes: list[Change] | None = None) -> None:
    """Tell the enterprise's file, where the plaque is of one."""
    if plaque.enterprise is not None:
        link = reverse("programmes:plaque", args=[plaque.pk])
        detail = "" if changes else str(plaque.kind)
        text = str(plaque)
        timeline.record(plaque.enterprise, kind, by=by, at=at, text=text, detail=detail, link=link, changes=changes)


def _check(plaque: Plaque, *, at: datetime) -> None:
    for link in (plaque.agreement, plaque.programme):
        if link is not None and plaque.enterprise_id != link.enterprise_id:
            raise RuleBroken(_("Agreement and programme are those of the enterprise."))
    if plaque.awarded_on and plaque.awarded_on > timezone.localdate(at):
        raise RuleBroken(_("This day lies ahead."), field="awarded_on")


def _set_photo(plaque: Plaque, photo: File[bytes] | None) -> None:
    if photo:
        plaque.photo, plaque.photo_name = photo, (photo.name or "")[-200:]


@transaction.atomic
def award_plaque(
    *,
    awarded_to: str,
    kind: ProgrammeKind,
    by: User,
    at: datetime,
    photo: File[bytes] | None = None,
    **fields: Any,
) -> Plaque:
    """Enter a plaque, of an enterprise or handed over at a meeting; `fields` are further columns.

    The school's own conditions are advice (programmes.selectors.conditions) and bar nothing.
    """
    rules.can_appoint(by).or_raise()
    plaque = Plaque(awarded_to=awarded_to, kind=kind, version=0, **fields)
    _set_photo(plaque, photo)
    _check(plaque, at=at)
    save(plaque)
    _tell(plaque, TimelineKind.PLAQUE_AWARDED, by=by, at=at)
    return plaque


@transaction.atomic
def change_plaque(plaque: Plaque, *, version: int | None, fields: dict[str, Any], by: User, at: datetime) -> Plaque:
    """Correct what is on file of a plaque, or add its photo. Raises StaleEdit."""
    rules.can_appoint(by).or_raise()
    plaque = lock(plaque, version=version)
    columns = {name: value for name, value in fields.items() if name != "photo"}
    before = snapshot(plaque, columns)
    for name, value in columns.items():
        setattr(plaque, name, value)
    _set_photo(plaque, fields.get("photo"))
    _check(plaque, at=at)
    save(plaque)
    if changes := differences(plaque, before):
        _tell(plaque, TimelineKind.PLAQUE_CHANGED, by=by, at=at, changes=changes)
    return plaque


@transaction.atomic
def take_down(plaque: Plaque, *, on: date, why: str, by: User, at: datetime) -> Plaque:
    """The plaque hangs no more (摘牌). Raises RuleBroken for one that is down already, or a day before its award."""
    rules.can_appoint(by).or_raise()
    plaque = lock(plaque)
    if plaque.taken_down_on is not None:
        raise RuleBroken(_("This plaque was taken down already."))
    if plaque.awarded_on and on < plaque.awarded_on:
        raise RuleBroken(_("A plaque cannot be taken down before it was awarded."), field="on")
    if on > timezone.localdate(at):
        raise RuleBroken(_("This day lies ahead."), field="on")
    before = snapshot(plaque, ["taken_down_on", "taken_down_why"])
    plaque.taken_down_on, plaque.taken_down_why = on, why
    save(plaque)
    _tell(plaque, TimelineKind.PLAQUE_TAKEN_DOWN, by=by, at=at, changes=differences(plaque, before))
    return plaque

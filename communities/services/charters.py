"""Versions of a charter; what was adopted stays."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from communities import rules
from communities.models.organs import Charter
from core.errors import RuleBroken
from partnerships.models.communities import Community, Resolution


@transaction.atomic
def adopt_charter(
    community: Community, *, number: int, file: File[bytes] | None, adopted_on: date | None = None,
    resolution: Resolution | None = None, note: str = "", by: User, at: datetime,
) -> Charter:  # fmt: skip
    """File a version; without a day it is the day of the meeting that adopted it. Raises RuleBroken."""
    rules.can_keep_communities(by).or_raise()
    Community.objects.select_for_update().get(pk=community.pk)
    if community.charters.filter(number=number).exists():
        raise RuleBroken(_("Version %(number)s is on file already.") % {"number": number}, field="number")
    if resolution is not None:
        _must_adopt(resolution, community)
        adopted_on = adopted_on or resolution.meeting.held_on
    return Charter.objects.create(
        community=community, number=number, file=file or "", name=(file.name or "")[:200] if file else "",
        adopted_on=adopted_on, resolution=resolution, note=note, by=by, at=at,
    )  # fmt: skip


def _must_adopt(resolution: Resolution, community: Community) -> None:
    if not resolution.meeting.communities.filter(pk=community.pk).exists():
        raise RuleBroken(_("This resolution is not of a meeting of this community."), field="resolution")
    if not resolution.is_adopted:
        raise RuleBroken(_("The meeting did not adopt this."), field="resolution")

"""Meetings of communities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from communities import rules
from core.errors import RuleBroken
from partnerships.choices.programmes import MeetingKind, MeetingRole
from partnerships.models.communities import Community, CommunityMeeting, MeetingPerson, Resolution

Person = tuple[MeetingRole, str, str, str]  # role, name, title, organisation


@transaction.atomic
def hold_meeting(
    communities: Iterable[Community],
    *,
    name: str,
    held_on: date | None,
    kind: MeetingKind = MeetingKind.FOUNDING,
    is_year_assumed: bool = False,
    place: str = "",
    organisations_present: int | None = None,
    provinces_present: int | None = None,
    people: Sequence[Person] = (),
    resolutions: Sequence[str] = (),
    minutes: File[bytes] | None = None,
    by: User,
    at: datetime,
) -> CommunityMeeting:
    """Enter a meeting of one or several communities; people are (role, name, title, organisation)."""
    rules.can_keep_communities(by).or_raise()
    meeting = CommunityMeeting.objects.create(
        name=name,
        kind=kind,
        held_on=held_on,
        is_year_assumed=is_year_assumed,
        place=place,
        organisations_present=organisations_present,
        provinces_present=provinces_present,
        minutes=minutes or "",
        minutes_name=(minutes.name or "")[:200] if minutes else "",
    )
    meeting.communities.set(communities)
    _seat(meeting, people)
    Resolution.objects.bulk_create(Resolution(meeting=meeting, subject=subject) for subject in resolutions)
    return meeting


def _seat(meeting: CommunityMeeting, people: Sequence[Person]) -> None:
    MeetingPerson.objects.bulk_create(
        MeetingPerson(meeting=meeting, role=role, name=person, title=title, organisation=organisation)
        for role, person, title, organisation in people
    )


@transaction.atomic
def change_meeting(
    meeting: CommunityMeeting, communities: Iterable[Community], *, fields: dict[str, Any], people: Sequence[Person],
    minutes: File[bytes] | None = None, by: User, at: datetime,
) -> CommunityMeeting:  # fmt: skip
    """Correct a meeting; without new minutes those on file stay. Raises RuleBroken without a community."""
    rules.can_keep_communities(by).or_raise()
    chosen = list(communities)
    if not chosen:
        raise RuleBroken(_("Choose at least one community."), field="communities")
    meeting = CommunityMeeting.objects.select_for_update().get(pk=meeting.pk)
    for name, value in fields.items():
        setattr(meeting, name, value)
    if minutes is not None:
        meeting.minutes, meeting.minutes_name = minutes, (minutes.name or "")[:200]
    meeting.save()
    meeting.communities.set(chosen)
    before = list(meeting.people.values_list("role", "name", "title", "organisation"))
    if before != [(str(role), *rest) for role, *rest in people]:
        meeting.people.all().delete()
        _seat(meeting, people)
    return meeting


@transaction.atomic
def record_resolution(
    meeting: CommunityMeeting, *, subject: str, is_adopted: bool = True, votes_for: int | None = None,
    votes_against: int | None = None, votes_abstained: int | None = None, by: User, at: datetime,
) -> Resolution:  # fmt: skip
    """What a meeting voted on; raises RuleBroken for a subject that is on record of this meeting already."""
    rules.can_keep_communities(by).or_raise()
    CommunityMeeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.resolutions.filter(subject=subject).exists():
        raise RuleBroken(_("This resolution of the meeting is on file already."), field="subject")
    resolution: Resolution = meeting.resolutions.create(
        subject=subject, is_adopted=is_adopted, votes_for=votes_for, votes_against=votes_against,
        votes_abstained=votes_abstained,
    )  # fmt: skip
    return resolution


@transaction.atomic
def change_resolution(resolution: Resolution, *, fields: dict[str, Any], by: User, at: datetime) -> Resolution:
    """Correct what was voted on, or enter the votes. Raises RuleBroken for one by which a charter was adopted."""
    rules.can_keep_communities(by).or_raise()
    resolution = Resolution.objects.select_for_update().get(pk=resolution.pk)
    for name, value in fields.items():
        setattr(resolution, name, value)
    if not resolution.is_adopted and resolution.charters.exists():
        raise RuleBroken(_("A charter was adopted by this resolution."), field="is_adopted")
    resolution.save()
    return resolution

"""Meetings of communities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models.people import User
from partnerships import rules
from partnerships.choices.programmes import MeetingRole
from partnerships.models.communities import Community, CommunityMeeting, MeetingPerson, Resolution


@transaction.atomic
def hold_meeting(
    communities: Iterable[Community],
    *,
    name: str,
    held_on: date | None,
    is_year_assumed: bool = False,
    place: str = "",
    organisations_present: int | None = None,
    provinces_present: int | None = None,
    people: Sequence[tuple[MeetingRole, str, str, str]] = (),
    resolutions: Sequence[str] = (),
    by: User,
    at: datetime,
) -> CommunityMeeting:
    """Enter a meeting of one or several communities; people are (role, name, title, organisation)."""
    rules.can_keep_programmes(by).or_raise()
    meeting = CommunityMeeting.objects.create(
        name=name,
        held_on=held_on,
        is_year_assumed=is_year_assumed,
        place=place,
        organisations_present=organisations_present,
        provinces_present=provinces_present,
    )
    meeting.communities.set(communities)
    MeetingPerson.objects.bulk_create(
        MeetingPerson(meeting=meeting, role=role, name=person, title=title, organisation=organisation)
        for role, person, title, organisation in people
    )
    Resolution.objects.bulk_create(Resolution(meeting=meeting, subject=subject) for subject in resolutions)
    return meeting

"""Communities, who belongs to them, and their meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships import rules
from partnerships.choices.programmes import CommunityLevel, MeetingRole, MemberRole, MemberType
from partnerships.choices.timeline import TimelineKind
from partnerships.models.codes import Province
from partnerships.models.communities import (
    Community,
    CommunityMeeting,
    MeetingPerson,
    Membership,
    Resolution,
    SharedResource,
)
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline


@transaction.atomic
def found_community(*, name: str, level: CommunityLevel, industry: str, by: User, at: datetime) -> Community:
    """Enter a community."""
    rules.can_keep_programmes(by).or_raise()
    return Community.objects.create(name=name, level=level, industry=industry)


@transaction.atomic
def join(
    community: Community,
    *,
    organisation: str,
    type: MemberType,
    role: MemberRole,
    by: User,
    at: datetime,
    enterprise: Enterprise | None = None,
    is_our_school: bool = False,
    province: Province | None = None,
    joined_on: date | None = None,
) -> Membership:
    """Enter a member; its province is the enterprise's unless given. Raises RuleBroken for a present member."""
    rules.can_keep_programmes(by).or_raise()
    Community.objects.select_for_update().get(pk=community.pk)
    if community.memberships.filter(organisation=organisation, left_on__isnull=True).exists():
        raise RuleBroken(_("%(organisation)s is a member already.") % {"organisation": organisation})
    membership: Membership = community.memberships.create(
        organisation=organisation,
        type=type,
        role=role,
        enterprise=enterprise,
        is_our_school=is_our_school,
        province=province or (enterprise.province if enterprise else None),
        joined_on=joined_on,
    )
    membership.terms.create(role=role, from_on=joined_on)
    if enterprise is not None:
        link = reverse("communities:community", args=[community.pk])
        timeline.record(
            enterprise,
            TimelineKind.COMMUNITY_JOINED,
            by=by,
            at=at,
            text=community.name,
            detail=str(role),
            link=link,
        )
    return membership


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
    rules.can_keep_programmes(by).or_raise()
    resource: SharedResource = meeting.shared_resources.create(
        organisation=organisation, name=name, enterprise=enterprise
    )
    resource.communities.set(meeting.communities.all())
    return resource

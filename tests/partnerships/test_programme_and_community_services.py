"""What programmes, mentors and communities refuse."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleBroken
from partnerships.choices.programmes import CommunityLevel, MemberRole, MemberType, ProgrammeKind
from partnerships.choices.timeline import TimelineKind
from partnerships.models.communities import Community, Membership
from partnerships.models.programmes import AnnualTarget, Mentor, Plaque, Programme
from partnerships.models.timeline import TimelineEntry
from partnerships.services import communities, programmes
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("who", ["college_staff", "leader", "student", "stranger"])
def test_only_the_office_keeps_programmes_and_communities(request, who):
    user, enterprise = request.getfixturevalue(who), EnterpriseFactory()
    by = {"by": user, "at": NOW}

    for act in (
        lambda: programmes.open_programme(enterprise, kind=ProgrammeKind.ORDER_CLASS, name="甲", **by),
        lambda: programmes.promise_investment(enterprise, promised=1, **by),
        lambda: programmes.award_plaque(awarded_to="甲", kind=ProgrammeKind.ORDER_CLASS, **by),
        lambda: programmes.appoint_mentor(enterprise, name="甲", **by),
        lambda: programmes.set_annual_target(name="甲", number=1, unit="人", by=user),
        lambda: communities.found_community(name="甲", level=CommunityLevel.CITY, industry="乙", **by),
        lambda: communities.hold_meeting([], name="甲", held_on=None, **by),
    ):
        with pytest.raises(PermissionDenied):
            act()

    for model in (Programme, Plaque, Mentor, AnnualTarget, Community, TimelineEntry):
        assert not model.objects.exists()


def test_a_unit_belongs_to_a_community_once_at_a_time(officer):
    community = communities.found_community(name="甲", level=CommunityLevel.CITY, industry="乙", by=officer, at=NOW)
    entry = {
        "organisation": "丙",
        "type": MemberType.RESEARCH,
        "role": MemberRole.MEMBER,
        "by": officer,
        "at": NOW,
    }
    member = communities.join(community, **entry)

    with pytest.raises(RuleBroken):
        communities.join(community, **entry)
    assert Membership.objects.count() == 1

    Membership.objects.filter(pk=member.pk).update(left_on=date(2026, 11, 1))
    communities.join(community, **entry)
    assert Membership.objects.count() == 2


def test_a_member_enterprise_brings_its_province_and_its_timeline_tells(officer):
    community = communities.found_community(name="甲", level=CommunityLevel.CITY, industry="乙", by=officer, at=NOW)
    enterprise = EnterpriseFactory()

    member = communities.join(
        community,
        organisation=enterprise.legal_name,
        type=MemberType.ENTERPRISE,
        role=MemberRole.COUNCIL,
        enterprise=enterprise,
        by=officer,
        at=NOW,
    )

    assert member.province == enterprise.province
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.text, entry.detail) == (TimelineKind.COMMUNITY_JOINED, "甲", "council")


def test_a_plaque_of_an_enterprise_stands_on_its_timeline(officer):
    programmes.award_plaque(
        awarded_to="基地", kind=ProgrammeKind.TRAINING_BASE, enterprise=EnterpriseFactory(), by=officer, at=NOW
    )

    assert TimelineEntry.objects.get().detail == "training_base"

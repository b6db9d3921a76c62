"""Who belongs to a community."""

from datetime import UTC, date, datetime

import pytest

from communities.services import communities, members
from core.errors import RuleBroken
from partnerships.choices.programmes import CommunityLevel, MemberRole, MemberType
from partnerships.choices.timeline import TimelineKind
from partnerships.models.communities import Membership
from partnerships.models.timeline import TimelineEntry
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_a_unit_belongs_to_a_community_once_at_a_time(officer):
    community = communities.found_community(name="甲", level=CommunityLevel.CITY, industry="乙", by=officer, at=NOW)
    entry = {
        "organisation": "丙",
        "type": MemberType.RESEARCH,
        "role": MemberRole.MEMBER,
        "by": officer,
        "at": NOW,
    }
    member = members.join(community, **entry)

    with pytest.raises(RuleBroken):
        members.join(community, **entry)
    assert Membership.objects.count() == 1

    Membership.objects.filter(pk=member.pk).update(left_on=date(2026, 11, 1))
    members.join(community, **entry)
    assert Membership.objects.count() == 2


def test_a_member_enterprise_brings_its_province_and_its_timeline_tells(officer):
    community = communities.found_community(name="甲", level=CommunityLevel.CITY, industry="乙", by=officer, at=NOW)
    enterprise = EnterpriseFactory()

    member = members.join(
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

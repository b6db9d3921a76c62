"""“N units from M provinces”, at any date, and who stands behind the number."""

from datetime import UTC, date, datetime

import pytest

from communities.selectors.members import count_members, member_list, units_once
from communities.services import members
from partnerships.choices.programmes import MemberRole, MemberType
from partnerships.models.communities import Membership
from partnerships.services.merging import merge_enterprises
from tests.factories.communities import CommunityFactory
from tests.factories.partnerships import EnterpriseFactory, ProvinceFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
D = date


@pytest.fixture
def join(officer):
    community = CommunityFactory()

    def act(name, day=None, province="510000", **fields):
        place = ProvinceFactory(code=province, name_zh=province, name_en=province) if province else None
        entry = {"type": MemberType.SCHOOL, "role": MemberRole.MEMBER, "by": officer, "at": NOW, **fields}
        return members.join(community, organisation=name, joined_on=day, province=place, **entry)

    act.community = community
    return act


def counted(join, on):
    found = count_members(join.community, on=on)
    return found.units, found.provinces, found.undated, found.nowhere


def names(join, on, **chosen):
    return [member.organisation for member in member_list(join.community, chosen, on=on)]


def test_units_come_leave_and_return_and_the_number_holds_for_every_day(join, officer):
    join("甲")  # nobody wrote down since when
    leaver = join("乙", D(2025, 1, 1), "350000")
    join("丙", D(2025, 10, 19), "350000")
    join("丁", D(2026, 1, 1), None)
    members.leave(leaver, on=D(2025, 12, 1), by=officer, at=NOW)
    join("乙", D(2026, 3, 1), "440000")

    assert {
        str(day): counted(join, day)
        for day in (
            D(2000, 1, 1), D(2024, 12, 31), D(2025, 1, 1), D(2025, 10, 18), D(2025, 10, 19), D(2025, 11, 30),
            D(2025, 12, 1), D(2026, 1, 1), D(2026, 2, 28), D(2026, 3, 1),
        )
    } == {
        "2000-01-01": (1, 1, 1, 0),
        "2024-12-31": (1, 1, 1, 0),
        "2025-01-01": (2, 2, 1, 0),
        "2025-10-18": (2, 2, 1, 0),
        "2025-10-19": (3, 2, 1, 0),
        "2025-11-30": (3, 2, 1, 0),
        "2025-12-01": (2, 2, 1, 0),
        "2026-01-01": (3, 2, 1, 1),
        "2026-02-28": (3, 2, 1, 1),
        "2026-03-01": (4, 3, 1, 1),
    }  # fmt: skip
    assert count_members(join.community, on=D(2026, 3, 1)).by_province == {"510000": 1, "350000": 1, "440000": 1}


def test_each_number_has_its_rows(join, officer):
    join("甲")
    leaver = join("乙", D(2025, 1, 1), "350000")
    join("丙", D(2025, 10, 19), None)
    members.leave(leaver, on=D(2025, 12, 1), by=officer, at=NOW)
    on = D(2025, 11, 1)

    assert names(join, on) == ["丙", "乙", "甲"]
    assert names(join, on, undated=True) == ["甲"]
    assert names(join, on, province="350000") == ["乙"]
    assert names(join, on, province="none") == ["丙"]
    assert names(join, on, shown="former") == []
    assert names(join, D(2025, 12, 1), shown="former") == ["乙"]
    assert names(join, D(2025, 12, 1), shown="all") == ["丙", "乙", "甲"]
    assert names(join, D(2025, 12, 1), find="甲") == ["甲"]


def test_the_role_is_the_one_of_that_day(join, officer):
    first = join("甲", D(2024, 1, 1))
    join("乙", D(2024, 1, 1), role=MemberRole.COUNCIL)
    members.change_role(first, role=MemberRole.CHAIR, on=D(2025, 6, 1), by=officer, at=NOW)

    def roles(on):
        return [(each.organisation, each.role_then) for each in member_list(join.community, {}, on=on)]

    assert roles(D(2025, 5, 31)) == [("乙", "council"), ("甲", "member")]
    assert roles(D(2025, 6, 1)) == [("甲", "chair"), ("乙", "council")]
    assert names(join, D(2025, 5, 31), role="chair") == []
    assert names(join, D(2025, 6, 1), role="chair") == ["甲"]


def test_two_members_whose_files_were_merged_are_one_unit_on_every_day(join, officer):
    kept, gone = EnterpriseFactory(), EnterpriseFactory()
    for file in (kept, gone):
        join(file.legal_name, D(2025, 1, 1), enterprise=file)
    assert counted(join, D(2025, 2, 1)) == (2, 1, 0, 0)

    merge_enterprises(kept, gone, taken=(), by=officer, at=NOW)

    assert counted(join, D(2025, 2, 1)) == (1, 1, 0, 0)
    assert counted(join, D(2026, 11, 20)) == (1, 1, 0, 0)
    assert units_once(Membership.objects.present(D(2025, 2, 1))).count() == 1


def test_a_unit_of_two_communities_counts_once_in_the_figure(join, officer):
    join("甲")
    members.join(
        CommunityFactory(), organisation="甲", type=MemberType.SCHOOL, role=MemberRole.MEMBER, by=officer, at=NOW
    )

    assert units_once(Membership.objects.present(D(2026, 1, 1))).count() == 1

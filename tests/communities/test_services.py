"""Who belongs to a community, as what, and from when to when."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from communities.models.members import Representative
from communities.selectors import members as selectors
from communities.services import communities, members
from core.errors import RuleBroken, StaleEdit
from partnerships.choices.programmes import CommunityKind, CommunityLevel, MemberRole, MemberType
from partnerships.choices.timeline import TimelineKind
from partnerships.models.communities import Community, Membership, MembershipTerm
from partnerships.models.timeline import TimelineEntry
from partnerships.services.merging import merge_enterprises
from tests.factories.communities import CommunityFactory
from tests.factories.partnerships import ContactFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
D = date


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def joined(officer, **fields):
    entry = {"organisation": "丙", "type": MemberType.RESEARCH, "role": MemberRole.MEMBER, "by": officer, "at": NOW}
    community = fields.pop("community", None) or CommunityFactory()
    return members.join(community, **{**entry, **fields})


def terms_of(member):
    return list(selectors.terms_of(member).values_list("role", "from_on", "to_on"))


def test_a_community_is_founded_and_changed_and_a_stale_edit_is_told(officer):
    by = {"by": officer, "at": NOW}
    community = communities.found_community(
        name="甲", level=CommunityLevel.CITY, kind=CommunityKind.CITY, document="教职成厅函〔2023〕15号",
        founded_on=D(2024, 1, 5), **by,
    )  # fmt: skip

    communities.change_community(community, version=1, fields={"batch": "第一批"}, **by)

    fresh = Community.objects.get()
    assert (fresh.kind, fresh.document, fresh.batch, fresh.version) == ("city", "教职成厅函〔2023〕15号", "第一批", 2)
    with pytest.raises(StaleEdit):
        communities.change_community(community, version=1, fields={"batch": "第二批"}, **by)
    assert Community.objects.get().batch == "第一批"


@pytest.mark.parametrize(("fields", "field"), [({"name": "甲"}, "name"), ({"founded_on": D(2027, 1, 1)}, "founded_on")])
def test_a_community_has_a_name_of_its_own_and_was_founded_already(officer, fields, field):
    entry = {"level": CommunityLevel.CITY, "by": officer, "at": NOW}
    communities.found_community(name="甲", **entry)

    with pytest.raises(RuleBroken) as refused:
        communities.found_community(**{"name": "乙", **fields, **entry})

    assert refused.value.field == field
    assert Community.objects.count() == 1


def test_a_unit_belongs_to_a_community_once_at_a_time_and_comes_back_later(officer):
    member = joined(officer, joined_on=D(2024, 1, 1))
    community = member.community

    with pytest.raises(RuleBroken, match="丙 is a member already"):
        joined(officer, community=community)
    members.leave(member, on=D(2026, 11, 1), why="合并", by=officer, at=NOW)
    for day in (None, D(2026, 10, 31)):
        with pytest.raises(RuleBroken, match="丙 was a member until") as refused:
            joined(officer, community=community, joined_on=day)
        assert refused.value.field == "joined_on"
    assert Membership.objects.count() == 1

    joined(officer, community=community, joined_on=D(2026, 11, 1))

    assert list(Membership.objects.values_list("joined_on", "left_on", "left_why")) == [
        (D(2024, 1, 1), D(2026, 11, 1), "合并"),
        (D(2026, 11, 1), None, ""),
    ]


def test_an_enterprise_under_another_name_is_the_same_unit(officer):
    enterprise = EnterpriseFactory()
    member = joined(officer, organisation=enterprise.legal_name, enterprise=enterprise)

    with pytest.raises(RuleBroken):
        joined(officer, community=member.community, organisation="旧名", enterprise=enterprise)

    assert Membership.objects.count() == 1


def test_a_member_enterprise_brings_its_province_and_its_timeline_tells(officer):
    enterprise = EnterpriseFactory()

    member = joined(officer, organisation=enterprise.legal_name, enterprise=enterprise)

    assert member.province == enterprise.province
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.text, entry.detail) == (TimelineKind.COMMUNITY_JOINED, member.community.name, "member")


def test_roles_follow_each_other_without_overlap_and_the_file_tells_what_was(officer):
    enterprise = EnterpriseFactory()
    member = joined(officer, enterprise=enterprise, joined_on=D(2024, 1, 1))

    members.change_role(member, role=MemberRole.COUNCIL, on=D(2025, 3, 1), by=officer, at=NOW)
    members.change_role(member, role=MemberRole.CHAIR, on=D(2026, 3, 1), by=officer, at=NOW)

    assert terms_of(member) == [
        ("member", D(2024, 1, 1), D(2025, 2, 28)),
        ("council", D(2025, 3, 1), D(2026, 2, 28)),
        ("chair", D(2026, 3, 1), None),
    ]
    assert Membership.objects.get().role == MemberRole.CHAIR
    entry = TimelineEntry.objects.filter(kind=TimelineKind.COMMUNITY_CHANGED).order_by("pk").last()
    assert entry.changes == [
        {"model": "partnerships.Membership", "field": "role", "before": "council", "after": "chair"}
    ]


@pytest.mark.parametrize(
    ("role", "on", "field"),
    [
        (MemberRole.MEMBER, D(2025, 1, 1), "role"),
        (MemberRole.CHAIR, D(2024, 1, 1), "on"),
        (MemberRole.CHAIR, D(2023, 1, 1), "on"),
        (MemberRole.CHAIR, D(2026, 11, 21), "on"),
    ],
)
def test_a_role_that_is_held_already_or_begins_too_early_or_tomorrow_is_refused(officer, role, on, field):
    member = joined(officer, joined_on=D(2024, 1, 1))

    with pytest.raises(RuleBroken) as refused:
        members.change_role(member, role=role, on=on, by=officer, at=NOW)

    assert refused.value.field == field
    assert terms_of(member) == [("member", D(2024, 1, 1), None)]
    assert Membership.objects.get().role == MemberRole.MEMBER


def test_leaving_ends_the_role_and_the_representative(officer):
    member = joined(officer, joined_on=D(2024, 1, 1))
    members.represent(member, name="王芳", from_on=D(2025, 1, 1), by=officer, at=NOW)

    members.leave(member, on=D(2026, 5, 1), by=officer, at=NOW)

    assert terms_of(member) == [("member", D(2024, 1, 1), D(2026, 5, 1))]
    assert Representative.objects.get().to_on == D(2026, 5, 1)
    for again in (
        lambda: members.leave(member, on=D(2026, 6, 1), by=officer, at=NOW),
        lambda: members.change_role(member, role=MemberRole.CHAIR, on=D(2026, 6, 1), by=officer, at=NOW),
    ):
        with pytest.raises(RuleBroken, match="left on"):
            again()
    assert Membership.objects.get().left_on == D(2026, 5, 1)


@pytest.mark.parametrize("on", [D(2023, 12, 31), D(2025, 2, 28), D(2026, 11, 21)])
def test_nobody_leaves_before_joining_before_the_last_role_or_tomorrow(officer, on):
    member = joined(officer, joined_on=D(2024, 1, 1))
    members.change_role(member, role=MemberRole.COUNCIL, on=D(2025, 3, 1), by=officer, at=NOW)

    with pytest.raises(RuleBroken) as refused:
        members.leave(member, on=on, by=officer, at=NOW)

    assert refused.value.field == "on"
    assert Membership.objects.get().left_on is None
    assert MembershipTerm.objects.filter(to_on__isnull=True).count() == 1


def test_a_joining_day_that_is_mended_moves_the_first_role_only(officer):
    member = joined(officer)
    members.change_role(member, role=MemberRole.COUNCIL, on=D(2025, 3, 1), by=officer, at=NOW)

    members.change_membership(member, fields={"joined_on": D(2024, 2, 1)}, by=officer, at=NOW)

    assert terms_of(member) == [("member", D(2024, 2, 1), D(2025, 2, 28)), ("council", D(2025, 3, 1), None)]
    with pytest.raises(RuleBroken, match="first role ended"):
        members.change_membership(member, fields={"joined_on": D(2025, 6, 1)}, by=officer, at=NOW)
    assert Membership.objects.get().joined_on == D(2024, 2, 1)


def test_a_file_that_is_linked_later_hears_that_its_enterprise_joined(officer):
    enterprise = EnterpriseFactory()
    member = joined(officer)

    members.change_membership(member, fields={"enterprise": enterprise}, by=officer, at=NOW)

    assert TimelineEntry.objects.get().kind == TimelineKind.COMMUNITY_JOINED
    assert enterprise.memberships.get() == member


def test_a_representative_is_a_contact_of_the_member_or_a_name(officer):
    enterprise, stranger = EnterpriseFactory(), ContactFactory()
    contact = ContactFactory(enterprise=enterprise)
    member = joined(officer, enterprise=enterprise)
    person = members.represent(member, contact=contact, name=contact.name, by=officer, at=NOW)

    members.change_representative(person, fields={"title": "总监"}, by=officer, at=NOW)

    entry = TimelineEntry.objects.order_by("pk").last()
    assert entry.changes == [{"model": "communities.Representative", "field": "title", "before": "", "after": "总监"}]
    with pytest.raises(RuleBroken, match="another enterprise"):
        members.represent(member, contact=stranger, name="甲", by=officer, at=NOW)
    with pytest.raises(ValidationError, match="cannot end before it begins"):
        members.represent(member, name="乙", from_on=D(2026, 2, 1), to_on=D(2026, 1, 1), by=officer, at=NOW)
    assert Representative.objects.count() == 1


@pytest.mark.parametrize("who", ["college_staff", "leader", "student", "stranger"])
def test_only_the_office_keeps_members(request, officer, who):
    member, user = joined(officer, joined_on=D(2024, 1, 1)), request.getfixturevalue(who)
    by = {"by": user, "at": NOW}

    for act in (
        lambda: joined(user, community=member.community, organisation="丁"),
        lambda: members.change_membership(member, fields={"organisation": "丁"}, **by),
        lambda: members.change_role(member, role=MemberRole.CHAIR, on=D(2025, 1, 1), **by),
        lambda: members.leave(member, on=D(2025, 1, 1), **by),
        lambda: members.represent(member, name="丁", **by),
        lambda: communities.change_community(member.community, version=1, fields={"batch": "丁"}, **by),
    ):
        with pytest.raises(PermissionDenied):
            act()

    fresh = Membership.objects.select_related("community").get()
    assert (fresh.organisation, fresh.role, fresh.left_on, fresh.community.batch) == ("丙", "member", None, "")
    assert not Representative.objects.exists()


def test_merging_the_files_of_two_members_leaves_one_present_and_both_can_be_kept(officer):
    kept, gone = EnterpriseFactory(), EnterpriseFactory()
    first = joined(officer, organisation=kept.legal_name, enterprise=kept, joined_on=D(2024, 1, 1))
    second = joined(
        officer, community=first.community, organisation=gone.legal_name, enterprise=gone, joined_on=D(2024, 1, 1)
    )
    members.represent(second, name="王芳", by=officer, at=NOW)

    merge_enterprises(kept, gone, taken=(), by=officer, at=NOW)

    assert list(Membership.objects.present(D(2026, 11, 20))) == [first]
    second.refresh_from_db()
    assert (second.enterprise, second.left_on) == (kept, D(2026, 11, 20))
    members.change_membership(first, fields={"type": MemberType.ENTERPRISE}, by=officer, at=NOW)
    members.change_role(first, role=MemberRole.COUNCIL, on=D(2026, 11, 20), by=officer, at=NOW)
    assert Membership.objects.get(pk=first.pk).role == MemberRole.COUNCIL

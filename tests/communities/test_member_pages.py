"""Communities and their members on the pages of the office."""

import io
import uuid
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from communities.models.members import Representative
from communities.services import members
from partnerships.choices.programmes import CommunityKind, CommunityLevel, MemberRole, MemberType
from partnerships.models.communities import Community, Membership
from tests.factories.communities import CommunityFactory
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, ProvinceFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def office(client, officer):
    client.force_login(officer)
    with translation.override("en"):
        yield client


@pytest.fixture
def join(officer):
    community = CommunityFactory(name="甲共同体")

    def act(organisation, **fields):
        entry = {"type": MemberType.SCHOOL, "role": MemberRole.MEMBER, "by": officer, "at": NOW, **fields}
        return members.join(community, organisation=organisation, **entry)

    act.community = community
    return act


def sent(**fields):
    return {"form_token": str(uuid.uuid4()), **fields}


def test_the_office_founds_a_community_and_a_stale_edit_is_told(office):
    form = sent(name="乙共同体", kind=CommunityKind.CITY, level=CommunityLevel.CITY, document="教职成厅函〔2023〕15号")

    answers = [office.post(reverse("communities:community_new"), form) for _twice in range(2)]

    community = Community.objects.get()
    assert [answer.url for answer in answers] == [reverse("communities:community", args=[community.pk])] * 2
    edit = reverse("communities:community_edit", args=[community.pk])
    changed = {"name": "乙联合体", "kind": "city", "level": "city", "version": 1}
    assert office.post(edit, changed).status_code == 302
    stale = office.post(edit, {**changed, "name": "丙联合体"})
    assert "Someone else saved this record" in stale.content.decode()
    assert Community.objects.get().name == "乙联合体"


def test_communities_are_filtered_sorted_and_exported(office, join, officer):
    join("我校", is_our_school=True, role=MemberRole.CHAIR, province=ProvinceFactory())
    join("别校")
    CommunityFactory(name="乙联合体", kind=CommunityKind.CITY, level=CommunityLevel.CITY)
    address = reverse("communities:community_list")

    def listed(**chosen):
        return [row.name for row in office.get(address, chosen).context["page"]]

    assert listed(sort="units") == ["甲共同体", "乙联合体"]
    assert listed(find="联合") == ["乙联合体"]
    assert listed(kind="city") == ["乙联合体"]
    assert listed(level="national") == ["甲共同体"]
    assert listed(role="chair") == ["甲共同体"]
    assert listed(role="none") == ["乙联合体"]
    content = b"".join(office.get(address, {"format": "xlsx", "role": "chair"}).streaming_content)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[:1] + row[-3:] for row in sheet[1:]] == [["甲共同体", "President unit of the council", 2.0, 1.0]]


def test_an_enterprise_is_offered_by_name_before_it_joins(office, join):
    enterprise = EnterpriseFactory(legal_name="成都灯塔影视文化有限公司")
    address = reverse("communities:member_new", args=[join.community.pk])
    form = sent(organisation="成都灯塔影视文化公司", type="enterprise", role="council")

    asked = office.post(address, form)
    assert "Is it one of these enterprises on file?" in asked.content.decode()
    assert asked.context["form"]["enterprise"].value() == str(enterprise.pk)
    assert not Membership.objects.exists()

    office.post(address, {**form, "enterprise": enterprise.pk})
    member = Membership.objects.get()
    assert (member.enterprise, member.province, member.role) == (enterprise, enterprise.province, "council")


def test_a_unit_without_a_file_joins_at_once_and_not_twice(office, join):
    address = reverse("communities:member_new", args=[join.community.pk])
    form = {"organisation": "甲大学", "type": "school", "role": "member", "joined_on": "2025-01-01"}

    assert office.post(address, sent(**form)).status_code == 302
    again = office.post(address, sent(**form))

    assert again.context["form"].errors["organisation"] == ["甲大学 is a member already."]
    assert Membership.objects.count() == 1


def test_role_representative_and_leaving_are_kept_by_forms(office, join):
    enterprise = EnterpriseFactory()
    contact = ContactFactory(enterprise=enterprise, name="王芳", title="总监")
    member = join(enterprise.legal_name, enterprise=enterprise, joined_on=date(2025, 1, 1))

    def address(name):
        return reverse(f"communities:{name}", args=[member.pk])

    office.post(address("member_role"), sent(role="chair", on="2025-06-01"))
    office.post(address("representative_new"), sent(contact=contact.pk))
    person = Representative.objects.get()
    office.post(reverse("communities:representative_edit", args=[person.pk]), {"name": "王芳", "title": "副总"})
    refused = office.post(address("member_left"), {"on": "2025-03-01"})
    office.post(address("member_left"), {"on": "2026-10-01", "why": "注销"})

    assert "Its last role began on" in refused.content.decode()
    member.refresh_from_db()
    person.refresh_from_db()
    assert (member.role, member.left_on, member.left_why) == ("chair", date(2026, 10, 1), "注销")
    assert (person.name, person.title, person.to_on) == ("王芳", "副总", date(2026, 10, 1))
    html = office.get(address("member")).content.decode()
    assert "President unit of the council" in html
    assert "Former member" in html


def test_a_member_is_mended(office, join):
    member = join("甲大学")
    form = {"organisation": "甲理工大学", "type": "research", "joined_on": "2025-02-01"}

    assert office.post(reverse("communities:member_edit", args=[member.pk]), form).status_code == 302

    member.refresh_from_db()
    assert (member.organisation, member.type, member.joined_on) == ("甲理工大学", "research", date(2025, 2, 1))


def test_the_number_of_a_day_stands_on_the_page_with_the_way_to_its_rows(office, join):
    join("甲大学", province=ProvinceFactory(), joined_on=date(2025, 10, 19))
    join("乙大学", province=ProvinceFactory(code="350000", name_zh="福建省", name_en="Fujian"))
    address = reverse("communities:members", args=[join.community.pk])

    def page(**asked):
        return " ".join(office.get(address, asked).content.decode().split())

    before, on = page(on="2025-10-18"), page(on="2025-10-19")

    assert f'<a href="{address}?on=2025-10-18"><strong>1</strong> units</a>' in before
    assert f'<a href="{address}?on=2025-10-19"><strong>2</strong> units</a>' in on
    assert f'<a href="{address}?on=2025-10-19#provinces"><strong>2</strong> provinces</a>' in on
    assert f'<a href="{address}?on=2025-10-19&amp;undated=on">of which 1 without a joining day</a>' in on
    assert 'href="?on=2025-10-19&amp;province=350000"' in on
    assert "甲大学" not in page(on="2025-10-19", province="350000").split("</main>")[0].split("tile-map")[0]


@pytest.mark.parametrize("rows", [1, 3])
def test_members_run_the_same_queries_for_any_number_of_rows(office, join, officer, django_assert_num_queries, rows):
    for number in range(rows):
        member = join(str(number), enterprise=EnterpriseFactory(), joined_on=date(2025, 1, 1))
        members.represent(member, name="王芳", by=officer, at=NOW)
        members.change_role(member, role=MemberRole.CHAIR, on=date(2025, 2, 1), by=officer, at=NOW)

    # session, person, roles, community, provinces, number, count, rows, representatives, tiles, school, inbox
    with django_assert_num_queries(12):
        response = office.get(reverse("communities:members", args=[join.community.pk]))

    assert len(response.context["page"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_member_and_a_community_run_the_same_queries_for_any_history(
    office, join, officer, django_assert_num_queries, rows
):
    member = join("甲大学", joined_on=date(2025, 1, 1))
    for number in range(rows):
        role = [MemberRole.CHAIR, MemberRole.COUNCIL][number % 2]
        members.change_role(member, role=role, on=date(2025, 2 + number, 1), by=officer, at=NOW)
        members.represent(member, name=str(number), by=officer, at=NOW)

    with django_assert_num_queries(9):  # session, person, roles, member, terms, representatives, others, school, inbox
        office.get(reverse("communities:member", args=[member.pk]))
    with django_assert_num_queries(8):  # session, person, roles, community, members, meetings, school, inbox
        office.get(reverse("communities:community", args=[join.community.pk]))


def test_who_speaks_for_members_leaves_with_the_office_alone(client, leader, join):
    client.force_login(leader)
    address = reverse("communities:members", args=[join.community.pk])

    assert client.get(address).status_code == 200
    assert client.get(address, {"format": "csv", "columns": "phone"}).status_code == 403
    assert client.get(address, {"format": "csv"}).getvalue().count(b",") == 7

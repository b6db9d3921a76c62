"""Lists of members from Excel: read, previewed, written all at once, and the same list again."""

import csv
import io
from datetime import UTC, date, datetime
from unittest.mock import ANY

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from accounts.models.school import School
from communities.models.members import MemberList, Representative
from communities.selectors.members import count_members
from communities.services import member_import, members
from core.errors import RuleBroken
from imports.choices import RowOutcome
from imports.workbooks import Unreadable
from partnerships.choices.programmes import MemberRole, MemberType
from partnerships.models.codes import Province
from partnerships.models.communities import Membership, MembershipTerm
from partnerships.services.codes import load_codes
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from tests.factories.communities import HEAD, CommunityFactory, workbook_of
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
ROLES = ["理事长单位", "副理事长单位", "常务理事单位", "理事单位", "成员单位"]


@pytest.fixture(autouse=True)
def codes(db):
    load_codes()
    with translation.override("en"):
        yield


@pytest.fixture
def community():
    return CommunityFactory()


def bring(community, officer, rows, head=HEAD, **options):
    return member_import.bring_list(community, workbook_of(rows, head, **options), by=officer, at=NOW)


def plans_of(brought):
    return member_import.plan_of(brought, chosen={}, today=TODAY)


def outcomes(brought):
    return [plan.outcome.value for plan in plans_of(brought)]


def write(brought, officer, chosen=None):
    seen = member_import.digest(plans_of(brought))
    return member_import.write_list(brought, seen=seen, chosen=chosen or {}, by=officer, at=NOW)


def rows_of(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def problems_of(brought):
    return [(plan.number, found["field"], found["code"]) for plan in plans_of(brought) for found in plan.problems]


def the_list_of_96():
    """96 units from 26 provinces, the school among them, as the office of a community would hand it out."""
    provinces = list(Province.objects.order_by("code").values_list("name_zh", flat=True)[:26])
    school = School.objects.get()
    rows = [[1, school.name_zh, "学校", "理事长单位", provinces[22], "陈立", "副校长", "13800000000", "", "2024-10-19"]]
    kinds = [("第{}职业技术学院", "院校"), ("启明{}科技有限公司", "企业"), ("第{}行业协会", "行业组织")]
    for number in range(2, 97):
        name, kind = kinds[number % 3]
        province = provinces[number % 26]
        rows.append([
            number, province + name.format(number), kind, ROLES[number % 4 + 1], province, f"代表{number}", "主任",
            f"139{number:08}", f"unit{number}@unit.example", date(2024, 10, 19) if number % 2 else "2024年10月19日",
        ])  # fmt: skip
    return [*rows, ["合计", 96]]


def test_96_organisations_from_26_provinces_come_in_one_go_and_are_counted_so(client, officer, community):
    School.objects.create(pk=1, name_zh="四川电影电视学院", province_code="510000")
    client.force_login(officer)
    upload = {"form_token": "9b2d0000-0000-4000-8000-000000000096", "file": workbook_of(the_list_of_96())}

    answer = client.post(reverse("communities:member_list_new", args=[community.pk]), upload)
    brought = MemberList.objects.get()
    assert answer.url == reverse("communities:member_list", args=[brought.pk])
    shown = client.get(answer.url).context["preview"]
    assert [(outcome.value, number) for outcome, number in shown.counts] == [("new", 96)]
    assert not Membership.objects.exists()
    client.post(answer.url, {"seen": shown.digest})

    counted = count_members(community, on=TODAY)
    assert (counted.units, counted.provinces, counted.undated, counted.nowhere) == (96, 26, 0, 0)
    assert Membership.objects.filter(is_our_school=True).get().role == MemberRole.CHAIR
    assert Representative.objects.count() == 96
    html = client.get(reverse("communities:members", args=[community.pk])).content.decode()
    assert "<strong>96</strong> units" in html
    assert "<strong>26</strong> provinces" in html
    scope = Scope(None, TODAY, officer)
    assert [FIGURES[slug].value(scope).number for slug in ("member-units", "member-provinces")] == [96, 26]

    again = member_import.bring_list(community, workbook_of(the_list_of_96()), by=officer, at=NOW)
    assert outcomes(again) == ["unchanged"] * 96


def test_the_export_comes_back_unchanged(client, officer, community):
    School.objects.create(pk=1, name_zh="四川电影电视学院", province_code="510000")
    write(bring(community, officer, the_list_of_96()), officer)
    leaver = Membership.objects.get(organisation__contains="第96")
    members.leave(leaver, on=date(2026, 1, 1), by=officer, at=NOW)
    client.force_login(officer)

    asked = {"format": "xlsx", "shown": "all", "columns": ["all", "representative", "title", "phone", "email"]}
    answer = client.get(reverse("communities:members", args=[community.pk]), asked)
    content = b"".join(answer.streaming_content)
    sheet = rows_of(content)

    assert sheet[0] == [
        "Organisation", "Unified social credit code", "Kind of unit", "Role", "Province", "City", "Joined on",
        "Left on", "Representative", "Position", "Phone", "E-mail",
    ]  # fmt: skip
    assert len(sheet) == 97
    assert sheet[1][10] == "13800000000"
    back = member_import.bring_list(community, SimpleUploadedFile("members.xlsx", content), by=officer, at=NOW)
    assert problems_of(back) == []
    assert outcomes(back) == ["unchanged"] * 96


def test_a_row_says_what_is_wrong_with_it_and_the_others_are_written(officer, community):
    brought = bring(
        community,
        officer,
        [
            [1, "甲协会", "协会", "理事单位", "四川", "王芳", "", "", "", ""],
            [2, "", "协会", "理事单位", "四川", "", "", "", "", ""],
            [3, "甲 协会", "协会", "理事单位", "四川", "", "", "", "", ""],
            [4, "乙大学", "某某", "总理事", "火星", "", "", "", "", ""],
            [5, "丙", "", "", "", "", "", "", "", ""],
            [6, "丁大学", "", "", "四川省成都市", "", "处长", "", "", ""],
            [7, "戊大学", "", "", "", "李四", "", "", "没有邮箱", "明天"],
            [8, "己大学", "学校", "", "", "", "", "", "", "2027-01-01"],
        ],
    )

    assert outcomes(brought) == ["new", *["error"] * 7]
    assert problems_of(brought) == [
        (4, "organisation", "no_unit"),
        (5, "organisation", "unit_repeated"),
        (6, "type", "unknown"), (6, "role", "unknown"), (6, "province", "unknown"),
        (7, "type", "no_kind"),
        (8, "representative", "no_name"), (8, "type", "kind_guessed"),
        (9, "email", "not_email"), (9, "joined_on", "not_date"), (9, "type", "kind_guessed"),
        (10, "joined_on", "ahead"),
    ]  # fmt: skip
    write(brought, officer)
    assert list(Membership.objects.values_list("organisation", "role", "province__code")) == [
        ("甲协会", "council", "510000")
    ]


def test_a_list_that_says_otherwise_changes_role_province_and_representative(officer, community):
    rows = [[1, "甲协会", "协会", "理事单位", "四川", "王芳", "主任", "", "", "2024.3.1"]]
    write(bring(community, officer, rows), officer)
    member = Membership.objects.get()
    brought = bring(
        community, officer, [[1, "甲协会", "协会", "副理事长单位", "重庆市", "李雷", "", "13911112222", "", ""]]
    )

    changes = [(each["field"], each["before"], each["after"]) for each in plans_of(brought)[0].changes]
    assert changes == [
        ("province", ANY, {"en": "Chongqing", "zh-hans": "重庆市"}),
        ("role", "council", "vice_chair"),
        ("name", "王芳", "李雷"),
        ("phone", "", "13911112222"),
    ]
    write(brought, officer)

    member.refresh_from_db()
    assert (member.role, member.province.name_zh, member.joined_on) == ("vice_chair", "重庆市", date(2024, 3, 1))
    assert list(MembershipTerm.objects.values_list("role", "from_on", "to_on")) == [
        ("council", date(2024, 3, 1), date(2026, 11, 19)),
        ("vice_chair", TODAY, None),
    ]
    assert list(Representative.objects.order_by("pk").values_list("name", "from_on", "to_on")) == [
        ("王芳", None, date(2026, 11, 19)),
        ("李雷", TODAY, None),
    ]


def test_a_unit_is_linked_to_its_file_and_a_similar_name_is_only_asked_about(officer, community):
    exact = EnterpriseFactory(legal_name="成都灯塔影视文化有限公司")
    similar = EnterpriseFactory(legal_name="绵阳启明星科技发展有限公司")
    rows = [
        [1, "成都灯塔影视文化有限责任公司", "企业", "", "", "", "", "", "", ""],
        [2, "绵阳启明星科技有限公司", "企业", "", "", "", "", "", "", ""],
    ]
    brought = bring(community, officer, rows)
    first, second = plans_of(brought)
    assert (first.linked, first.candidates) == (exact, [])
    assert (second.linked, [each["id"] for each in second.candidates]) == (None, [similar.pk])

    write(brought, officer, chosen={4: exact.pk})  # not offered: passed over
    assert list(Membership.objects.order_by("pk").values_list("enterprise", flat=True)) == [exact.pk, None]
    assert Membership.objects.order_by("pk").first().province == exact.province

    again = bring(community, officer, rows)
    assert outcomes(again) == ["unchanged", "unchanged"]
    write(again, officer, chosen={4: similar.pk})
    assert Membership.objects.order_by("pk").last().enterprise == similar


def test_a_list_is_written_once_and_only_as_it_was_shown(officer, community):
    brought = bring(community, officer, [[1, "甲协会", "协会", "", "", "", "", "", "", ""]])
    seen = member_import.digest(plans_of(brought))
    entry = {"type": MemberType.ASSOCIATION, "role": MemberRole.MEMBER, "by": officer, "at": NOW}
    members.join(community, organisation="甲协会", **entry)

    with pytest.raises(RuleBroken, match="have changed since"):
        member_import.write_list(brought, seen=seen, chosen={}, by=officer, at=NOW)
    assert MemberList.objects.get().written_at is None

    write(brought, officer)
    with pytest.raises(RuleBroken, match="written already"):
        write(brought, officer)
    assert Membership.objects.count() == 1


def test_what_one_row_cannot_do_undoes_all(officer, community):
    entry = {"type": MemberType.ASSOCIATION, "role": MemberRole.MEMBER, "by": officer, "at": NOW}
    members.join(community, organisation="乙协会", joined_on=TODAY, **entry)
    rows = [
        [1, "甲协会", "协会", "", "", "", "", "", "", ""],
        [2, "乙协会", "协会", "理事单位", "", "", "", "", "", ""],
    ]

    with pytest.raises(RuleBroken, match="Row 4, 乙协会: .* Nothing was written."):
        write(bring(community, officer, rows), officer)

    assert list(Membership.objects.values_list("organisation", "role")) == [("乙协会", "member")]


def test_a_unit_that_left_comes_back_only_with_a_later_day(officer, community):
    entry = {"type": MemberType.ASSOCIATION, "role": MemberRole.MEMBER, "by": officer, "at": NOW}
    member = members.join(community, organisation="甲协会", joined_on=date(2024, 1, 1), **entry)
    members.leave(member, on=date(2025, 1, 1), by=officer, at=NOW)

    old = bring(community, officer, [[1, "甲协会", "协会", "", "", "", "", "", "", "2024-01-01"]])
    later = bring(community, officer, [[1, "甲协会", "协会", "", "", "", "", "", "", "2025-06-01"]])

    assert problems_of(old) == [(3, "joined_on", "was_member")]
    write(later, officer)
    assert [each.joined_on for each in Membership.objects.present(TODAY)] == [date(2025, 6, 1)]


def test_a_column_headed_职务_may_hold_the_roles(officer, community):
    head = ("单位名称", "职务")
    brought = bring(community, officer, [["甲大学", "理事长单位"], ["乙大学", "副理事长单位"]], head=head)

    assert [plan.role for plan in plans_of(brought)] == [MemberRole.CHAIR, MemberRole.VICE_CHAIR]


def test_a_csv_of_gb18030_and_an_english_list_are_read(officer, community):
    text = io.StringIO()
    csv.writer(text).writerows([["Organisation", "Kind of unit", "Role"], ["甲大学", "School", "Council unit"]])
    file = SimpleUploadedFile("members.csv", text.getvalue().encode("gb18030"))

    (plan,) = plans_of(member_import.bring_list(community, file, by=officer, at=NOW))

    assert (plan.outcome, plan.fields["type"], plan.role) == (RowOutcome.NEW, "school", MemberRole.COUNCIL)


def test_a_sheet_without_units_and_one_with_too_many_rows_are_refused(officer, community):
    with pytest.raises(RuleBroken, match="No column is headed"):
        bring(community, officer, [["甲"]], head=("备忘",))
    with pytest.raises(RuleBroken, match="At most 500 rows"):
        bring(community, officer, [[n, f"第{n}大学"] for n in range(501)], head=("序号", "单位名称"))
    with pytest.raises(Unreadable):
        member_import.bring_list(community, SimpleUploadedFile("a.xlsx", b"no"), by=officer, at=NOW)
    assert not MemberList.objects.exists()


def test_the_errors_are_a_workbook(client, officer, community):
    brought = bring(community, officer, [[1, "乙大学", "学校", "总理事", "", "", "", "", "", ""]])
    client.force_login(officer)

    answer = client.get(reverse("communities:member_list_errors", args=[brought.pk]))

    assert rows_of(b"".join(answer.streaming_content))[1] == [
        3, "乙大学", "Error", "role", "总理事", "“总理事” is not in the code list.",
    ]  # fmt: skip

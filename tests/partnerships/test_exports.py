"""The list as a file: exactly what is filtered, the chosen columns, and nothing that runs."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from exporting.models import Export
from partnerships.choices.agreements import AgreementState
from partnerships.choices.programmes import ProgrammeKind, ProgrammeMeasure
from partnerships.models.codes import Region
from partnerships.models.enterprises import Tag
from partnerships.models.programmes import Programme
from tests.factories.accounts import CollegeFactory, MajorFactory
from tests.factories.partnerships import (
    AgreementFactory,
    ContactFactory,
    EnterpriseFactory,
    FlagFactory,
    IndustryFactory,
    NatureFactory,
    NeedFactory,
    ProvinceFactory,
    signed_agreement,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LIST = reverse("partnerships:enterprise_list")
NATIONAL = reverse("partnerships:national_table")
CODE = "522101034250003560"
PEOPLE = ["contact", "contact_title", "contact_phone", "contact_email", "confirmed_by"]
CHOOSE = {"format": "choose"}
FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", '=HYPERLINK("https://x.example")', "＝1+1"]


def sheet_in(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def sheet_of(response):
    return sheet_in(response.getvalue())


def lines_in(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def lines_of(response):
    return lines_in(response.getvalue())


def test_the_usual_columns_when_none_are_chosen(client, officer):
    EnterpriseFactory(legal_name="光影", name_en="", credit_code=CODE)
    client.force_login(officer)

    sheet = sheet_of(client.get(LIST, {"format": "xlsx"}))

    assert sheet[0] == [
        "Full registered name", "English name", "Unified social credit code", "Check", "Nature of unit", "Industry",
        "Number of staff", "Province", "City", "Level", "Owner", "Confirmed on", "Last entry", "Agreements in force",
    ]  # fmt: skip
    assert sheet[1][:3] == ["光影", "", CODE]


def test_every_column_holds_what_is_on_file(client, officer, college_staff, college):
    province = ProvinceFactory()
    region = Region.objects.create(code="510100", name_zh="成都市", name_en="Chengdu", province=province)
    enterprise = EnterpriseFactory(
        legal_name="光影", name_en="Light", short_name="影", credit_code=CODE, province=province, region=region,
        nature=NatureFactory(), industry=IndustryFactory(), address="天府大道1号", website="https://light.example/",
        staff_count=320, staff_counted_on=date(2026, 1, 31), level="core", owner=officer, deputy=college_staff,
        parent=EnterpriseFactory(legal_name="影业集团", name_en=""), confirmed_at=timezone.now(), confirmed_by=officer,
        last_contact_at=NOW,
    )  # fmt: skip
    enterprise.former_names.create(name="旧名")
    enterprise.flags.set([FlagFactory()])
    enterprise.tags.set([Tag.objects.create(name="双选会"), Tag.objects.create(name="2027")])
    enterprise.colleges.set([college])
    ContactFactory(enterprise=enterprise, name="乙")
    ContactFactory(
        enterprise=enterprise, name="甲", title="经理", phone="+86 139", email="a@b.example", is_primary=True
    )
    ContactFactory(enterprise=enterprise, name="丙", to_on=date(2025, 1, 1))
    NeedFactory(enterprise=enterprise)
    NeedFactory(enterprise=enterprise, state="met")
    signed_agreement(enterprise=enterprise)
    enterprise.timeline.create(kind="note", at=NOW, by=officer)
    client.force_login(officer)

    head, row = sheet_of(client.get(LIST, {"format": "xlsx", "columns": ["all", *PEOPLE], "find": "光影"}))

    today, day = timezone.localdate(), date(2026, 11, 20)
    assert dict(zip(head, row, strict=True)) == {
        "Full registered name": "光影", "English name": "Light", "Unified social credit code": CODE,
        "Check": "Unverified", "Short name": "影", "Former names": "旧名", "Parent company": "影业集团",
        "Website": "https://light.example/", "Nature of unit": "Other enterprises", "Code of the nature": "39",
        "Industry": "Information transmission, software and IT services", "Section of GB/T 4754": "I",
        "Code of the industry in the employment system": "34", "Number of staff": 320.0,
        "Staff counted on": date(2026, 1, 31), "Size": "100–499 people", "Flags": "Alumni enterprise",
        "Province": "Sichuan", "City": "Chengdu", "Region code (GB/T 2260)": "510100", "Address": "天府大道1号",
        "Level": "Core", "Owner": "Wang Min", "Deputy": "Zhao Qian", "Colleges": "School of Digital Media",
        "Tags": "2027, 双选会", "Name": "甲", "Position": "经理", "Phone": "+86 139", "E-mail": "a@b.example",
        "Confirmed on": today, "Confirmed by": "Wang Min", "Stale": "no", "Last entry": day,
        "Agreements in force": 1.0, "Open needs": 1.0, "Last in touch": day, "File opened on": today,
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_exactly_the_filtered_files_in_the_order_of_the_list_with_the_chosen_columns(client, officer, kind):
    EnterpriseFactory(legal_name="乙", level="core", confirmed_at=NOW)
    EnterpriseFactory(legal_name="甲", level="core", confirmed_at=None)
    EnterpriseFactory(legal_name="丙", level="normal")
    client.force_login(officer)
    asked = {"level": "core", "sort": "stale", "columns": ["level", "name", "unknown"], "format": kind}

    response = client.get(LIST, asked)

    rows = sheet_of(response) if kind == "xlsx" else lines_of(response)
    assert rows == [["Full registered name", "Level"], ["甲", "Core"], ["乙", "Core"]]
    assert f".{kind}" in response["Content-Disposition"]


def test_no_cell_of_a_workbook_is_a_formula(client, officer):
    for text in FORMULAS:
        EnterpriseFactory(legal_name=text, name_en="", city="南充")
    client.force_login(officer)

    content = client.get(LIST, {"format": "xlsx", "columns": "name"}).getvalue()

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "<f " not in xml
    assert "<hyperlink" not in xml
    assert {row[0] for row in sheet_in(content)[1:]} == set(FORMULAS)


def test_in_plain_lines_an_apostrophe_stands_before_what_a_spreadsheet_would_run(client, officer):
    for text in [*FORMULAS, "光影", "1=1"]:
        EnterpriseFactory(legal_name=text, name_en="", city="南充")
    client.force_login(officer)

    content = client.get(LIST, {"format": "csv", "columns": "name"}).getvalue()

    assert content.startswith(b"\xef\xbb\xbf")
    names = {row[0] for row in lines_in(content)[1:]}
    assert names == {*(f"'{text}" for text in FORMULAS), "光影", "1=1"}


def test_dates_and_codes_in_plain_lines_are_iso_and_whole(client, officer):
    EnterpriseFactory(legal_name="光影", credit_code=CODE, staff_count=0, staff_counted_on=date(2026, 1, 31))
    client.force_login(officer)

    _head, row = lines_of(client.get(LIST, {"format": "csv", "columns": ["code", "staff", "staff_on", "confirmed"]}))

    assert row == [CODE, "0", "2026-01-31", ""]


@pytest.mark.parametrize("files", [1, 5])
def test_an_export_runs_the_same_queries_for_any_number_of_files(client, officer, django_assert_num_queries, files):
    for _ in range(files):
        enterprise = EnterpriseFactory(owner=officer)
        ContactFactory(enterprise=enterprise)
        enterprise.flags.set([FlagFactory()])
    client.force_login(officer)

    # session, person, roles, choices, the log, keys, rows, former names, flags, colleges, tags, contacts
    with django_assert_num_queries(12):
        response = client.get(LIST, {"format": "xlsx", "columns": ["all", "contact"]})

    assert len(sheet_of(response)) == files + 1


def test_more_rows_than_a_file_holds_are_said_in_the_last_one(client, officer, monkeypatch):
    monkeypatch.setattr("exporting.files.MOST_ROWS", 2)
    EnterpriseFactory.create_batch(3)
    client.force_login(officer)

    rows = sheet_of(client.get(LIST, {"format": "xlsx", "columns": "name"}))

    assert len(rows) == 4
    assert rows[3] == ["Only the first 2 rows are here; narrow the filters."]


def test_the_page_offers_the_columns_and_keeps_the_filters(client, officer):
    EnterpriseFactory(level="core")
    EnterpriseFactory()
    client.force_login(officer)

    html = client.get(
        LIST, {**CHOOSE, "level": "core", "columns": ["name", "tags"], "page": "3", "x": "y"}
    ).content.decode()

    assert "Exactly the 1 row that is filtered." in html
    assert html.count(" checked") == 2
    assert '<input type="hidden" name="level" value="core">' in html
    assert 'name="page"' not in html
    assert 'name="x"' not in html
    assert f'href="{NATIONAL}?level=core&amp;format=xlsx"' in html


@pytest.mark.parametrize("address", [LIST, NATIONAL])
@pytest.mark.parametrize("who", ["student", "stranger"])
def test_for_others_there_is_no_file(request, client, address, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(address, {"format": "csv"}).status_code == 404
    assert not Export.objects.exists()


def test_the_national_table_has_one_row_per_enterprise_and_major(client, officer):
    film, games = MajorFactory(code="560203"), MajorFactory(code="510215")
    enterprise = EnterpriseFactory(legal_name="=光影", credit_code=CODE)
    agreement = signed_agreement(enterprise=enterprise, starts_on=date(2024, 9, 1), ends_on=None)
    agreement.majors.set([film, games])
    AgreementFactory(enterprise=enterprise, state=AgreementState.DRAFT).majors.set([MajorFactory()])
    own = Programme.objects.create(enterprise=enterprise, kind=ProgrammeKind.ORDER_CLASS, name="定向班", since=2022)
    own.majors.set([film])
    own.outcomes.create(measure=ProgrammeMeasure.TRAINED, number=48)
    own.outcomes.create(measure=ProgrammeMeasure.HIRED, number=31)
    shared = Programme.objects.create(enterprise=enterprise, kind=ProgrammeKind.ORDER_CLASS, name="合办班", since=2025)
    shared.majors.set([film, games])
    shared.outcomes.create(measure=ProgrammeMeasure.TRAINED, number=60)
    EnterpriseFactory(legal_name="无合作")
    client.force_login(officer)

    head, *rows = sheet_of(client.get(NATIONAL, {"format": "xlsx"}))

    month = f"{timezone.localdate():%Y%m}"
    assert (head[1], head[4], head[5], head[12]) == ("专业号", "合作开始年月", "订单培养人数", "数据采集时间")
    assert rows == [
        ["", "510215", CODE, "=光影", "202409", "", "", "", "", "", "", "", month],
        ["", "560203", CODE, "=光影", "202201", 48.0, "", "", "", "", 31.0, "", month],
    ]


def test_the_national_table_shows_college_staff_no_agreement_of_another_college(client, college_staff):
    agreement = signed_agreement()
    agreement.colleges.set([CollegeFactory()])
    agreement.majors.set([MajorFactory()])
    client.force_login(college_staff)

    assert len(sheet_of(client.get(NATIONAL, {"format": "xlsx"}))) == 1

"""The pages of an import, step by step, as a browser without JavaScript walks them."""

import io
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.models.people import User
from imports import services
from imports.choices import ImportState
from imports.models import Import, KnownColumns
from partnerships.models.enterprises import Enterprise
from tests.factories.partnerships import EnterpriseFactory
from tests.imports.lists import PLAIN_HEAD, bring, check, checked, outcomes, step, undone, written, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("codes")]
TOKEN = "7b1c1b5e-3f0e-4a59-9b7e-3f2c8d1a0001"


@pytest.fixture
def office(client: Client, officer: User) -> Client:
    User.objects.filter(pk=officer.pk).update(language="en")
    client.force_login(User.objects.get(pk=officer.pk))
    return client


def page(run: Import) -> str:
    return reverse("imports:import", args=[run.pk])


def words(answer) -> str:
    """What an answer says, on one line."""
    return " ".join(answer.content.decode().split()).replace(" >", ">")


def upload(office: Client, content: bytes, name: str):
    data = {"form_token": TOKEN, "file": SimpleUploadedFile(name, content)}
    return office.post(reverse("imports:import_new"), data)


def test_an_upload_becomes_an_import_once_even_when_it_is_sent_twice(office: Client, officer: User):
    content = xlsx([PLAIN_HEAD, ("甲公司",)])

    first = upload(office, content, "名单.xlsx")
    second = upload(office, content, "名单.xlsx")

    run = Import.objects.get()
    assert first.url == second.url == page(run)
    assert (run.name, run.by, run.state) == ("名单.xlsx", officer, ImportState.READING)
    assert "Being read" in words(office.get(page(run)))
    run.file.delete()


def test_without_a_token_nothing_is_brought(officer: User):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    answer = client.post(
        reverse("imports:import_new"), {"form_token": TOKEN, "file": SimpleUploadedFile("a.csv", b"a")}
    )

    assert answer.status_code == 403
    assert not Import.objects.exists()


def test_the_columns_are_guessed_and_can_be_read_otherwise(office: Client, officer: User):
    run = bring(xlsx([["名单"], PLAIN_HEAD, ("甲公司", "", "民营")]), officer)

    guessed = words(office.get(page(run)))
    otherwise = words(office.get(page(run), {"sheet": "0", "rows": "1-1"}))

    assert guessed.count(" selected") == 2 + len(PLAIN_HEAD)
    assert '<option value="2-2" selected>2</option>' in guessed
    assert '<option value="1-1" selected>1</option>' in otherwise


def test_columns_without_the_name_come_back_with_what_was_chosen(office: Client, officer: User):
    run = bring(xlsx([PLAIN_HEAD, ("甲公司",)]), officer)

    answer = office.post(reverse("imports:columns", args=[run.pk]), {"sheet": "0", "rows": "1-1", "column_2": "nature"})

    run.refresh_from_db()
    assert "Choose the column with the full registered name" in words(answer)
    assert '<option value="nature" selected>' in words(answer)
    assert (run.state, KnownColumns.objects.count()) == (ImportState.MAPPING, 0)


def test_confirmed_columns_are_remembered_for_the_next_list_with_these_headings(office: Client, officer: User):
    head = ["单位名称", "备用一", "联系人"]
    run = bring(xlsx([head, ("甲公司", "简", "李四")]), officer)
    data = {"sheet": "0", "rows": "1-1", "column_0": "legal_name", "column_1": "short_name"}
    assert office.post(reverse("imports:columns", args=[run.pk]), data).url == page(run)
    assert step(run).state == ImportState.CHECKED

    again = bring(xlsx([head, ("乙公司", "简", "李四")]), officer)
    shown = words(office.get(page(again)))

    assert "These headings are known: Wang Min confirmed the columns on" in shown
    assert '<option value="short_name" selected>' in shown
    assert '<option value="contact_name" selected>' not in shown


def test_the_preview_says_what_would_happen_and_filters(office: Client, officer: User):
    EnterpriseFactory(
        legal_name="四川智汇科技有限公司", address="旧路", nature=None, industry=None, province=None, city=""
    )
    EnterpriseFactory(legal_name="成都光影有限公司", address="甲路")
    rows = [("四川智汇科技有限公司", "新路"), ("成都光影有限公司", "甲路"), ("新公司", "乙路"), ("", "丙路")]
    run = checked(rows, officer, ("单位名称", "地址"))

    whole = words(office.get(page(run)))
    errors = words(office.get(page(run), {"outcome": "error"}))

    for number, label in ((1, "New"), (1, "Changes"), (1, "Unchanged"), (1, "With errors")):
        assert f"<strong>{number}</strong> <span>{label}</span>" in whole
    assert "<del>旧路</del>" in whole
    assert "<ins>新路</ins>" in whole
    assert "2 files are opened or changed." in whole
    assert (whole.count('id="row-'), errors.count('id="row-')) == (4, 1)
    assert "The full name is missing." in errors


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_costs_the_same_for_any_number_of_rows(
    office: Client, officer: User, django_assert_num_queries, rows
):
    run = checked([(f"公司{'甲乙丙'[n]}",) for n in range(rows)], officer)

    with django_assert_num_queries(9):
        assert words(office.get(page(run))).count('id="row-') == rows


def test_the_same_500_rows_again_are_500_unchanged(office: Client, officer: User):
    rows = [(f"四川第{number}影视有限公司", "", "", "", "四川", "成都", "20人", f"李{number}") for number in range(500)]
    first = written(checked(rows, officer), officer)
    opened = set(Enterprise.objects.values_list("pk", "version"))

    again = checked(rows, officer)

    assert (first.rows.filter(outcome="new").count(), len(opened)) == (500, 500)
    assert set(outcomes(again)) == {"unchanged"}
    assert "0 new, 0 changed, 500 unchanged" in words(office.get(reverse("imports:import_list")))
    assert set(Enterprise.objects.values_list("pk", "version")) == opened


@pytest.mark.parametrize("imports", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_imports(
    office: Client, officer: User, django_assert_num_queries, imports
):
    for _ in range(imports):
        checked([("甲公司",)], officer)

    with django_assert_num_queries(7):
        answer = words(office.get(reverse("imports:import_list")))
    assert answer.count("1 new, 0 changed, 0 unchanged") == imports


def test_a_row_that_may_be_the_same_is_decided_on_the_page(office: Client, officer: User):
    file = EnterpriseFactory(legal_name="成都智汇云创科技有限公司")
    run = checked([("成都智汇云创科技发展有限公司",)], officer)
    row = run.rows.get()
    address = reverse("imports:row_choice", args=[run.pk, row.pk])
    assert row.outcome == "suspect"

    answer = office.post(address + "?outcome=suspect", {"same": file.pk})
    assert answer.url == f"{page(run)}?outcome=suspect#row-{row.number}"
    row.refresh_from_db()
    assert (row.outcome, row.enterprise) == ("unchanged", file)

    office.post(address, {"choice": "skip"})
    row.refresh_from_db()
    assert (row.outcome, row.enterprise) == ("skipped", None)

    office.post(address, {"choice": "new"})
    row.refresh_from_db()
    assert row.outcome == "new"


def test_all_open_rows_become_new_files_at_once(office: Client, officer: User):
    EnterpriseFactory(legal_name="成都智汇云创科技有限公司")
    run = checked([("成都智汇云创科技发展有限公司",)], officer)

    office.post(reverse("imports:rows_choice", args=[run.pk]), {"choice": "new"})
    office.post(reverse("imports:write", args=[run.pk]))

    assert step(run).state == ImportState.WRITTEN
    assert Enterprise.objects.count() == 2


def test_the_page_of_a_written_import_offers_to_undo_it(office: Client, officer: User):
    run = written(checked([("甲公司",)], officer), officer)
    assert "1 file was opened or changed." in words(office.get(page(run)))

    office.post(reverse("imports:undo", args=[run.pk]))

    assert step(run).state == ImportState.UNDONE
    shown = words(office.get(page(run)))
    assert "1 file is as it was before." in shown
    assert reverse("imports:undo", args=[run.pk]) not in shown


def test_while_a_worker_is_at_it_the_page_asks_itself_and_then_loads_anew(office: Client, officer: User):
    run = services.bring_workbook(
        SimpleUploadedFile("a.xlsx", xlsx([PLAIN_HEAD, ("甲公司",)])), by=officer, at=timezone.now()
    )
    asks = {"HX-Request": "true", "HX-Target": "progress"}

    busy = office.get(page(run), headers=asks)
    step(run)
    ready = office.get(page(run), headers=asks)

    assert "every 1s" in words(busy)
    assert "<html" not in words(busy)
    assert ready.headers["HX-Refresh"] == "true"


def test_from_the_preview_there_is_a_way_back_to_the_columns(office: Client, officer: User):
    run = checked([("甲公司",)], officer)

    office.post(reverse("imports:columns_again", args=[run.pk]))

    run.refresh_from_db()
    assert (run.state, run.rows.count()) == (ImportState.MAPPING, 0)
    assert check(run, officer).state == ImportState.CHECKED


def _content(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_errors_come_as_a_workbook_with_row_field_code_and_reason(office: Client, officer: User):
    run = checked([("=cmd()公司", "不明性质"), ("乙公司", "国企")], officer, ("单位名称", "单位性质"))

    content = _content(office.get(reverse("imports:problems", args=[run.pk])))

    head, *rows = CalamineWorkbook.from_object(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert head == ["Row", "Enterprise", "Kind of remark", "Field", "What stands there", "Code", "Explanation"]
    assert rows[0] == [
        2.0, "=cmd()公司", "Error", "nature of unit", "不明性质", "unknown", "“不明性质” is not in the code list.",
    ]  # fmt: skip
    assert [row[5] for row in rows] == ["unknown", "code_missing"]
    assert b"<f>" not in ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_template_is_understood_in_both_languages_without_a_question(client: Client, officer: User, language: str):
    User.objects.filter(pk=officer.pk).update(language=language)
    client.force_login(User.objects.get(pk=officer.pk))
    content = _content(client.get(reverse("imports:template")))
    book = CalamineWorkbook.from_object(io.BytesIO(content))
    head = book.get_sheet_by_index(0).to_python()[0]

    run = check(bring(xlsx([head, ["甲公司"]]), officer), officer)

    assert len(book.sheet_names) == 2
    assert list(run.columns) == [str(number) for number in range(len(head))]
    assert len(set(run.columns.values())) == len(head) == 30


def test_everything_is_the_offices_alone(client: Client, college_staff: User, officer: User):
    run = undone(written(checked([("甲公司",)], officer), officer), officer)
    client.force_login(college_staff)

    posts = ("columns", "columns_again", "rows_choice", "write", "undo", "again")
    answers = [client.post(reverse(f"imports:{name}", args=[run.pk])).status_code for name in posts]

    assert answers == [404] * len(posts)
    run.refresh_from_db()
    assert run.state == ImportState.UNDONE

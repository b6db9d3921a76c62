"""Postings from Excel: looked at row by row, written as drafts, taken back."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models.people import User
from core.errors import RuleBroken
from desk.lists.columns import LABELS
from desk.lists.planning import RowPlan, digest, plan
from desk.lists.problems import sentence
from desk.models.lists import PostingList
from desk.services.posting_lists import bring_list, undo_list, write_list
from imports.choices import RowOutcome
from imports.workbooks import outline
from placements.choices import PostingKind, PostingSource, PostingState
from placements.models.postings import Posting
from placements.services.postings import change_posting
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import PostingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

HEADINGS = ["单位名称", "岗位名称", "岗位职责", "招聘人数", "专业要求", "薪资", "截止日期"]
GOOD = ["成都影视有限公司", "剪辑实习生", "剪辑纪录片", "5人", "数字媒体", "4-6k", "2030.6.30"]


def _workbook(*rows: list[str], headings: list[str] = HEADINGS) -> ContentFile[bytes]:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([headings, *rows]):
            sheet.write_row(number, 0, row)
    return ContentFile(file.getvalue(), "岗位.xlsx")


@pytest.fixture
def enterprise(db: None):
    MajorFactory(name_zh="数字媒体", name_en="Digital media")
    return EnterpriseFactory(legal_name="成都影视有限公司")


def _brought(officer: User, *rows: list[str]) -> tuple[PostingList, list[RowPlan]]:
    brought = bring_list(_workbook(*rows), by=officer, at=timezone.now())
    return brought, plan(brought.rows)


def test_a_guessed_kind_is_told_in_the_language_of_the_reader(officer: User, enterprise) -> None:
    with translation.override("zh-hans"):
        _list, plans = _brought(officer, GOOD)

    guessed = [sentence(found) for found in plans[0].problems if found["code"] == "kind_guessed"]

    assert guessed == ["The kind is not said; by its title it is: Internship."]


def test_a_row_becomes_a_draft(officer: User, enterprise) -> None:
    brought, plans = _brought(officer, GOOD)
    assert not Posting.objects.exists()

    assert write_list(brought, seen=digest(plans), by=officer, at=timezone.now()) == 1

    posting = Posting.objects.get()
    assert (posting.enterprise, posting.title, posting.kind) == (enterprise, "剪辑实习生", PostingKind.INTERNSHIP)
    assert (posting.headcount, posting.pay_min, posting.pay_max) == (5, 4000, 6000)
    assert (posting.closes_on, [major.name_zh for major in posting.majors.all()]) == (date(2030, 6, 30), ["数字媒体"])
    assert (posting.source, posting.state, posting.created_by) == (PostingSource.EXCEL, PostingState.DRAFT, officer)


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        (0, "绵阳光电有限公司", "No such enterprise is on file. Open its file first."),
        (1, "", "This cell must be filled in."),
        (3, "0", "“0” is not between 1–10000."),
        (4, "炼金术", "The school has no major “炼金术”."),
        (5, "很多", "“很多” is not a whole number."),
        (6, "2020-01-01", "The last day to apply, 2020-01-01, has passed already."),
        (6, "明天", "“明天” is not a day. Write it like 2026-07-06."),
    ],
)
def test_what_is_wrong_is_said_of_its_cell_and_the_row_is_left_out(
    officer: User, enterprise, column: int, cell: str, words: str
) -> None:
    row = [cell if number == column else value for number, value in enumerate(GOOD)]

    brought, plans = _brought(officer, row)

    assert plans[0].outcome == RowOutcome.ERROR
    assert words in [sentence(found) for found in plans[0].problems]
    with pytest.raises(RuleBroken, match="nothing to write"):
        write_list(brought, seen=digest(plans), by=officer, at=timezone.now())
    assert not Posting.objects.exists()


def test_what_is_on_file_is_unchanged_or_stays(officer: User, enterprise) -> None:
    known = {"enterprise": enterprise, "closes_on": date(2030, 6, 30), "headcount": 5}
    PostingFactory(title="调色师", kind=PostingKind.JOB, description="调色", **known)
    PostingFactory(title="录音师", kind=PostingKind.JOB, description="录音", **{**known, "headcount": 2})

    _brought_list, plans = _brought(
        officer,
        ["成都影视有限公司", "调色师", "调色", "5", "", "", "2030-06-30"],
        ["成都影视有限公司", "录音师", "录音", "5", "", "", "2030-06-30"],
        GOOD,
        GOOD,
    )

    assert [each.outcome for each in plans] == [
        RowOutcome.UNCHANGED, RowOutcome.SKIPPED, RowOutcome.NEW, RowOutcome.ERROR,
    ]  # fmt: skip
    assert [sentence(found) for found in plans[1].problems] == [
        "This posting is on file and says otherwise in: places. It stays as it is."
    ]
    assert sentence(plans[3].problems[-1]) == "Row 4 is the same posting already."


def test_a_list_is_written_once_and_only_as_it_was_shown(officer: User, enterprise) -> None:
    brought, plans = _brought(officer, GOOD)
    with pytest.raises(RuleBroken, match="Something has changed"):
        write_list(brought, seen="another", by=officer, at=timezone.now())
    assert not Posting.objects.exists()
    write_list(brought, seen=digest(plans), by=officer, at=timezone.now())

    with pytest.raises(RuleBroken, match="written already"):
        write_list(brought, seen=digest(plans), by=officer, at=timezone.now())

    assert Posting.objects.count() == 1


def test_undoing_takes_back_what_nobody_touched(officer: User, enterprise) -> None:
    brought, plans = _brought(officer, GOOD, [*GOOD[:1], "场记", *GOOD[2:]])
    write_list(brought, seen=digest(plans), by=officer, at=timezone.now())
    touched = Posting.objects.get(title="场记")
    change_posting(
        touched, version=touched.version, fields={"headcount": 9}, majors=[], by=officer, at=timezone.now()
    )  # fmt: skip

    done = undo_list(brought, by=officer, at=timezone.now())

    assert (done.gone, done.stayed) == (1, 1)
    assert list(Posting.objects.values_list("title", flat=True)) == ["场记"]
    with pytest.raises(RuleBroken):
        undo_list(brought, by=officer, at=timezone.now())


def test_a_sheet_without_the_columns_is_refused(officer: User, enterprise) -> None:
    with pytest.raises(RuleBroken, match="Take the template"):
        bring_list(_workbook(["甲"], headings=["菜名"]), by=officer, at=timezone.now())

    assert not PostingList.objects.exists()


def test_a_college_brings_no_list(college_staff: User, enterprise) -> None:
    with pytest.raises(PermissionDenied):
        bring_list(_workbook(GOOD), by=college_staff, at=timezone.now())

    assert not PostingList.objects.exists()


def test_the_pages_lead_from_the_template_to_the_drafts_and_back(client: Client, officer: User, enterprise) -> None:
    officer.language = "en"
    officer.save()
    client.force_login(officer)
    template = client.get(reverse("desk:list_template"))
    content = b"".join(template.streaming_content)
    if template.file_to_stream is not None:
        template.file_to_stream.close()
    heads = outline(ContentFile(content), "template.xlsx")[0]["head"][0]
    assert len(heads) == len(LABELS)

    brought, _plans = _brought(officer, GOOD, [*GOOD[:1], "", *GOOD[2:]])
    page = client.get(reverse("desk:list", args=[brought.pk]))
    preview = page.context["preview"]
    assert (preview.to_write, preview.errors) == (1, 1)
    errors = client.get(reverse("desk:list_errors", args=[brought.pk]))
    assert b"".join(errors.streaming_content)[:2] == b"PK"
    if errors.file_to_stream is not None:
        errors.file_to_stream.close()

    client.post(reverse("desk:list", args=[brought.pk]), {"seen": preview.digest})
    assert [posting.title for posting in Posting.objects.all()] == ["剪辑实习生"]
    assert client.get(reverse("desk:list", args=[brought.pk])).status_code == 200
    client.post(reverse("desk:list_undo", args=[brought.pk]))
    assert not Posting.objects.exists()

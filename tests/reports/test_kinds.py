"""Each kind of report, from what is asked to what stands in its files."""

from __future__ import annotations

import io
import zipfile
from datetime import date, time
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import translation
from docx import Document
from PIL import Image
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from accounts.models.people import User
from accounts.models.school import College
from ledger.models.platform import PlatformFile, PlatformRecord
from partnerships.choices.agreements import AgreementState, Side
from reports import building
from reports.choices import BuildState
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from reports.kinds.catalogue import KINDS
from reports.models.builds import ReportBuild
from reports.services.requests import cancel_report
from tests.factories.accounts import CollegeFactory
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory
from tests.factories.visits import (
    EvidenceFactory,
    FollowUpFactory,
    IntentionFactory,
    OutcomeFactory,
    ParticipantFactory,
    TripFactory,
    VisitFactory,
)
from tests.reports.asking import ask_for
from tests.reports.world import NOW, one_of_everything
from visits.choices import EvidenceKind, ParticipantPart, VisitState

pytestmark = pytest.mark.django_db


def built(slug: str, by: User, language: str = "en", **parameters: Any) -> ReportBuild:
    build = ask_for(slug, by, language=language, **parameters)
    assert building.build_report(build.pk, now=NOW), ReportBuild.objects.get(pk=build.pk).error
    return ReportBuild.objects.get(pk=build.pk)


def content(build: ReportBuild, ending: str) -> io.BytesIO:
    with build.files.get(format=ending).file.open("rb") as file:
        return io.BytesIO(file.read())


def sheets(build: ReportBuild) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(content(build, "xlsx"))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def pdf_text(build: ReportBuild) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(content(build, "pdf")).pages).split())


def word_text(build: ReportBuild) -> str:
    document = Document(content(build, "docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def squeezed(text: str) -> str:
    return "".join(text.split())


PARAMETERS: dict[str, dict[str, Any]] = {"yearly-report": {"period": "school"}}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("slug", [slug for slug in KINDS if slug not in ("campaign-summary", "trip-report")])
def test_every_file_says_what_it_is_of_when_it_was_built_by_whom_and_for_whom(officer: User, slug: str, language: str):
    one_of_everything(1)

    build = built(slug, officer, language, **PARAMETERS.get(slug, {}))

    kind = KINDS[slug]
    assert {file.format for file in build.files.all()} <= {each.value for each in kind.formats}
    with translation.override(language):
        definition, office = str(kind.definition), translation.gettext("the employment office")
        about, built_by = translation.gettext("About"), translation.gettext("Built by")
        asked_by = str(officer)
    for file in build.files.all():
        if file.format == "pdf":
            text = pdf_text(build)
        elif file.format == "xlsx":
            text = squeezed(str(sheets(build)[about]))
        else:
            with zipfile.ZipFile(content(build, "zip")) as archive:
                index = next(name for name in archive.namelist() if name.startswith("0000"))
                book = CalamineWorkbook.from_filelike(io.BytesIO(archive.read(index)))
                text = squeezed(str(book.get_sheet_by_name(about).to_python()))
        for words in (definition, built_by, asked_by, office):
            assert squeezed(words) in text


@pytest.mark.parametrize(
    ("slug", "parameters"),
    [
        ("agreement-register", {"find": "没有的协议"}),
        ("enterprise-files", {"find": "没有的企业"}),
        ("cooperation-table", {"find": "没有的企业"}),
        ("visit-table", {"since": "2019-01-01", "until": "2019-01-02"}),
        ("yearly-report", {"period": "school-2019"}),
    ],
)
def test_filters_that_match_nothing_give_a_file_that_says_so(officer: User, slug: str, parameters: dict[str, str]):
    one_of_everything(1)

    build = built(slug, officer, **parameters)

    assert build.state == BuildState.DONE
    if slug == "enterprise-files":
        with zipfile.ZipFile(content(build, "zip")) as archive:
            assert archive.namelist() == ["0000 Index.xlsx"]
            rows = CalamineWorkbook.from_filelike(io.BytesIO(archive.read("0000 Index.xlsx")))
            assert rows.get_sheet_by_name("Index").to_python()[1][0] == "Nothing on file."
    elif slug in ("cooperation-table", "visit-table"):
        (table, rows), *_rest = sheets(build).items()
        assert (table.startswith("ODS_"), len(rows)) == (True, 1)
        assert not PlatformFile.objects.exists()
    else:
        assert squeezed("Nothing on file.") in pdf_text(build)


def test_a_college_that_was_deleted_fails_the_report_with_its_name(officer: User):
    college = CollegeFactory(name_zh="影视学院", name_en="School of Film")
    build = ask_for("yearly-report", officer, period="school", college=college.pk)
    College.objects.all().delete()

    assert not building.build_report(build.pk, now=NOW)

    build.refresh_from_db()
    assert build.state == BuildState.FAILED
    assert build.error == "College: “School of Film” is no longer on file."
    assert build.filters[1] == ["college", "College", "School of Film"]


def test_the_fonts_of_a_pdf_are_embedded_and_its_chinese_can_be_read(officer: User):
    AgreementFactory(title="共建产业学院协议", state=AgreementState.SIGNED, signed_on=date(2026, 10, 1))

    build = built("agreement-register", officer, "zh-hans")

    reader = PdfReader(content(build, "pdf"))
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    for font in fonts:
        assert "+NotoSansSC" in font["/BaseFont"]  # a subset, by its tag
        descriptor = font["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
    assert "共建产业学院协议" in pdf_text(build)


def test_the_register_holds_what_the_list_finds_and_college_staff_theirs_alone(
    officer: User, college_staff: User, college: College
):
    own = AgreementFactory(title="本院协议", state=AgreementState.SIGNED, signed_on=date(2026, 10, 1))
    own.colleges.add(college)
    AgreementFactory(title="他院协议", state=AgreementState.SIGNED, signed_on=date(2026, 10, 1)).colleges.add(
        CollegeFactory()
    )
    AgreementFactory(title="草案", state=AgreementState.DRAFT, signed_on=None)

    def titles(by: User, **parameters: str) -> set[str]:
        return {row[1] for row in sheets(built("agreement-register", by, **parameters))["Agreements"][1:]}

    assert titles(officer) == {"本院协议", "他院协议", "草案"}
    assert titles(college_staff) == {"本院协议", "草案"}
    assert titles(officer, stage="draft") == {"草案"}
    assert titles(officer, college=str(college.pk)) == {"本院协议"}


def test_each_enterprise_has_a_page_in_the_archive_under_its_name(officer: User):
    for name in ("成都数字文化有限公司", "绵阳/智造<公司>"):
        EnterpriseFactory(legal_name=name, name_en="")

    build = built("enterprise-files", officer, "zh-hans")

    with zipfile.ZipFile(content(build, "zip")) as archive:
        names = archive.namelist()
        pages = {name: PdfReader(io.BytesIO(archive.read(name))).pages for name in names if name.endswith("pdf")}
    assert {name.partition(" ")[2] for name in names[:-1]} == {"成都数字文化有限公司.pdf", "绵阳智造公司.pdf"}
    assert names[-1].startswith("0000 ")
    assert all(len(found) == 1 for found in pages.values())
    assert (build.step, build.step_done, build.step_total) == ("files", 2, 2)


def test_rows_of_the_visit_table_keep_their_ids_however_often_it_is_built(officer: User):
    world = one_of_everything(2)

    first, again = built("visit-table", officer, rows="all"), built("visit-table", officer, rows="all")

    ids = [[row[0] for row in sheets(build)["ODS_FQTGSJ"][1:]] for build in (first, again)]
    assert ids[0] == ids[1] == [f"FQTG{visit.pk:08}001" for visit in world.visits]
    assert PlatformRecord.objects.count() == 2
    assert list(PlatformFile.objects.order_by("pk").values_list("pk", flat=True)) == [
        first.kept["platform-file-0"], again.kept["platform-file-0"],
    ]  # fmt: skip


def test_a_visit_table_that_begins_again_makes_no_second_file_in_the_ledger(
    officer: User, monkeypatch: pytest.MonkeyPatch
):
    one_of_everything(1)
    build = ask_for("visit-table", officer, rows="all")
    with monkeypatch.context() as patched:
        patched.setattr("reports.kinds.visit_table._workbook", lambda *_asked: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            building.build_report(build.pk, now=NOW)
    ReportBuild.objects.filter(pk=build.pk).update(state=BuildState.QUEUED)

    assert building.build_report(build.pk, now=NOW)

    assert PlatformFile.objects.count() == 1
    build.refresh_from_db()
    assert build.kept == {"platform-file-0": PlatformFile.objects.get().pk}


def test_what_a_report_says_is_noted_with_figure_scope_and_value(officer: User):
    world = one_of_everything(2)

    build = built("campaign-summary", officer, campaign=world.campaign.pk)

    noted = {row.figure: row for row in build.figures.all()}
    assert set(noted) == set(FIGURES)
    assert (noted["visits"].scope, noted["visits"].numerator) == (f"campaign={world.campaign.pk}", 2)
    expected = FIGURES["follow-ups-open"].value(Scope(world.campaign, date(2026, 12, 10), officer))
    kept = noted["follow-ups-open"]
    assert (kept.numerator, kept.denominator) == (expected.number, expected.denominator) == (2, 2)
    assert (kept.counted_on, kept.is_whole) == (date(2026, 12, 10), True)


def test_a_report_cancelled_at_its_very_end_reports_nothing(officer: User, monkeypatch: pytest.MonkeyPatch):
    build = ask_for("weekly-figures", officer)
    finish = "reports.kinds.weekly.weekly_paper"
    monkeypatch.setattr(finish, lambda *_asked: cancel_report(build, by=officer, at=NOW) and None)

    with pytest.raises(AttributeError):
        building.build_report(build.pk, now=NOW)

    build.refresh_from_db()
    assert (build.state, build.figures.count()) == (BuildState.CANCELLED, 0)


@pytest.fixture
def travelled(officer: User, leader: User):
    """Two days; one stop with everything, one that is cancelled, one without report."""
    trip = TripFactory(starts_on=date(2026, 12, 31), ends_on=date(2027, 1, 1), name="跨年考察", goal="拓展岗位")
    trip.party.create(name="陈立", title="副校长", leads=True)
    visit = VisitFactory(
        trip=trip, stop=1, starts_on=date(2026, 12, 31), starts_at_time=time(9), state=VisitState.REPORTED,
        minutes="谈到实习\n谈到岗位", enterprise=EnterpriseFactory(legal_name="成都数字文化有限公司", name_en=""),
    )  # fmt: skip
    ParticipantFactory(visit=visit, name="李总", title="总经理")
    ParticipantFactory(visit=visit, side=Side.SCHOOL, user=leader, name="陈立", part=ParticipantPart.LEADS)
    OutcomeFactory(visit=visit, posts=7, internships=9)
    IntentionFactory(visit=visit, name="共建实训基地")
    FollowUpFactory(visit=visit, owner=officer, what="寄送协议文本", due_on=date(2027, 1, 15))
    picture = io.BytesIO()
    Image.new("RGB", (1200, 900), "navy").save(picture, "JPEG")
    photo = EvidenceFactory(visit=visit, kind=EvidenceKind.PHOTO, name="合影")
    photo.file.save("photo.jpg", ContentFile(picture.getvalue()))
    VisitFactory(trip=trip, stop=2, starts_on=date(2027, 1, 1), state=VisitState.HELD)
    VisitFactory(trip=trip, stop=3, starts_on=date(2027, 1, 1), state=VisitState.CANCELLED)
    return trip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_report_of_a_trip_tells_all_of_it_in_word_and_pdf(officer: User, travelled, language: str):
    build = built("trip-report", officer, language, trip=travelled.pk)

    word, pdf = word_text(build), pdf_text(build)
    with translation.override(language):
        signing = translation.gettext("Head of the party")
    said = ["跨年考察", "陈立", "副校长", "成都数字文化有限公司", "李总", "谈到实习", "谈到岗位", "共建实训基地"]
    for words in [*said, "寄送协议文本", "合影", signing]:
        assert words in word
        assert squeezed(words) in pdf
    assert len(Document(content(build, "docx")).inline_shapes) == 1
    assert sum(len(page.images) for page in PdfReader(content(build, "pdf")).pages) == 1
    assert (build.figures.get(figure="visits").numerator, build.figures.get(figure="posts-offered").numerator) == (2, 7)
    assert 'w:eastAsia="微软雅黑"' in _xml(content(build, "docx"), "word/styles.xml")


def _xml(file: io.BytesIO, name: str) -> str:
    with zipfile.ZipFile(file) as archive:
        return archive.read(name).decode()

"""An officer asks for the campaign report, watches a worker build it, and opens both of its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from accounts.models.people import User
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from reports.choices import BuildState
from reports.figures.catalogue import FIGURES
from reports.kinds.catalogue import KINDS
from reports.models.builds import ReportBuild
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import CampaignFactory, CampaignTargetFactory, OutcomeFactory, VisitFactory
from tests.reports.world import World, one_of_everything
from tests.servers import RealWorker, SmtpServer, wait_until
from visits.choices import Measure, VisitState
from visits.models.results import Outcome

pytestmark = pytest.mark.servers
NAME = "2027届访企拓岗专项行动"
STEPS = 1 + len(FIGURES) + 1 + 2  # the three counts, one portion of visits, agreements and follow-ups
LEDGER = {
    "en": ("Ledger", ["Date", "Enterprise", "Major code", "Major", "Posts", "Internships"]),
    "zh-hans": ("台账", ["日期", "企业", "专业代码", "专业", "就业岗位数", "实习岗位数"]),
}


@pytest.fixture
def world(transactional_db: None) -> World:
    """Three visits, one of them with two majors, and one that brought nothing; beside it a visit of no campaign."""
    world = one_of_everything(3, campaign=CampaignFactory(name=NAME))
    CampaignTargetFactory(campaign=world.campaign, measure=Measure.VISITS, number=40)
    OutcomeFactory(visit=world.visits[0], major=MajorFactory(), posts=0, internships=3)
    bare = EnterpriseFactory(legal_name="成都星空动画有限公司", name_en="Chengdu Starry Sky Animation")
    world.campaign.visits.add(VisitFactory(enterprise=bare, state=VisitState.HELD, starts_on=date(2026, 11, 30)))
    VisitFactory(state=VisitState.HELD)
    return world


@contextmanager
def held(table: str) -> Iterator[None]:
    """Somebody works on a table, so that whoever wants to read it has to wait."""
    own = connection.copy()
    own.set_autocommit(False)
    try:
        with own.cursor() as cursor:
            cursor.execute(f'LOCK TABLE "{table}" IN ACCESS EXCLUSIVE MODE')
        yield
    finally:
        own.rollback()
        own.close()


def say(language: str, text: str, context: str = "", **values: object) -> str:
    with translation.override(language):
        words = pgettext(context, text) if context else gettext(text)
    return words % values if values else words


def steps_before(slug: str) -> int:
    return 1 + list(FIGURES).index(slug)


def expect_progress(page: Page, language: str, done: int) -> int:
    """The bar and the words below it; returns the percentage that the bar shows."""
    words = say(language, "Counting: %(done)s of %(total)s", done=done + 1, total=STEPS)
    expect(page.get_by_text(words)).to_be_visible()
    bar = page.get_by_role("progressbar", name=say(language, "Progress"))
    percent = KINDS["campaign-summary"].percent("counting", done, STEPS)
    expect(bar).to_have_attribute("value", str(percent))
    expect(bar).to_have_attribute("max", "100")
    return percent


def ask(page: Page, language: str, assert_sound: Callable[[Page], None]) -> None:
    """From the first page by the menu to the list of reports, and there the form."""
    page.goto("/")
    menu = page.get_by_role("navigation", name=say(language, "Main menu"))
    link = menu.get_by_role("link", name=say(language, "Reports"), exact=True)
    if not link.is_visible():
        menu.locator("summary").click()
    link.click()
    expect(page.get_by_role("heading", name=say(language, "Reports"), level=1)).to_be_visible()
    assert_sound(page)
    summary = page.get_by_role("heading", name=say(language, "Campaign summary"), level=1)
    page.get_by_role("link", name=say(language, "Campaign summary"), exact=True).click()
    expect(summary).to_be_visible()
    assert_sound(page)
    page.get_by_label(say(language, "Campaign")).select_option(NAME)
    page.get_by_role("button", name=say(language, "Build the report")).click()
    expect(summary).to_be_visible()
    expect(page.get_by_text(NAME).first).to_be_visible()


@two_readers
def test_an_officer_asks_for_the_report_watches_it_being_built_and_opens_both_files(
    page_for: PageFor,
    real_worker: RealWorker,
    smtp_server: SmtpServer,
    officer: User,
    world: World,
    assert_sound: Callable[[Page], None],
    reader: Reader,
):
    language = reader.language
    page = page_for(officer, language=language, width=reader.width, theme=reader.light)

    with held("events_event"):
        with held("partnerships_programme"):
            ask(page, language, assert_sound)
            first = expect_progress(page, language, steps_before("promises-from-visits"))
            assert_sound(page)
        second = expect_progress(page, language, steps_before("events"))
    assert 0 < first < second < 100

    workbook = page.get_by_role("link", name=label("Excel workbook", language))
    expect(workbook).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    assert_sound(page)
    build = ReportBuild.objects.get()
    assert (build.state, build.language, build.requested_by) == (BuildState.DONE, language, officer)
    assert (build.step, build.step_done, build.step_total, build.attempts) == ("writing", 3, 3, 1)
    stem = f"{say(language, 'Campaign summary')} {timezone.localtime(build.claimed_at):%Y-%m-%d}"
    check_workbook(download(page, "Excel workbook", language, f"{stem}.xlsx"), world, language)
    check_paper(download(page, "PDF", language, f"{stem}.pdf"), world, language)

    is_told(page, smtp_server, officer, language)


def label(form: str, language: str) -> str:
    return say(language, "Download: %(format)s", format=say(language, form))


def download(page: Page, form: str, language: str, name: str) -> str:
    with page.expect_download() as begun:
        page.get_by_role("link", name=label(form, language), exact=True).click()
    assert begun.value.suggested_filename == name
    return str(begun.value.path())


def check_workbook(path: str, world: World, language: str) -> None:
    """One row of the ledger for each visit and major, as the database has them; and the figures."""
    book = CalamineWorkbook.from_path(path)
    sheet, columns = LEDGER[language]
    rows = book.get_sheet_by_name(sheet).to_python()
    places = [rows[0].index(column) for column in columns]
    assert [[row[place] for place in places] for row in rows[1:]] == ledger(world, language)
    platform = book.get_sheet_by_name(say(language, "Data platform")).to_python()
    assert len(platform) == len(rows) == 1 + 5
    figures = {row[0]: row[1] for row in book.get_sheet_by_name(say(language, "Figures")).to_python()}
    offered = sum(outcome.posts + outcome.internships for outcome in Outcome.objects.all())
    assert figures[say(language, "Visits", "count")] == world.campaign.visits.count() == 4
    assert figures[say(language, "Posts and internships offered")] == offered == 48


def ledger(world: World, language: str) -> list[list[object]]:
    """What the database says, in the order of the days."""
    lines: list[list[object]] = []
    with translation.override(language):
        for visit in world.campaign.visits.order_by("starts_on", "pk"):
            begins = [visit.starts_on, str(visit.enterprise)]
            majors = [
                [outcome.major.code, str(outcome.major), outcome.posts, outcome.internships]
                for outcome in visit.outcomes.order_by("pk")
            ]
            lines += [[*begins, *major] for major in majors or [["", "", "", ""]]]
    return lines


def check_paper(path: str, world: World, language: str) -> None:
    """Chinese text can be read out of it in both languages: the campaign's name, and what it says of each visit."""
    reader = PdfReader(path)
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert NAME in text
    with translation.override(language):
        for visit in world.campaign.visits.all():
            assert "".join(str(visit.enterprise).split()) in text
    for words in ("Campaign report", "Visits", "Follow-ups open"):
        assert "".join(say(language, words).split()) in text
    assert text.count("实习基地协议") == 3
    fonts = {font for page in reader.pages for font in fonts_of(page)}
    assert any("NotoSansSC" in font for font in fonts), fonts


def fonts_of(page: object) -> list[str]:
    fonts = page["/Resources"]["/Font"]  # type: ignore[index]
    return [str(font.get_object()["/BaseFont"]) for font in fonts.values()]


def is_told(page: Page, server: SmtpServer, officer: User, language: str) -> None:
    """By e-mail and in the inbox, which leads to the report."""
    subject = say(language, "The report is ready: %(report)s", report=f"{say(language, 'Campaign summary')}: {NAME}")
    wait_until(lambda: server.messages)
    assert [message["Subject"].strip() for message in server.messages] == [subject]
    assert server.recipients == [[officer.email]]
    message = OutgoingMessage.objects.get(channel=Channel.INBOX)
    assert (message.recipient, message.subject, message.read_at) == (officer, subject, None)
    page.get_by_role("link", name=say(language, "Inbox")).first.click()
    page.get_by_text(subject).click()
    expect(page.get_by_role("heading", name=NAME, level=1)).to_be_visible()
    message.refresh_from_db()
    assert message.read_at is not None

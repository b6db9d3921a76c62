"""An officer brings the ledger of the spring, looks at it all, and sends what is complete to the national platform."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from accounts.models.people import User
from accounts.models.school import School
from ledger.models.platform import LevelCode, PlatformRecord
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.browser.steps import Person
from tests.factories.accounts import MajorFactory
from tests.imports.lists import xlsx
from tests.ledger.world import complete_visit
from tests.servers import RealWorker
from visits.models.visits import ResultForm, Visit

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]
HEAD = ("序号", "走访日期", "单位名称", "带队领导", "需求专业", "提供就业岗位数", "走访内容")
ROWS = [
    (1, "2026.3.6", "四川智汇云创科技有限公司", "陈立、李四", "软件技术、动漫设计", "约20人", "谈到实习"),
    (2, "20260311", "成都光影文化有限公司", "陈立", "软件技术", "５", ""),
    (3, "2027.3.6", "绵阳星辰动画有限公司", "陈立", "", "", ""),
    ("合计", "", "", "", "", 25, ""),
]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "2026年春季走访台账.xlsx"
    title = "2026年春季访企拓岗走访台账"
    path.write_bytes(xlsx([[title], HEAD, *ROWS], merged=[(0, 0, 0, len(HEAD) - 1, title)]))
    return path


@two_readers
def test_a_ledger_is_brought_and_what_is_complete_goes_to_the_platform(
    page_for: PageFor, real_worker: RealWorker, officer: User, leader: User,
    assert_sound: Callable[[Page], None], reader: Reader, workbook: Path,
):  # fmt: skip
    School.objects.create(pk=1, name_zh="南充影视职业学院", name_en="Nanchong", code="4151014000")
    LevelCode.objects.create(level="diploma", code="2")
    ResultForm.objects.create(code="02", name_zh="达成合作意向", name_en="Intention to cooperate")
    MajorFactory(name_zh="软件技术", name_en="Software Technology")
    MajorFactory(name_zh="动漫设计", name_en="Comics")
    whole = complete_visit(leader)
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    me = Person(page, reader, assert_sound)

    bring(me, workbook)
    page.goto(reverse("ledger:ledger"))
    me.arrives_at("Ledger of visits")
    expect(page.locator("#lines tbody tr")).to_have_count(4)
    me.assert_sound()
    send(me, whole)


def bring(me: Person, workbook: Path) -> None:
    """Upload, columns, preview, written: two visits, one of them with two majors; a day ahead is refused."""
    page = me.page
    page.goto(reverse("ledger:import_new"))
    me.arrives_at("Import a past ledger")
    page.set_input_files("input[type=file]", str(workbook))
    me.button("Upload and look at it").click()
    check = me.button("Check the rows")
    expect(check).to_be_visible(timeout=60_000)
    expect(page.locator("#id_column_4")).to_have_value("majors")
    me.assert_sound()
    check.click()
    write = me.button("Write these rows")
    expect(write).to_be_visible(timeout=60_000)
    expect(page.locator(".import-problems .is-error")).to_have_count(1)
    me.assert_sound()
    assert not Visit.objects.filter(starts_on__month=3).exists()
    write.click()
    expect(page.get_by_role("heading", name=me.says("The rows have been written"))).to_be_visible(timeout=60_000)
    assert Visit.objects.filter(starts_on__month=3, state="reported").count() == 2


def send(me: Person, whole: Visit) -> None:
    """The check, the file of the one complete row, and the word of the platform."""
    page = me.page
    page.goto(reverse("ledger:platform"))
    expect(page.locator(".platform-sum strong")).to_have_text("1")
    me.assert_sound()
    page.locator("button[name=rows][value=complete]").click()
    fetch = page.locator("a[data-export]")
    expect(fetch).to_be_visible()
    me.assert_sound()
    with page.expect_download() as begun:
        fetch.click()
    rows = CalamineWorkbook.from_path(str(begun.value.path())).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [f"FQTG{whole.pk:08}001"]
    me.button("Note what the platform said").click()
    expect(page.locator("tbody .state-good")).to_have_count(1)
    assert PlatformRecord.objects.get().state == "sent"

"""An officer brings a list that a college sent, says what its columns mean, writes it and takes it back."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models.people import User
from imports.choices import ImportState
from imports.models import Import
from partnerships.models.enterprises import Enterprise
from partnerships.services.codes import load_codes
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.browser.steps import Person
from tests.factories.partnerships import EnterpriseFactory
from tests.imports.lists import xlsx
from tests.servers import RealWorker, wait_until

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]
HEAD = ("序号", "单位名称", "单位性质", "职工人数", "联系人", "联系电话", "对口专业", "备注栏")
ROWS = [
    (1, "四川智汇云创科技有限公司", "民营企业", "约30人", "李四", 13900000001, "软件技术、会计", "老朋友"),
    (2, "成都光影文化有限公司", "国企", "3.5千", "王五", "028-8000", "", ""),
    (3, "重庆山城制造股份有限公司", "神秘企业", "", "", "", "", ""),
    (4, "绵阳星辰动画科技发展有限公司", "民企", "12", "", "", "", ""),
    (5, "南充嘉禾教育咨询有限公司", "私营企业", "５００余人", "赵六", "", "", ""),
    ("合计", "", "", 542, "", "", "", ""),
]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A merged title, a row with the date, headings in the third row, a total at the end."""
    title = "数字媒体学院合作企业一览表（2026年）"
    path = tmp_path / "数字媒体学院合作企业.xlsx"
    path.write_bytes(xlsx([[title], ["填表日期：2026.7.6"], HEAD, *ROWS], merged=[(0, 0, 0, len(HEAD) - 1, title)]))
    return path


def picture(page: Page, reader: Reader, name: str) -> None:
    """For whoever wants to look: PICTURES=folder."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.{reader}.png", full_page=True)


@two_readers
def test_a_list_is_brought_checked_written_and_taken_back(
    page_for: PageFor, real_worker: RealWorker, officer: User, assert_sound: Callable[[Page], None], reader: Reader,
    workbook: Path,
):  # fmt: skip
    load_codes()
    known = EnterpriseFactory(legal_name="成都光影文化有限公司", name_en="", staff_count=20)
    EnterpriseFactory(legal_name="绵阳星辰动画科技有限公司", name_en="")
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    me = Person(page, reader, assert_sound)

    page.goto(reverse("imports:import_list"))
    me.arrives_at("Imports")
    page.locator("main").get_by_role("link", name=me.says("Import a list"), exact=True).first.click()
    me.arrives_at("Import a list")
    picture(page, reader, "1-new")
    page.set_input_files("input[type=file]", str(workbook))
    me.button("Upload and look at it").click()

    expect(page.get_by_role("heading", name=workbook.name, level=1)).to_be_visible()
    check = me.button("Check the rows")
    expect(check).to_be_visible(timeout=60_000)
    me.assert_sound()
    picture(page, reader, "2-columns")
    expect(page.locator("#id_rows")).to_have_value("3-3")
    expect(page.locator("#id_column_1")).to_have_value("legal_name")
    expect(page.locator("#id_column_6")).to_have_value("need_majors")
    expect(page.locator("#id_column_7")).to_have_value("")
    page.locator("#id_column_7").select_option("about")
    check.click()

    write = me.button("Write these rows")
    expect(write).to_be_visible(timeout=60_000)
    me.assert_sound()
    picture(page, reader, "3-preview")
    counts = [" ".join(text.split()) for text in page.locator(".import-counts li").all_inner_texts()]
    words = ["New", "Changes", "May be the same", "With errors"]
    numbers = [2, 1, 1, 1]
    assert counts == [f"{n} {me.says(word, 'row of an import')}" for n, word in zip(numbers, words, strict=True)]
    assert Enterprise.objects.count() == 2
    page.locator("select[name=outcome]").select_option("suspect")
    rows = page.locator("#rows tbody tr")
    expect(rows).to_have_count(1)
    rows.get_by_role("button", name=me.says("It is this one")).click()
    expect(page.locator("#row-7")).to_be_hidden()
    page.goto(page.url.split("?")[0])
    write.click()

    expect(page.get_by_role("heading", name=me.says("The rows have been written"))).to_be_visible(timeout=60_000)
    me.assert_sound()
    picture(page, reader, "4-written")
    known.refresh_from_db()
    assert known.staff_count == 3500
    assert Enterprise.objects.current().count() == 4
    me.button("Undo this import").click()
    page.get_by_role("dialog").get_by_role("button", name=me.says("Yes, go on")).click()

    expect(page.get_by_role("heading", name=me.says("The import has been undone"))).to_be_visible(timeout=60_000)
    me.assert_sound()
    picture(page, reader, "5-undone")
    known.refresh_from_db()
    assert known.staff_count == 20
    assert Enterprise.objects.current().count() == 2


def test_without_scripts_the_page_is_looked_at_again(
    page_for: PageFor, real_worker: RealWorker, officer: User, workbook: Path
):
    load_codes()
    page = page_for(officer, javascript=False)
    page.goto(reverse("imports:import_new"))
    page.set_input_files("input[type=file]", str(workbook))
    page.get_by_role("button", name="Upload and look at it").click()
    wait_until(lambda: Import.objects.get().state == ImportState.MAPPING)
    page.reload()
    page.get_by_role("button", name="Check the rows").click()
    wait_until(lambda: Import.objects.get().state == ImportState.CHECKED)
    page.reload()
    page.get_by_role("button", name="Write these rows").click()
    wait_until(lambda: Import.objects.get().state == ImportState.WRITTEN)
    page.reload()

    expect(page.get_by_role("heading", name="The rows have been written")).to_be_visible()
    assert Enterprise.objects.count() == 4

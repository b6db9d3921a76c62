"""Dashboards before a meeting and on the road: one sheet of paper, by keyboard, without a script, on a phone."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.models.people import User
from accounts.models.school import College
from dashboards.catalogue import BOARDS
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.factories.accounts import MajorFactory
from tests.factories.visits import CampaignTargetFactory
from tests.reports.world import World, one_of_everything
from visits.choices import Measure
from visits.models.visits import Visit


@pytest.fixture
def world(transactional_db: None, college: College) -> World:
    found = one_of_everything(3)
    Visit.objects.update(starts_on=timezone.localdate())
    found.visits[0].colleges.add(college)
    MajorFactory(college=college)
    for measure in (Measure.VISITS, Measure.ENTERPRISES, Measure.NEW_ENTERPRISES, Measure.OPENINGS, Measure.AGREEMENTS):
        CampaignTargetFactory(campaign=found.campaign, measure=measure, number=40)
    return found


@two_readers
@pytest.mark.parametrize("slug", BOARDS)
def test_every_board_is_sound_for_everybody(
    page_for: PageFor, officer: User, world: World, assert_sound: Callable, reader: Reader, slug: str
):
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)

    page.goto(f"/dashboards/{slug}/")

    assert_sound(page)


def test_no_bar_is_cut_off_beside_the_others(page_for: PageFor, officer: User, world: World):
    page = page_for(officer)
    cut = """tables => tables.filter(table => table.scrollWidth > table.clientWidth).map(table => table.innerText)"""
    for slug in BOARDS:
        page.goto(f"/dashboards/{slug}/")
        assert page.locator(".table-wrap:has(progress)").evaluate_all(cut) == [], slug


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_leadership_prints_one_sheet_of_a4(page_for: PageFor, leader: User, world: World, language: str):
    page = page_for(leader, language=language)
    page.goto("/dashboards/leadership/")

    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages

    assert len(sheets) == 1
    assert "3" in sheets[0].extract_text()


def test_a_column_of_a_chart_is_opened_by_keyboard(page_for: PageFor, officer: User, world: World):
    page = page_for(officer)
    page.goto("/dashboards/leadership/")
    month = page.locator(".chart a").last

    month.focus()
    name = month.get_attribute("aria-label")
    page.keyboard.press("Enter")

    expect(page.locator(".figure-number")).to_have_text("3")
    assert name is not None
    assert name.endswith(": 3")


def test_a_figure_is_split_kept_and_compared_without_a_script(page_for: PageFor, officer: User, world: World):
    page = page_for(officer, javascript=False)
    page.goto("/dashboard/visits/")
    page.get_by_role("link", name="College", exact=True).click()
    expect(page.locator("#split tbody tr")).to_have_count(2)

    page.get_by_label("Remark").fill("For the council")
    page.get_by_role("button", name="Keep as it stands now").click()
    page.get_by_role("link", name="What came and went since").click()

    expect(page.get_by_text("The same rows, with the same amounts.")).to_be_visible()


def test_a_split_opens_its_rows_and_the_way_back(page_for: PageFor, officer: User, world: World):
    page = page_for(officer, width=390)
    page.goto("/dashboard/visits/?by=college")

    page.locator("#split tbody a").first.click()

    expect(page.locator(".figure-number")).to_have_text("1")
    expect(page.locator(".chips a.chip").first).to_contain_text("School of Digital Media")

"""Leadership opens the dashboard, and behind every number the very rows that it counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook

from accounts.models.people import User
from partnerships.models.agreements import Agreement
from placements.models.applications import Application
from tests.browser.conftest import PageFor
from tests.browser.dashboard_world import ENTERPRISES, VISITS, Year, known_year
from tests.browser.reader import Reader, two_readers
from visits.models.visits import Visit

STARTS_WITH_A_NUMBER = re.compile(r"^\s*\d+")
# Every tile as it must read: its number, its name, and what stands below it; the three counts come first.
TILES = {
    "en": [
        "28 Visits target 40",
        "2 Person-times",
        "20 Distinct enterprises target 25",
        "60 Posts and internships offered",
        "19 Newly opened enterprises of 20 enterprises visited · 95.0%",
        "5 Agreements in force",
        "2 Follow-ups open of 3 follow-ups · 66.7%",
        "6 Applications",
        "2 Offers accepted of 6 applications · 33.3%",
        "1 Promises kept of 2 promises due · 50.0%",
        "20 Enterprises on file of which 20 stale",
        "0 Open needs",
    ],
    "zh-hans": [
        "28 走访次数 目标 40",
        "2 参与人次",
        "20 去重走访企业数 目标 25",
        "60 提供的就业与实习岗位",
        "19 新开拓单位数 / 20 走访单位 · 95.0%",
        "5 履行中的协议",
        "2 未完成的跟进事项 / 3 跟进事项 · 66.7%",
        "6 求职申请",
        "2 接受录用 / 6 求职申请 · 33.3%",
        "1 承诺兑现 / 2 到期承诺 · 50.0%",
        "20 在档单位 其中 20 条待核实",
        "0 未办结的需求",
    ],
}
TARGETS = {
    "en": ["Leadership: Distinct enterprises 1 of 10"],
    "zh-hans": ["校领导：走访单位数（去重） 1 / 10"],
}
KINDS = 9  # directions by media with the sums of both; here all visits go out and are on site
STAGES = {
    "en": ["Draft 2", "In review 1", "In force 3", "Expiring 2", "Expired 1", "Ended early 1"],
    "zh-hans": ["草拟 2", "审核中 1", "履行中 3", "即将到期 2", "已到期 1", "提前终止 1"],
}
VISITED = {
    "en": {"Sichuan": 8, "Jiangsu": 8, "Guangxi": 3, "Xinjiang": 1},
    "zh-hans": {"四川": 8, "江苏": 8, "广西": 3, "新疆": 1},
}


@pytest.fixture
def year(transactional_db: None, leader: User) -> Year:
    return known_year(leader, today=timezone.localdate())


def say(language: str, text: str) -> str:
    with translation.override(language):
        return gettext(text)


def opened(page_for: PageFor, leader: User, reader: Reader) -> Page:
    """From the first page by the menu."""
    language = reader.language
    page = page_for(leader, language=language, width=reader.width, theme=reader.light)
    page.goto("/")
    menu = page.get_by_role("navigation", name=say(language, "Main menu"))
    menu.get_by_role("link", name=say(language, "Dashboard"), exact=True).click()
    page.get_by_role("link", name=say(language, "Campaigns and all figures"), exact=True).click()
    expect(page.get_by_role("heading", name=say(language, "Campaigns and all figures"), level=1)).to_be_visible()
    return page


def panel(page: Page, title: str) -> Locator:
    return page.locator("section").filter(has=page.get_by_role("heading", name=title, exact=True))


def words(place: Locator) -> str:
    return " ".join(place.inner_text().split())


def read(places: Locator) -> list[str]:
    return [words(place) for place in places.all()]


def dated(day: date | None, language: str) -> str:
    with translation.override(language):
        return date_format(day, "DATE_FORMAT")


def in_language(thing: object, language: str) -> str:
    with translation.override(language):
        return str(thing)


def clipped(page: Page) -> list[str]:
    """Tiles of the map whose words reach beyond them."""
    reaches = "tile => tile.scrollWidth > tile.clientWidth || tile.scrollHeight > tile.clientHeight"
    return page.locator("a.tile").evaluate_all(f"tiles => tiles.filter({reaches}).map(tile => tile.innerText)")


def numbers(page: Page) -> dict[str, int]:
    """Every address that stands for a number: of the tiles, targets, states, provinces and months."""
    found = [(tile, tile.locator(".figure-number, strong")) for tile in page.locator("a.figure-tile, a.tile").all()]
    found += [(link, link) for link in page.locator("td.num a").all()]
    found += [(line.locator("a"), line.locator("span")) for line in page.locator(".head-targets li").all()]
    lines = page.locator("main tbody tr").filter(has=page.locator("td:not(.num) a[href*='/dashboard/']"))
    found += [
        (line.locator("a"), line.locator("td:not(.cell-title)").filter(has_text=STARTS_WITH_A_NUMBER))
        for line in lines.all()
    ]
    numbers: dict[str, int] = {}
    for link, number in found:
        match = STARTS_WITH_A_NUMBER.match(number.first.text_content() or "")
        assert match, link
        address = link.get_attribute("href") or ""
        assert numbers.setdefault(address, int(match.group())) == int(match.group()), "two numbers for one thing"
    return numbers


def counted(page: Page, language: str) -> int:
    """The rows of the page behind a number, over all its pages; for a sum, what they add up to."""
    rows, places = 0, []
    while True:
        rows += page.locator("#rows tbody tr").count()
        for name in ("Posts", "Internships"):
            places += page.locator(f"#rows td[data-label='{say(language, name)}']").all_inner_texts()
        following = page.get_by_role("navigation", name=say(language, "Pages")).locator("a[rel=next]")
        if not following.count():
            return sum(map(int, places)) if places else rows
        following.click()
        page.wait_for_load_state()


@two_readers
def test_leadership_reads_how_the_year_stands(
    page_for: PageFor, leader: User, year: Year, assert_sound: Callable[[Page], None], reader: Reader
):
    language = reader.language
    page = opened(page_for, leader, reader)
    assert_sound(page)

    campaign = page.get_by_label(say(language, "Campaign"), exact=True)
    assert words(campaign.locator("option:checked")) == "2027届访企拓岗专项行动"
    assert read(page.locator("a.figure-tile")) == TILES[language]
    assert read(page.locator(".head-targets li")) == TARGETS[language]
    assert read(panel(page, say(language, "Agreements by state")).locator("tbody tr")) == STAGES[language]
    ending = panel(page, say(language, "Agreements near their end")).get_by_role("listitem")
    assert read(ending) == [
        f"{agreement} {in_language(agreement.enterprise, language)} {dated(agreement.ends_on, language)}"
        for agreement in Agreement.objects.filter(title__in=["影视后期实习基地协议", "订单班合作协议"]).order_by(
            "ends_on"
        )
    ]
    provinces = dict(text.rsplit(" ", 1) for text in read(page.locator("a.tile")))
    assert len(provinces) == 34
    assert {name: int(number) for name, number in provinces.items() if number != "0"} == VISITED[language]
    assert clipped(page) == []
    assert read(panel(page, say(language, "Today's visits")).get_by_role("link")) == [
        in_language(year.on_today.enterprise, language)
    ]


@two_readers
def test_every_number_opens_the_rows_that_it_counts(
    page_for: PageFor, leader: User, year: Year, assert_sound: Callable[[Page], None], reader: Reader
):
    """In a tab of its own each; the provinces where nobody was are opened in one look, in the others one of them."""
    language = reader.language
    page = opened(page_for, leader, reader)
    found = numbers(page)
    in_full = [number for number in found.values() if number in (60, VISITS)]
    assert sorted(in_full, reverse=True) == [60, *[VISITS] * 4]  # all visits go out and are on site
    assert list(found.values()).count(ENTERPRISES) == 4 + 1  # and all files
    empty = [address for address, number in found.items() if not number]
    without_months = [address for address in empty if "since=" not in address]
    nobody_was_received, no_need_is_open = 3 * (KINDS - 4), 1
    assert len(without_months) == 34 - len(VISITED[language]) + no_need_is_open + nobody_was_received
    left_out = set(empty[1:]) if (language, reader.width) != ("zh-hans", 390) else set()
    inspected = {"/dashboard/visits/", "/dashboard/openings/", "/dashboard/enterprises-visited/"}

    for address in found.keys() - left_out:
        with page.context.expect_page() as opening:
            page.locator(f"main a[href='{address}']").first.click(modifiers=["Control"])
        tab = opening.value
        expect(tab.locator("main p.figure-number")).to_have_text(str(found[address]))
        if (figure := address.partition("?")[0]) in inspected:
            inspected.remove(figure)
            assert_sound(tab)
        assert counted(tab, language) == found[address], address
        tab.close()

    assert not inspected


def test_the_whole_school_counts_more_than_the_campaign(page_for: PageFor, leader: User, year: Year):
    page = opened(page_for, leader, Reader("en", 1440, "light"))

    page.get_by_label("Campaign", exact=True).select_option("The whole school, all years")
    page.get_by_role("button", name="Show", exact=True).click()

    visits = page.get_by_role("link", name="29 Visits", exact=True)
    expect(visits).to_be_visible()
    assert Visit.objects.took_place().count() == 29
    assert read(page.locator("a.figure-tile"))[7] == "7 Applications"
    assert Application.objects.count() == 7
    visits.click()
    expect(page.get_by_text("1–25 of 29")).to_be_visible()
    page.get_by_role("link", name="Export", exact=True).click()
    with page.expect_download() as begun:
        page.get_by_role("button", name="Workbook for Excel").click()
    sheet = CalamineWorkbook.from_path(begun.value.path()).get_sheet_by_index(0)
    assert len(sheet.to_python()) == 1 + 29


def test_the_definition_of_each_figure_stands_on_the_dashboard(page_for: PageFor, leader: User, year: Year):
    page = opened(page_for, leader, Reader("zh-hans", 1440, "light"))

    page.get_by_text("全部指标及统计口径").click()

    entry = page.get_by_role("link", name="走访省份数", exact=True)
    entry.click()
    expect(page.locator("main p.figure-number")).to_have_text("4")
    assert read(page.locator("#rows tbody tr td:first-child")) == [
        "江苏省",
        "广西壮族自治区",
        "四川省",
        "新疆维吾尔自治区",
    ]

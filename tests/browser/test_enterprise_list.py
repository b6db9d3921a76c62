"""The list of enterprises at a keyboard and on a phone: filters, what is chosen, the map, and all without scripts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from partnerships.models.codes import Region
from partnerships.models.enterprises import Enterprise
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, in_one_line, two_readers
from tests.factories.partnerships import EnterpriseFactory, NeedFactory, ProvinceFactory, signed_agreement

ZH, EN = "成都灯塔影视文化有限公司", "Chengdu Lighthouse Film & Culture Co., Ltd."


@pytest.fixture
def enterprises(transactional_db: None, officer) -> None:
    sichuan = ProvinceFactory()
    jiangsu = ProvinceFactory(code="320000", name_zh="江苏省", name_en="Jiangsu")
    chengdu = Region.objects.create(code="510100", name_zh="成都市", name_en="Chengdu", province=sichuan)
    today, now = timezone.localdate(), timezone.now()
    wanted = EnterpriseFactory(
        legal_name=ZH, name_en=EN, short_name="灯塔影视", owner=officer, region=chengdu, level="strategic",
        staff_count=1320, last_contact_at=now - timedelta(days=20), confirmed_at=now,
    )  # fmt: skip
    signed_agreement(enterprise=wanted, ends_on=today + timedelta(days=60))
    NeedFactory(enterprise=wanted)
    EnterpriseFactory(legal_name="南充丝路纺织有限公司", name_en="Nanchong Silk Road Textile Co., Ltd.", city="南充")
    EnterpriseFactory(
        legal_name="南京恒昌电子股份有限公司", name_en="Nanjing Hengchang Electronics", province=jiangsu, city="南京"
    )


def names(page: Page) -> list[str]:
    return in_one_line(page.locator("#rows .cell-title a"))


def open_list(page_for: PageFor, officer, reader: Reader) -> Page:
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    page.goto("/enterprises/")
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.either("Enterprises", "用人单位"))
    return page


@two_readers
def test_filters_are_chosen_by_keyboard_and_taken_away_as_chips(
    reader: Reader, page_for: PageFor, officer, enterprises, assert_sound
) -> None:
    page = open_list(page_for, officer, reader)
    expect(page.locator("#rows .cell-title")).to_have_count(3)
    assert_sound(page)

    page.get_by_label(reader.say("Search"), exact=True).focus()
    page.keyboard.type("dtys")
    expect(page.locator("#rows .cell-title")).to_have_count(1)
    if reader.is_narrow:
        page.get_by_role("button", name=reader.say("Filters"), exact=True).press("Enter")
    page.get_by_label(reader.say("Province"), exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.get_by_text(reader.say("More filters"), exact=True).press("Enter")
    city = page.get_by_label(reader.say("City"), exact=True)
    expect(city.locator("option")).to_have_count(2)
    city.focus()
    city.select_option("510100")
    chips = page.get_by_role("navigation", name=reader.say("Chosen filters")).locator("a.chip")
    expect(chips).to_have_count(3)
    assert names(page) == [reader.either(EN, ZH)]
    expect(city).to_be_focused()
    assert page.url.endswith("/enterprises/?find=dtys&province=510000&region=510100")
    assert_sound(page)

    chips.first.press("Enter")
    expect(chips).to_have_count(2)
    expect(page.get_by_label(reader.say("City"), exact=True)).to_have_value("510100")
    page.get_by_role("link", name=reader.say("Clear all", "filters"), exact=True).press("Enter")
    expect(page.locator("#rows .cell-title")).to_have_count(3)
    assert page.url.endswith("/enterprises/")


@two_readers
def test_the_map_counts_the_filtered_list_and_leads_back_to_it(
    reader: Reader, page_for: PageFor, officer, enterprises, assert_sound
) -> None:
    Enterprise.objects.filter(legal_name="南京恒昌电子股份有限公司").update(level="core")
    page = open_list(page_for, officer, reader)

    page.get_by_role("link", name=reader.say("Map"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.say("Enterprises by province"))
    tiles = page.locator(".tile-map a")
    assert in_one_line(tiles) == reader.either(["Jiangsu 1", "Sichuan 2"], ["江苏 1", "四川 2"])
    assert in_one_line(page.locator("tbody tr")) == in_one_line(tiles)
    assert_sound(page)
    if reader.is_narrow:
        page.get_by_role("button", name=reader.say("Filters"), exact=True).click()
    page.get_by_label(reader.say("Level"), exact=True).select_option("core")
    expect(tiles.first).to_have_text(re.compile("1$"))
    expect(tiles.last).to_have_text(re.compile("0$"))

    tiles.first.click()

    expect(page.locator("#rows .cell-title")).to_have_count(1)
    assert page.url.endswith("/enterprises/?level=core&province=320000")


@pytest.mark.parametrize(("language", "width"), [("en", 390), ("zh-hans", 1440)])
def test_without_scripts_a_button_sends_the_filters(
    language: str, width: int, page_for: PageFor, officer, enterprises, assert_sound
) -> None:
    reader = Reader(language, width, "light")
    page = page_for(officer, language=language, width=width, javascript=False)
    page.goto("/enterprises/")

    page.get_by_label(reader.say("Province"), exact=True).select_option("510000")
    page.get_by_role("button", name=reader.say("Search"), exact=True).click()
    chips = page.locator("a.chip")
    expect(chips).to_have_count(1)
    page.get_by_text(reader.say("More filters"), exact=True).click()
    page.get_by_label(reader.say("City"), exact=True).select_option("510100")
    page.get_by_label(reader.say("Needs"), exact=True).select_option("open")
    page.get_by_role("button", name=reader.say("Search"), exact=True).click()

    expect(chips).to_have_count(3)
    assert names(page) == [reader.either(EN, ZH)]
    expect(page.locator("details.filters-more")).to_have_attribute("open", "")

"""An officer narrows the list, keeps it, changes many files at once, and takes the rest along as a file."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from accounts.models.people import User
from notifications.models.messages import OutgoingMessage
from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.models.enterprises import Enterprise
from partnerships.models.lists import Mailing, SavedView
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.browser.steps import Person
from tests.factories.partnerships import ContactFactory, EnterpriseFactory

LIST = reverse("partnerships:enterprise_list")
Check = Callable[[Page], None]


@pytest.fixture
def files(transactional_db: None, officer: User) -> list[Enterprise]:
    names = [("光影科技", "Light"), ("会润集团", "Huirun"), ("=1+1", "=1+1"), ("灯塔影视", "Lighthouse")]
    made = [EnterpriseFactory(legal_name=zh, name_en=en, owner=officer) for zh, en in names]
    ContactFactory(enterprise=made[0], name="何芳", email="he@light.example", is_primary=True)
    return made


@pytest.fixture
def reader_page(page_for: PageFor, officer: User, reader: Reader, files: list[Enterprise]) -> Page:
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    page.goto(LIST)
    return page


def tick(page: Page, reader: Reader, *files: Enterprise) -> None:
    for file in files:
        name = reader.say("Choose %(row)s", row=reader.either(file.name_en, file.legal_name))
        page.get_by_role("checkbox", name=name, exact=True).check()


def choose(page: Page, reader: Reader, action: str) -> None:
    page.get_by_label(reader.say("What to do with the ticked ones")).select_option(label=reader.say(action))
    page.get_by_role("button", name=reader.say("Go on"), exact=True).click()


@two_readers
def test_ticked_files_get_a_level_at_once(
    reader_page: Page, reader: Reader, files: list[Enterprise], assert_sound: Check
) -> None:
    page, person = reader_page, Person(reader_page, reader, assert_sound)
    person.arrives_at("Enterprises")
    everyone = page.get_by_label(reader.say("This page"), exact=True)
    everyone.check()
    expect(page.locator("input[name=file]:checked")).to_have_count(4)
    everyone.uncheck()
    expect(page.locator("input[name=file]:checked")).to_have_count(0)

    tick(page, reader, files[0], files[3])
    choose(page, reader, "Set the level")
    person.arrives_at("Set the level")
    page.locator("select[name=value]").select_option("core")
    person.button("See what will happen").click()
    expect(page.get_by_role("heading", name=reader.say("What will happen"))).to_be_visible()
    person.assert_sound()
    page.get_by_role("button", name=reader.count("Change %(number)s file", "Change %(number)s files", 2)).click()

    expect(page.get_by_role("status").first).to_have_text(
        reader.count("%(number)s file is changed.", "%(number)s files are changed.", 2)
    )
    person.arrives_at("Enterprises")
    assert set(Enterprise.objects.filter(level=EnterpriseLevel.CORE)) == {files[0], files[3]}


@two_readers
def test_a_list_is_kept_opened_and_taken_along_as_a_file(
    reader_page: Page, reader: Reader, files: list[Enterprise], assert_sound: Check, tmp_path: Path
) -> None:
    page, person = reader_page, Person(reader_page, reader, assert_sound)
    Enterprise.objects.filter(pk=files[2].pk).update(level="core")
    person.link("Export").click()
    person.sees(reader.say("Export: %(list)s", list=reader.say("Enterprises")))
    for label in ("English name", "Check", "Owner"):
        page.get_by_label(reader.say(label), exact=True).uncheck()
    page.get_by_label(reader.say("Tags"), exact=True).check()
    person.button("Keep these columns and show the list").click()
    person.arrives_at("Enterprises")
    assert "columns=tags" in page.url

    if reader.is_narrow:
        page.locator(".filters-unfold").click()
    with page.expect_response(lambda answer: "level=core" in answer.url):
        page.locator("#filter_level").select_option("core")
    person.link("Save this view").click()
    person.arrives_at("Save this view")
    person.field("name").fill("核心单位")
    person.button("Save").click()
    person.reads("The view is saved.")
    expect(page.locator("a.chip[aria-current]")).to_contain_text("核心单位")
    person.assert_sound()

    page.goto(LIST)
    page.get_by_role("link", name="核心单位").click()
    expect(page.locator("td.cell-title")).to_have_count(1)
    person.link("Export").click()
    with page.expect_download() as download:
        person.button("Workbook for Excel").click()
    head, row = (
        CalamineWorkbook.from_filelike(io.BytesIO(Path(download.value.path()).read_bytes()))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert (head[0], row[0]) == (reader.say("Full registered name"), "=1+1")
    assert reader.say("Tags") in head
    assert reader.say("English name") not in head
    assert SavedView.objects.get().query.startswith("level=core&columns=")


@two_readers
def test_a_letter_is_looked_at_before_it_is_sent(
    reader_page: Page, reader: Reader, files: list[Enterprise], assert_sound: Check
) -> None:
    page, person = reader_page, Person(reader_page, reader, assert_sound)
    page.locator("#bulk input[name=all]").check()
    choose(page, reader, "Write an e-mail")
    person.arrives_at("Write to enterprises")
    person.field("Subject").fill("双选会邀请")
    person.field("Text").fill("{contact}，您好！诚邀{enterprise}参加。")
    person.button("See the letters").click()
    expect(page.locator(".letter-text")).to_have_text("何芳，您好！诚邀光影科技参加。")
    person.assert_sound()
    page.get_by_role("button", name=reader.count("Send %(number)s letter", "Send %(number)s letters", 1)).click()

    person.sees("双选会邀请")
    assert OutgoingMessage.objects.get().address == "he@light.example"
    person.link("Letters to enterprises").click()
    person.arrives_at("Letters to enterprises")
    assert Mailing.objects.get().without_address == 3


def test_without_scripts_the_bar_works_all_the_same(page_for: PageFor, officer: User, files: list[Enterprise]) -> None:
    page = page_for(officer, javascript=False)
    page.goto(LIST)
    reader = Reader("en", 1440, "light")

    expect(page.get_by_label("This page", exact=True)).to_be_hidden()
    tick(page, reader, files[1])
    choose(page, reader, "Set the owner")
    page.locator("select[name=value]").select_option("none")
    page.get_by_role("button", name="See what will happen").click()
    page.get_by_role("button", name="Change 1 file").click()

    expect(page.get_by_text("1 file is changed.")).to_be_visible()
    assert Enterprise.objects.filter(owner=None).get() == files[1]

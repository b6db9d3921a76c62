"""An officer is told of a file that is there already, merges two files and undoes it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models.people import User
from partnerships.choices.enterprises import MatchKind
from partnerships.models.duplicates import Suspect
from partnerships.models.enterprises import Enterprise
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.browser.steps import Person
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, NeedFactory
from tests.factories.visits import VisitFactory

ZH = "成都灯塔影视文化有限公司"
OTHER = "成都灯塔影视文化股份有限公司"
CODE = "91350100M000100Y43"


@pytest.fixture
def files(transactional_db: None, officer: User) -> tuple[Enterprise, Enterprise]:
    """One enterprise that two faculties have entered."""
    kept = EnterpriseFactory(legal_name=ZH, name_en="", credit_code=CODE, owner=officer, confirmed_at=timezone.now())
    gone = EnterpriseFactory(legal_name=OTHER, name_en="", city="南充", staff_count=80)
    ContactFactory(enterprise=kept, is_primary=True)
    ContactFactory(enterprise=gone, is_primary=True, name="何芳")
    NeedFactory(enterprise=gone)
    VisitFactory(enterprise=gone)
    Suspect.objects.create(first=kept, second=gone, kind=MatchKind.NAME, found_at=timezone.now())
    return kept, gone


@two_readers
def test_a_name_that_is_on_file_already_is_told_while_typing(
    page_for: PageFor,
    officer: User,
    files: tuple[Enterprise, Enterprise],
    reader: Reader,
    assert_sound: Callable[[Page], None],
) -> None:
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    me = Person(page, reader, assert_sound)
    page.goto("/enterprises/new/")

    me.field("full registered name").press_sequentially("成都灯塔影视传媒")

    notice = page.locator("#matches")
    expect(notice.get_by_role("link", name=ZH, exact=True)).to_be_visible()
    expect(notice).to_contain_text(me.says("Similar name"))
    expect(notice).to_contain_text(CODE)
    me.assert_sound()
    page.get_by_label(me.says("It is another enterprise: open a new file")).check()
    me.button("Save").click()
    me.sees("成都灯塔影视传媒")
    assert Enterprise.objects.count() == 3


@two_readers
def test_two_files_become_one_and_two_again(
    page_for: PageFor,
    officer: User,
    files: tuple[Enterprise, Enterprise],
    reader: Reader,
    assert_sound: Callable[[Page], None],
) -> None:
    kept, gone = files
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    me = Person(page, reader, assert_sound)
    page.goto(f"/enterprises/{gone.pk}/")
    me.link("Compare the files").click()
    me.arrives_at("Possible duplicates")
    me.link("Merge…").click()
    me.arrives_at("Merge two files")
    place = page.get_by_role("group", name=me.says("Place"))
    place.get_by_role("radio").nth(1).check()
    me.button("Merge the two files").click()
    me.arrives_at("Merged files")
    me.reads("The two files are one now.")

    page.goto(f"/enterprises/{gone.pk}/")
    expect(page).to_have_url(re.compile(f"/enterprises/{kept.pk}/$"))
    expect(page.get_by_text("何芳").first).to_be_visible()
    page.go_back()
    me.button("Undo this merge").click()

    me.reads("The merge is undone. Both files are here again.")
    me.arrives_at("Merged files")
    page.goto(f"/enterprises/{gone.pk}/")
    me.sees(OTHER)
    expect(page.get_by_text("何芳").first).to_be_visible()


def test_without_script_the_form_asks_before_it_saves(
    page_for: PageFor, officer: User, files: tuple[Enterprise, Enterprise]
) -> None:
    page = page_for(officer, javascript=False)
    page.goto("/enterprises/new/")
    page.get_by_label(re.compile("full registered name", re.IGNORECASE)).fill("成都灯塔影视文化")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="Is it one of these?")).to_be_visible()
    page.locator("#matches").get_by_role("link", name=ZH, exact=True).click()

    expect(page.get_by_role("heading", level=1, name=ZH)).to_be_visible()
    assert Enterprise.objects.count() == 2

"""Applying where something comes between: a posting that changed, second thoughts, a double click."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from placements.choices import PostingState
from placements.models.applications import Application
from placements.models.postings import Posting
from tests.browser.reader import Reader
from tests.browser.steps import Person
from tests.factories.placements import ApplicationFactory, PostingFactory

TITLE = "影视调色实习生"
LETTER = "我做过三部短片的调色。I graded three short films."
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])


@LANGUAGES
def test_a_posting_that_changed_while_the_letter_was_written_refuses_and_keeps_it(
    page_for, assert_sound, student, language
):
    posting = PostingFactory(title=TITLE, title_en="")
    reader = Person(page_for(student, language=language, width=390), Reader(language, 390, "light"), assert_sound)
    _open_the_form(reader)
    Posting.objects.filter(pk=posting.pk).update(class_of=2028)

    reader.button("Send application").click()

    reader.reads(
        "Only for the class of %(wanted)s; you are in the class of %(yours)s. If that is wrong, ask your college.",
        wanted=2028,
        yours=2027,
    )
    expect(reader.field("A few words to the enterprise")).to_have_value(LETTER)
    reader.assert_sound()
    assert not Application.objects.exists()


@LANGUAGES
def test_a_posting_that_closes_while_the_letter_is_written_says_so_and_keeps_it(
    page_for, assert_sound, student, language
):
    posting = PostingFactory(title=TITLE, title_en="")
    reader = Person(page_for(student, language=language, width=390), Reader(language, 390, "light"), assert_sound)
    _open_the_form(reader)
    Posting.objects.filter(pk=posting.pk).update(state=PostingState.CLOSED)

    reader.button("Send application").click()

    reader.reads("The posting has been closed and takes no more applications.")
    expect(reader.field("A few words to the enterprise")).to_have_value(LETTER)
    reader.assert_sound()
    assert not Application.objects.exists()


@LANGUAGES
def test_withdrawing_is_asked_about_first(page_for, assert_sound, student, language):
    application = ApplicationFactory(student=student, posting=PostingFactory(title=TITLE, title_en=""))
    reader = Person(page_for(student, language=language, width=390), Reader(language, 390, "light"), assert_sound)
    page = reader.page
    page.goto("/")
    page.get_by_role("link", name=TITLE).click()

    reader.button("Withdraw my application").click()
    dialog = page.get_by_role("dialog", name=reader.says("Withdraw this application for good?"))
    expect(dialog).to_be_visible()
    reader.assert_sound()
    dialog.get_by_role("button", name=reader.says("Cancel")).click()
    expect(dialog).to_have_count(0)
    application.refresh_from_db()
    assert application.state == "submitted"

    reader.button("Withdraw my application").click()
    dialog.get_by_role("button", name=reader.says("Yes, go on")).click()
    reader.reads("You have withdrawn your application.")
    application.refresh_from_db()
    assert application.state == "withdrawn"


def test_without_scripts_a_double_click_sends_one_application(page_for, assert_sound, student):
    PostingFactory(title=TITLE, title_en="")
    reader = Person(page_for(student, javascript=False), Reader("en", 1440, "light"), assert_sound)
    _open_the_form(reader)

    reader.button("Send application").dblclick()

    reader.stands_at("Submitted")
    assert Application.objects.get().letter == LETTER


@LANGUAGES
def test_two_tabs_send_one_application(page_for, assert_sound, student, language):
    PostingFactory(title=TITLE, title_en="")
    first = Person(page_for(student, language=language, width=390), Reader(language, 390, "light"), assert_sound)
    second = replace(first, page=first.page.context.new_page())
    _open_the_form(first)
    _open_the_form(second)
    second.field("A few words to the enterprise").fill("第二次")

    first.button("Send application").dblclick()
    first.reads("Your application has been sent. You will be told when something happens.")
    second.button("Send application").dblclick()
    second.reads("You have applied to this posting already. This is your application.")

    expect(second.panel("What was sent")).to_contain_text(LETTER)
    second.assert_sound()
    assert Application.objects.get().letter == LETTER


def _open_the_form(reader: Person) -> None:
    reader.page.goto("/")
    reader.goes_to("Postings")
    reader.page.get_by_role("link", name=TITLE).click()
    reader.link("Apply", "button").click()
    reader.field("A few words to the enterprise").fill(LETTER)

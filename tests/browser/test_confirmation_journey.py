"""A contact confirms the file by the link in a letter, on a desk or a phone, and staff take the correction over."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts.models.people import User
from partnerships.models.contacts import Contact
from partnerships.models.links import FileAnswer
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, rows_of, two_readers
from tests.browser.steps import Person
from tests.factories.links import asked_contact
from tests.mails import text_of
from tests.servers import SmtpServer

Check = Callable[[Page], None]
TITLE = "Is our file still right?"


@pytest.fixture(autouse=True)
def nobody_was_here_yet(transactional_db: None) -> None:
    cache.clear()


@pytest.fixture
def contact(transactional_db: None, officer: User, reader: Reader) -> Contact:
    return asked_contact(
        language=reader.language,
        enterprise__owner=officer,
        enterprise__legal_name="成都灯塔影视文化有限公司",
        enterprise__name_en="Chengdu Lighthouse Film & Culture Co., Ltd.",
        enterprise__about="影视制作与后期。",
    )


def link_in(mail: EmailMessage) -> str:
    """The address in a letter, as a path."""
    (address,) = re.findall(r"http://testserver(/do/\S+)", text_of(mail))
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def at(page: Page, reader: Reader, inspect: Check) -> Person:
    return Person(page, reader, inspect)


@two_readers
def test_a_file_is_asked_about_answered_and_corrected(
    reader: Reader,
    page_for: PageFor,
    officer: User,
    contact: Contact,
    smtp_server: SmtpServer,
    assert_sound: Check,
) -> None:
    look = {"language": reader.language, "width": reader.width, "theme": reader.light}
    file = f"/enterprises/{contact.enterprise_id}/"
    staff = at(page_for(officer, **look), reader, assert_sound)
    staff.page.goto(file)
    staff.button("Ask them to confirm").click()
    staff.reads("The letter to %(name)s is on its way.", name="李娜")
    assert smtp_server.recipients == [["li@enterprise.example"]]

    guest = at(page_for(**look), reader, assert_sound)
    guest.page.goto(link_in(smtp_server.messages[0]))
    guest.arrives_at(TITLE)
    answers_and_corrects(guest)
    guest.arrives_at("Thank you")
    guest.page.goto(link_in(smtp_server.messages[0]))
    guest.arrives_at("Thank you")

    staff.page.goto(file)
    panel = staff.panel("This year's answer")
    expect(panel).to_contain_text("12")
    staff.assert_sound()
    panel.get_by_role("link").click()
    staff.arrives_at("Corrections by enterprises")
    (row,) = rows_of(staff.page.locator("table"))
    assert row[1:3] == ["成都", "绵阳"]
    staff.page.get_by_role("button", name=re.compile(f"^{staff.says('Take over')}")).click()
    taken = reader.count("%(number)s correction is on file.", "%(number)s corrections are on file.", 1)
    expect(staff.page.get_by_role("status").filter(has_text=taken)).to_be_visible()
    staff.assert_sound()
    contact.enterprise.refresh_from_db()
    assert (contact.enterprise.city, contact.enterprise.confirmed_via) == ("绵阳", contact)

    staff.page.goto("/enterprises/answers/?year=2026")
    expect(staff.page.get_by_role("heading", level=1)).to_contain_text(staff.says("Answers of the year"))
    staff.assert_sound()


def answers_and_corrects(guest: Person) -> None:
    """First without a number, which is asked for; what was typed stays."""
    page = guest.page
    guest.field("city").fill("绵阳")
    group = page.get_by_role("group", name=re.compile(re.escape(guest.says("Would you take interns this year?"))))
    group.get_by_role("radio", name=guest.says("Yes", "would take people"), exact=True).check()
    group = page.get_by_role("group", name=re.compile(re.escape(guest.says("Would you hire graduates this year?"))))
    group.get_by_role("radio", name=guest.says("No", "would take people"), exact=True).check()
    guest.button("Send").click()
    expect(page.get_by_role("alert")).to_contain_text(guest.says("Please say about how many."))
    guest.assert_sound()
    assert FileAnswer.objects.count() == 0
    expect(guest.field("city")).to_have_value("绵阳")
    guest.field("How many interns?").fill("12")
    guest.button("Send").click()


@two_readers
def test_a_request_is_passed_on_and_the_old_link_says_so(
    reader: Reader,
    page_for: PageFor,
    officer: User,
    contact: Contact,
    smtp_server: SmtpServer,
    assert_sound: Check,
    troubles: list[str],
) -> None:
    look = {"language": reader.language, "width": reader.width, "theme": reader.light}
    staff = at(page_for(officer, **look), reader, assert_sound)
    staff.page.goto(f"/enterprises/{contact.enterprise_id}/")
    staff.button("Ask them to confirm").click()
    staff.reads("The letter to %(name)s is on its way.", name="李娜")
    guest = at(page_for(**look), reader, assert_sound)
    guest.page.goto(link_in(smtp_server.messages[0]))

    guest.link("A colleague should answer? Pass it on").click()
    guest.arrives_at("This is for a colleague")
    guest.field("Name of your colleague").fill("王强")
    guest.field("E-mail address of your colleague").fill("wang@elsewhere.example")
    guest.button("Pass it on").click()

    guest.arrives_at("This link cannot be used any more.")
    expect(guest.page.get_by_role("main")).to_contain_text("王强")
    assert [each for each in troubles if " 410 " not in each] == []
    troubles.clear()  # browsers note a 410 as a failure
    assert smtp_server.recipients[1] == ["wang@elsewhere.example"]
    guest.page.goto(link_in(smtp_server.messages[1]))
    guest.arrives_at(TITLE)
    expect(guest.page.locator("#id_own_email")).to_have_value("wang@elsewhere.example")


def test_the_language_is_changed_on_the_page(
    page_for: PageFor, officer: User, smtp_server: SmtpServer, assert_sound: Check
) -> None:
    chinese, english = Reader("zh-hans", 390, "light"), Reader("en", 390, "light")
    contact = asked_contact(language="zh-hans")
    staff = page_for(officer)
    staff.goto(f"/enterprises/{contact.enterprise_id}/")
    staff.get_by_role("button", name="Ask them to confirm").click()
    expect(staff.get_by_role("status").first).to_be_visible()
    page = page_for(None, width=390)
    page.goto(link_in(smtp_server.messages[0]))
    at(page, chinese, assert_sound).arrives_at(TITLE)

    page.get_by_role("link", name="English").click()

    at(page, english, assert_sound).arrives_at(TITLE)

"""An event is announced; students sign up, are let in by a ticket or by the code in the room, and say how it was."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Response, expect
from pypdf import PdfReader

from events import qr, room_code
from events.choices import EventKind, EventState
from events.models import Event, EventFeedback, Registration
from tests.browser.reader import Reader, two_readers
from tests.browser.steps import Person
from tests.factories.events import OpenEventFactory
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.usefixtures("transactional_db")


@two_readers
def test_from_the_announcement_to_the_stars(reader: Reader, page_for, officer, student, assert_sound):
    event = OpenEventFactory(
        name="影视后期宣讲会", name_en="Careers in post-production", state=EventState.DRAFT, capacity=30,
        held_on=timezone.localdate(), organiser=officer,
    )  # fmt: skip
    event.enterprises.add(EnterpriseFactory(legal_name="四川启明影视科技有限公司", name_en="Qiming Film"))
    name = reader.either("Careers in post-production", "影视后期宣讲会")
    office = Person(
        page_for(officer, language=reader.language, width=reader.width, theme=reader.light), reader, assert_sound
    )
    phone = Person(page_for(student, language=reader.language, width=390, theme=reader.light), reader, assert_sound)

    office.page.goto(f"/events/{event.pk}/")
    office.sees(name)
    office.button("Announce to students").click()
    expect(office.link("Code for the room")).to_be_visible()
    office.assert_sound()

    phone.page.goto("/events/")
    phone.arrives_at("Events")
    phone.page.get_by_role("link", name=name, exact=True).click()
    phone.sees(name)
    phone.button("Sign up", "for an event").click()
    phone.reads("You have a place. Show your ticket at the door.")
    phone.link("Show my ticket").click()
    code = phone.page.get_by_role("img", name=phone.says("Your ticket as a code to scan"))
    expect(code).to_be_visible()
    phone.sees(name)
    assert code.evaluate("image => image.complete && image.naturalWidth > 0")

    office.page.goto(f"/events/tickets/{Registration.objects.get().ticket}/")
    office.sees(reader.either("Liu Yang", "刘洋"))
    office.button("Let in").click()
    office.page.get_by_role("link", name=office.says("Everyone who came"), exact=True).click()
    office.arrives_at("Attendance", "of an event")
    expect(office.page.locator("tbody tr")).to_contain_text(office.says("Came", "attendance"))

    phone.page.goto(f"/events/{event.pk}/")
    expect(phone.panel("How was it?")).to_be_visible()
    phone.page.get_by_role("radio", name="★★★★★", exact=True).check()
    phone.field("A few words").fill("很实在")
    phone.button("Send").click()
    phone.reads("Thank you for saying how it was.")
    assert list(EventFeedback.objects.values_list("stars", "text")) == [(5, "很实在")]

    office.page.goto(f"/events/{event.pk}/room/")
    expect(office.page.get_by_role("img", name=office.says("The code of this minute"))).to_be_visible()
    office.sees(name)


@two_readers
def test_the_code_in_the_room_is_opened_by_a_phone_and_counts_once(
    reader: Reader, page_for, officer, student, assert_sound, monkeypatch
):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)  # the code lives two minutes, and a runner may be slow
    event = OpenEventFactory(name="影视后期宣讲会", name_en="Careers in post-production", held_on=timezone.localdate())
    name = reader.either("Careers in post-production", "影视后期宣讲会")
    screen = Person(page_for(officer, language=reader.language, theme=reader.light), reader, assert_sound)
    phone = Person(page_for(student, language=reader.language, width=390, theme=reader.light), reader, assert_sound)

    with screen.page.expect_response("**/room/code.svg*") as shown:
        screen.page.goto(f"/events/{event.pk}/room/")
    screen.sees(name)
    address = _held_by(shown.value, event)

    for _ in range(2):  # scanned, and scanned again
        phone.page.goto(address)
        phone.sees(name)
        phone.button("I am here").click()
        phone.reads("Welcome. You are on the list of those who came.")
    expect(phone.panel("Taking part")).to_contain_text(phone.says("You were there."))
    phone.sees(name)
    assert list(Registration.objects.values_list("event", "student", "state")) == [(event.pk, student.pk, "walk_in")]

    screen.page.goto(f"/events/{event.pk}/room/")
    here = reader.count("%(number)s student is here.", "%(number)s students are here.", 1)
    expect(screen.page.get_by_text(here, exact=True)).to_be_visible()
    screen.page.get_by_role("link", name=name, exact=True).click()
    screen.link("Attendance", "of an event").click()
    screen.arrives_at("Attendance", "of an event")
    expect(screen.page.locator("tbody tr")).to_have_count(1)
    expect(screen.page.locator("tbody tr")).to_contain_text(screen.says("Came without signing up", "attendance"))


def _held_by(shown: Response, event: Event) -> str:
    """The address in the picture: drawing it gives the very same picture."""
    path = f"/events/{event.pk}/here/{room_code.code_at(event, timezone.now())}/"
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(shown.url))
    assert shown.body() == qr.picture(f"{origin}{path}").content
    return path


@two_readers
def test_the_booths_of_a_fair_are_laid_out_and_printed(reader: Reader, page_for, officer, assert_sound):
    event = OpenEventFactory(kind=EventKind.FAIR, name="秋季双选会", name_en="Autumn fair", organiser=officer)
    event.enterprises.add(
        EnterpriseFactory(legal_name="四川启明影视科技有限公司", name_en="Qiming Film"),
        EnterpriseFactory(legal_name="汇润集团", name_en="Huirun Group"),
    )
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    office = Person(page, reader, assert_sound)
    page.goto(f"/events/{event.pk}/")
    office.sees(reader.either("Autumn fair", "秋季双选会"))
    office.link("Plan of the booths").click()
    office.arrives_at("Plan of the booths")
    expect(page.get_by_text(reader.say("The booths are not laid out yet"))).to_be_visible()
    office.field("Rows", "of booths").fill("2")
    office.field("Booths in a row").fill("3")
    office.button("Lay out").click()
    office.reads("The booths are laid out.")
    expect(page.locator(".booth-plan td")).to_have_count(6)
    office.button("Give them the free booths in order").click()
    expect(page.locator(".booth-plan td.is-taken")).to_have_count(2)
    expect(page.locator(".booth-plan td.is-taken")).to_contain_text(
        [reader.either("Qiming Film", "四川启明影视科技有限公司")]
    )
    office.arrives_at("Plan of the booths")

    sheet = page.request.get(str(office.link("Print (PDF)").get_attribute("href")))
    assert (sheet.status, sheet.headers["content-type"]) == (200, "application/pdf")
    words = PdfReader(BytesIO(sheet.body())).pages[0].extract_text()
    assert reader.either("Autumn fair", "秋季双选会") in words

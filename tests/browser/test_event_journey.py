"""An event is announced; a student signs up, is let in by the ticket, and says how it was."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.choices import EventState
from events.models import EventFeedback, Registration
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

"""An enterprise opens the link of its letter, offers a post on a phone, corrects what came back; it is published."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail as mail_box
from playwright.sync_api import expect

from accounts.models.people import User
from desk.tasks import queue_letters
from partnerships.models.contacts import Contact
from placements.choices import PostingState
from placements.models.postings import Posting
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.browser.steps import Person
from tests.factories.partnerships import ContactFactory

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "后期剪辑实习生"
REASON = "请写明在哪个城市工作"


@pytest.fixture
def contact(transactional_db: None) -> Contact:
    return ContactFactory(name="李娜", email="li@film.example", is_primary=True)


@two_readers
def test_from_the_letter_to_the_published_posting(
    page_for: PageFor, assert_sound, officer: User, contact: Contact, reader: Reader
):
    def at_the_portal(user: User | None, width: int) -> Person:
        page = page_for(user, language=reader.language, width=width, theme=reader.light)
        return Person(page, reader, assert_sound)

    office = at_the_portal(officer, reader.width)
    _ask(office, contact)
    _offer(at_the_portal(None, 390))
    posting = Posting.objects.get()
    assert (posting.state, posting.offered_by) == (PostingState.IN_REVIEW, contact)
    _send_back(office, posting)
    queue_letters()
    _correct(at_the_portal(None, 390))
    _publish(office, posting)
    posting.refresh_from_db()
    assert (posting.state, posting.city) == (PostingState.PUBLISHED, "成都")


def _ask(person: Person, contact: Contact) -> None:
    person.page.goto(f"/enterprises/{contact.enterprise_id}/postings/")
    person.link("Links and accounts").click()
    expect(person.link("Ask for postings")).to_be_visible()
    person.assert_sound()
    person.link("Ask for postings").click()
    person.arrives_at("Ask for postings")
    person.button("Send the letter").click()
    person.reads("A letter is on its way to %(name)s.", name="李娜")
    expect(person.page.get_by_text("li@film.example").first).to_be_visible()


def _link(language: str) -> str:
    """What stands in the last letter, in the language of who reads it here."""
    found = [re.search(r"https?://\S+/offer/\S+", mail.body) for mail in mail_box.outbox]
    return f"{urlsplit([link.group() for link in found if link][-1]).path}?language={language}"


def _offer(person: Person) -> None:
    person.page.goto(_link(person.language))
    person.arrives_at("Offer posts to our students")
    person.field("What do you offer?").select_option("internship")
    person.field("Name of the post").fill(TITLE)
    person.field("What is to be done, and what you ask for").fill("剪辑纪录片与短视频。")
    person.field("How many people?").fill("3")
    person.field("Until when can students apply?").fill("2030-06-30")
    person.button("Offer this post").click()
    expect(person.page.get_by_role("heading", name=person.says("Offered so far"))).to_be_visible()
    expect(person.page.get_by_text(TITLE)).to_be_visible()
    person.assert_sound()


def _send_back(person: Person, posting: Posting) -> None:
    person.page.goto(f"/postings/{posting.pk}/")
    person.sees(TITLE)
    person.field("Note or reason").fill(REASON)
    person.button("Back to draft", "button").click()
    person.stands_at("Draft", "of a posting")


def _correct(person: Person) -> None:
    person.page.goto(_link(person.language))
    person.arrives_at("Offer posts to our students")
    expect(person.page.get_by_text(REASON)).to_be_visible()
    person.page.locator("#offers").get_by_role("link").click()
    person.arrives_at("Correct and offer again")
    expect(person.field("Name of the post")).to_have_value(TITLE)
    person.field("city").fill("成都")
    person.button("Offer it again").click()
    person.arrives_at("Offer posts to our students")
    expect(person.page.get_by_text(REASON)).to_have_count(0)


def _publish(person: Person, posting: Posting) -> None:
    person.page.goto(f"/postings/{posting.pk}/")
    person.sees(TITLE)
    held = person.panel("Review by rules")
    expect(held).to_contain_text(person.says("No official source has confirmed the credit code of the enterprise yet."))
    held.get_by_role("link", name=person.says("Let pass")).click()
    person.arrives_at("Let a posting pass")
    person.field("Why may it pass?").fill("营业执照已核对")
    person.button("Let pass").click()
    person.reads("Let pass; the reason is kept.")
    person.sees(TITLE)
    person.button("Publish", "button").click()
    person.reads("The posting is now: %(state)s.", state=person.says("Published"))
    person.stands_at("Published")

"""The applicants of a posting: two are invited at once, one books an hour on a phone, another is told no kindly."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Locator, expect

from accounts.models.people import User
from calendars.services.interviews import send_interview_invitations
from placements.choices import ApplicationState
from placements.models.applications import Application, RejectionReason
from placements.models.interviews import InterviewBooking
from placements.models.postings import Posting
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.browser.steps import Person
from tests.factories.accounts import student as make_student
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import ApplicationFactory, PostingFactory, RejectionReasonFactory
from tests.servers import SmtpServer

POSTING = {"en": "Colour grading intern", "zh-hans": "影视调色实习生"}
KIND = {
    "en": "We chose somebody with more films to show. Keep grading!",
    "zh-hans": "我们选择了作品更多的同学，请继续加油。",
}
NOTE = "作品集很好。Your portfolio is good."
ROOM = "A栋301"
NAMES = [("刘洋", "Liu Yang"), ("陈晨", "Chen Chen"), ("周舟", "Zhou Zhou")]


@pytest.fixture
def applications(transactional_db: None) -> list[Application]:
    """Three students applied four days ago; nobody has answered them."""
    enterprise = EnterpriseFactory(legal_name="四川启明影视科技有限公司", name_en="Qiming Film Technology")
    now = timezone.now()
    posting = PostingFactory(
        title=POSTING["zh-hans"], title_en=POSTING["en"], enterprise=enterprise, published_at=now - timedelta(days=9)
    )
    sent = {"posting": posting, "submitted_at": now - timedelta(days=4)}
    return [ApplicationFactory(student=make_student(name=zh, name_en=en), **sent) for zh, en in NAMES]


@pytest.fixture
def kind_reason(transactional_db: None) -> RejectionReason:
    return RejectionReasonFactory(
        name_zh="作品不足", name_en="Too few works", text_zh=KIND["zh-hans"], text_en=KIND["en"]
    )


@two_readers
def test_from_the_board_to_the_hour_in_the_calendar_and_the_kind_no(
    page_for: PageFor,
    assert_sound,
    smtp_server: SmtpServer,
    officer: User,
    applications: list[Application],
    kind_reason: RejectionReason,
    reader: Reader,
):
    def at_the_portal(user: User, width: int) -> Person:
        page = page_for(user, language=reader.language, width=width, theme=reader.light)
        return Person(page, reader, assert_sound)

    invited, also_invited, refused = applications
    office = at_the_portal(officer, reader.width)
    phone = at_the_portal(invited.student, 390)
    sad_phone = at_the_portal(refused.student, 390)
    posting = invited.posting

    _invite_two(office, posting, [invited, also_invited])
    _offer_hours(office)
    _book(phone)
    _has_the_appointment(smtp_server, invited)
    _sees_who_comes(office, invited)
    _refuse(office, refused, kind_reason)
    _reads_the_kind_words(sad_phone)
    _counts(office)

    told = [mail["Subject"].strip() for mail in smtp_server.messages if mail["To"] == refused.student.email]
    assert told == [reader.say("Your application was not successful: %(posting)s", posting=POSTING[reader.language])]
    states = list(Application.objects.order_by("pk").values_list("state", "rejection"))
    assert states == [("interview", None), ("interview", None), ("rejected", kind_reason.pk)]


def _column(person: Person, state: ApplicationState) -> Locator:
    """The cards of one state on the board."""
    return person.page.locator(f"section[aria-labelledby=column-{state}] .board-card")


def _invite_two(office: Person, posting: Posting, picked: list[Application]) -> None:
    page = office.page
    page.goto(f"/postings/{posting.pk}/")
    office.sees(POSTING[office.language])
    office.link("All applications to this posting").click()
    office.arrives_at("Applicants", "people")
    expect(_column(office, ApplicationState.SUBMITTED)).to_have_count(3)
    for application in picked:
        name = office.reader.either(application.student.name_en, application.student.name)
        page.get_by_role("checkbox", name=office.says("Tick %(who)s", who=name), exact=True).check()
    page.locator("summary").filter(has_text=office.says("Move those that are ticked")).click()
    office.field("Move to").select_option("interview")
    office.assert_sound()
    office.button("Move", "button").click()
    expect(_column(office, ApplicationState.INTERVIEW)).to_have_count(2)
    expect(_column(office, ApplicationState.SUBMITTED)).to_have_count(1)
    expect(_column(office, ApplicationState.INTERVIEW).first).to_contain_text(office.says("no hour booked yet"))


def _offer_hours(office: Person) -> None:
    """Half an hour each, from nine to ten, in three days."""
    office.link("Interview hours").click()
    office.arrives_at("Interview hours")
    office.field("Day").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    office.field("From", "hour").fill("09:00")
    office.field("To", "hour").fill("10:00")
    office.field("Minutes for each").fill("30")
    office.button("Offer these hours").click()
    office.reads("Say where the interview is: a place or the link of a meeting.")
    expect(office.field("From", "hour")).to_have_value("09:00")
    office.field("Place").fill(ROOM)
    office.button("Offer these hours").click()
    expect(office.page.locator("tbody tr")).to_have_count(2)
    office.assert_sound()


def _book(phone: Person) -> None:
    """From the day's page to the second of the two hours."""
    page = phone.page
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=POSTING[phone.language]).first.click()
    phone.sees(POSTING[phone.language])
    hours = phone.panel("Interview").get_by_role("radio")
    expect(hours).to_have_count(2)
    hours.nth(1).check()
    phone.button("Book this hour").click()
    phone.reads("The hour is yours. An appointment for your calendar comes by e-mail.")
    expect(phone.panel("Interview")).to_contain_text(ROOM)
    expect(phone.panel("Interview").get_by_role("radio")).to_have_count(1)
    phone.sees(POSTING[phone.language])


def _has_the_appointment(smtp_server: SmtpServer, invited: Application) -> None:
    booking = InterviewBooking.objects.select_related("slot").get()
    begins = datetime.combine(timezone.localdate() + timedelta(days=3), time(9, 30))
    assert (booking.application, booking.slot.starts_at) == (invited, timezone.make_aware(begins))

    assert send_interview_invitations(now=timezone.now()) == 1  # as beat does every minute

    mail = [each for each in smtp_server.messages if each["To"] == invited.student.email][-1]
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    [event] = Calendar.from_ical(part.get_content()).events
    assert str(event["UID"]) == f"interview-{invited.pk}@testserver"
    assert (event.start, event.end) == (booking.slot.starts_at, booking.slot.ends_at)
    assert str(event["LOCATION"]) == ROOM


def _sees_who_comes(office: Person, invited: Application) -> None:
    office.page.reload()
    hours = office.page.locator("tbody tr")
    expect(hours.nth(0)).to_contain_text(office.says("nobody yet"))
    expect(hours.nth(1)).to_contain_text(office.reader.either(invited.student.name_en, invited.student.name))


def _refuse(office: Person, refused: Application, kind_reason: RejectionReason) -> None:
    """From the board to the page of the application; without a reason of the list it is not done."""
    page, name = office.page, office.reader.either(refused.student.name_en, refused.student.name)
    page.get_by_role("navigation", name=office.says("You are here")).get_by_role(
        "link", name=office.says("Applicants", "people"), exact=True
    ).click()
    office.arrives_at("Applicants", "people")
    page.get_by_role("link", name=name, exact=True).click()
    office.sees(name)
    office.field("Note to the student").fill(NOTE)
    office.button("Reject", "button").click()
    expect(office.panel("Next step").locator("[aria-invalid=true]")).to_have_count(1)
    expect(office.field("Note to the student")).to_have_value(NOTE)
    office.field("Reason of a rejection").select_option(str(kind_reason.pk))
    office.button("Reject", "button").click()
    office.reads("The application is now: %(state)s.", state=office.says("Rejected"))
    office.sees(name)


def _reads_the_kind_words(phone: Person) -> None:
    page = phone.page
    page.goto("/")
    phone.goes_to("Applications")
    phone.arrives_at("My applications")
    expect(page.locator("tbody tr")).to_contain_text([phone.says("Rejected")])
    page.get_by_role("link", name=POSTING[phone.language], exact=True).click()
    phone.sees(POSTING[phone.language])
    main = page.get_by_role("main")
    expect(main.get_by_text(KIND[phone.language], exact=True)).to_be_visible()
    expect(phone.panel("What happened")).to_contain_text(NOTE)
    expect(phone.button("Withdraw my application")).to_have_count(0)


def _counts(office: Person) -> None:
    """Each number, and the rows behind the one that says how soon an answer came."""
    page = office.page
    page.goto("/applications/")
    office.link("Numbers").click()
    office.arrives_at("Postings in numbers")
    for state, numbers in (("Interview", ["2", "67%", "4.0", "2"]), ("Rejected", ["1", "33%", "4.0", "1"])):
        row = page.locator("tbody tr").filter(has=page.locator("td.cell-title", has_text=office.says(state)))
        expect(row.locator("td.num")).to_have_text(numbers)
    answered = page.locator(".figure-tile").filter(has_text=office.says("Days to the first answer"))
    expect(answered.locator(".figure-number")).to_have_text("4.0")
    answered.click()
    expect(page.locator("tbody tr")).to_have_count(3)
    office.assert_sound()

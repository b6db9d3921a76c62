"""HTML, scripts, formulas and header lines that somebody types are text wherever they come out again."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from calendars.feed import feed_object
from calendars.selectors.feeds import feed_rows
from calendars.services.interviews import send_interview_invitations
from core.pdf import render_pdf
from events.selectors.booths import sheet
from events.services.seats import sign_up
from following.choices import Frequency
from following.models import FollowedPosting
from following.services.searches import save_search
from following.services.telling import tell_of_news
from notifications.choices import Channel
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from placements.choices import PostingState
from placements.models.applications import ApplicationAnswer
from placements.models.interviews import InterviewSlot
from placements.models.postings import Posting
from placements.models.resumes import ResumeEntry
from placements.selectors.resumes import resume_pdf
from placements.services.applying import apply
from placements.services.interviews import book_hour, offer_hours
from placements.services.notes import write_note
from placements.services.postings import change_posting, draft_posting
from tests.factories.accounts import student as make_student
from tests.factories.desk import address_of, asked_contact, shown
from tests.factories.events import OpenEventFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import ApplicationFactory, InterviewSlotFactory, PostingFactory, invited

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">'
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(2)&quot;&gt;"
FORMULAS = ['=HYPERLINK("https://x.example")', "+1+1", "-1+1", "@SUM(A1)", "\t=1", "{=1+1}", "＝1+1"]


@pytest.fixture
def posting() -> Posting:
    enterprise = EnterpriseFactory(legal_name=f"公司{EVIL}", name_en=f"Firm {EVIL}")
    words = dict.fromkeys(("title", "title_en", "description", "description_en", "address", "city"), EVIL)
    return PostingFactory(**words, skills=[EVIL], documents=["letter"], enterprise=enterprise)


def is_text(page: str, times: int) -> None:
    """What was typed stands there so often at least, and never as markup."""
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert page.count(ESCAPED) >= times


@pytest.mark.parametrize(
    ("reader", "name", "times"),
    [
        (None, "posting", 5), ("student", "posting", 5), ("officer", "posting", 5), ("student", "apply", 2),
        ("officer", "board", 2), ("officer", "interviews", 2), ("officer", "fitting_students", 1),
        (None, "posting_list", 2), ("officer", "posting_list", 2), ("student", "for_you", 2), ("officer", "numbers", 1),
    ],
)  # fmt: skip
def test_a_page_shows_it_as_text(request, client, posting, reader, name, times):
    if reader:
        client.force_login(request.getfixturevalue(reader))
    ApplicationFactory(posting=posting)
    of_one = [posting.pk] if name in {"posting", "apply", "board", "interviews", "fitting_students"} else []
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    response = client.get(reverse(f"placements:{name}", args=of_one))

    assert response.status_code == 200
    is_text(response.content.decode(), times)


def test_an_application_shows_letter_answers_notes_and_names_as_text(client, posting, officer, now):
    student = make_student(name=EVIL[:60], name_en=EVIL[:60], profile_skills=[EVIL], profile_summary=EVIL)
    application = apply(posting, student=student, letter=EVIL, at=now)
    ApplicationAnswer.objects.create(application=application, asked=EVIL, answer=EVIL)
    write_note(application, text=EVIL, by=officer, at=now)
    link = address_of(shown(posting, asked_contact(enterprise=posting.enterprise)))
    page = reverse("placements:application", args=[application.pk])

    by_link = [client.get(address).content.decode() for address in (link, f"{link}{application.pk}/")]
    for reader in (officer, student):
        client.force_login(reader)
        is_text(client.get(page).content.decode(), 5)

    is_text(by_link[0], 1)
    is_text(by_link[1], 5)


def test_mails_say_it_as_text_and_escape_it_in_html_and_so_does_the_inbox(client, posting, student, now):
    save_search(name=EVIL[:80], query="", frequency=Frequency.AT_ONCE, by=student, at=now - timedelta(days=1))
    Posting.objects.update(published_at=now)

    tell_of_news(now=now)
    message = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert deliver_message(message.pk, now=now)

    [sent] = mail.outbox
    [(html, kind)] = sent.alternatives
    assert (sent.content_subtype, kind) == ("plain", "text/html")
    assert EVIL in sent.body
    assert EVIL not in html
    is_text(html, 3)  # title, heading and text
    client.force_login(student)
    is_text(client.get(reverse("notifications:inbox")).content.decode(), 1)
    is_text(client.get(reverse("following:following")).content.decode(), 1)


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n", "\v", "\u2028"])
def test_a_title_is_one_line_and_adds_no_header_to_a_mail(student, officer, now, ending):
    title = f"剪辑师{ending}Bcc: everybody@evil.example"
    fields = {"kind": "job", "title": title, "description": "-", "headcount": 1, "closes_on": date(2027, 1, 1)}
    posting = draft_posting(EnterpriseFactory(), fields=fields, by=officer, at=now)
    assert posting.title == "剪辑师 Bcc: everybody@evil.example"
    changed = change_posting(posting, version=1, fields={"city": f"成都{ending}x"}, majors=[], by=officer, at=now)
    assert changed.city == "成都 x"
    # One that stands in the table from before.
    Posting.objects.filter(pk=posting.pk).update(
        title=title, state=PostingState.PUBLISHED, published_at=now, opens_on=date(2026, 11, 21)
    )
    FollowedPosting.objects.create(user=student, posting=posting, at=now - timedelta(days=1))

    tell_of_news(now=now)
    message = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert deliver_message(message.pk, now=now)

    [sent] = mail.outbox
    assert sent.recipients() == [student.email]
    assert "Bcc" not in sent.message()
    assert sent.subject.startswith("Open now: 剪辑师")
    assert len(sent.subject.splitlines()) == 1


def test_a_calendar_holds_one_appointment_whatever_a_title_says(student, officer, now):
    title = "剪辑\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x"
    slot = InterviewSlotFactory(posting__title_en=title, posting__closes_on=date(2027, 1, 1), place=f"A;B,C\\{EVIL}")
    application = invited(slot.posting, student=make_student(name_en='A";CN="B'))
    FollowedPosting.objects.create(user=student, posting=slot.posting, at=now - timedelta(days=1))
    book_hour(application, slot, by=application.student, at=now)

    send_interview_invitations(now=now)
    invitation = OutgoingMessage.objects.get(channel=Channel.EMAIL, recipient=application.student)
    today = timezone.localdate(now)
    feeds = [feed_object(user, feed_rows(user, on=today)) for user in (application.student, student)]

    for text in (invitation.calendar, *feeds):
        calendar = Calendar.from_ical(text)
        assert calendar.errors == []
        for event in calendar.events:
            assert (event.errors, str(event["SUMMARY"]).count("END:VEVENT")) == ([], 1)
    assert [len(Calendar.from_ical(text).events) for text in (invitation.calendar, *feeds)] == [1, 2, 1]
    assert str(Calendar.from_ical(invitation.calendar).events[0]["LOCATION"]) == f"A;B,C\\{EVIL}"


def words_in(pdf: bytes) -> str:
    """What one reads, without the breaks of its lines."""
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def test_a_pdf_prints_it_as_it_was_typed(student, officer):
    typed = '#panic("no")$x$*b*<script>'
    student.student_profile.summary = student.student_profile.summary_en = typed
    ResumeEntry.objects.create(student=student, section="award", title=typed, title_en=typed)
    event = OpenEventFactory(kind="fair", name=typed, name_en=typed)
    enterprise = EnterpriseFactory(legal_name=typed, name_en=typed)
    event.booths.create(row=1, column=1, label="A01", enterprise=enterprise, note=typed)

    paper = words_in(resume_pdf(student.student_profile, "en"))
    plan = words_in(render_pdf(Path(settings.BASE_DIR) / "templates" / "events" / "booths.typ", sheet(event)))

    assert paper.count(typed) == 2
    assert plan.count(typed) >= 2


@pytest.mark.parametrize("typed", FORMULAS)
def test_no_workbook_holds_a_formula(client, officer, now, typed):
    enterprise = EnterpriseFactory(legal_name=typed, name_en=typed)
    posting = PostingFactory(title=typed, title_en=typed, city=typed, skills=[typed], enterprise=enterprise)
    applicant, fitting = (make_student(name=typed, name_en=typed, profile_skills=[typed]) for _ in range(2))
    ApplicationFactory(posting=posting, student=applicant)
    event = OpenEventFactory()
    sign_up(event, student=fitting, at=now)
    client.force_login(officer)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    one = reverse("placements:fitting_students", args=[posting.pk])
    addresses = {
        f"{reverse('placements:posting_list')}?format=xlsx": 3,
        f"{one}?format=xlsx&columns=all&columns=name": 1,
        f"{reverse('placements:numbers')}?format=xlsx": 1,
        f"{reverse('placements:numbers_rows', args=['postings'])}?format=xlsx": 2,
        f"{reverse('placements:numbers_rows', args=['applications'])}?format=xlsx&columns=all&columns=student": 3,
        f"{reverse('events:attendance', args=[event.pk])}?format=xlsx&columns=all&columns=name": 1,
    }

    for address, cells in addresses.items():
        content = client.get(address).getvalue()
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert [each.count(b"<f") for each in sheets] == [0], address
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        assert sum(cell == typed for row in rows for cell in row) >= cells, address


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "https://a b"])
def test_the_link_of_a_meeting_is_an_address_of_the_web(officer, now, address):
    begins = now + timedelta(days=1)

    with pytest.raises(ValidationError):
        offer_hours(PostingFactory(), starts_at=begins, ends_at=begins + timedelta(hours=1), minutes=30,
                    online_url=address, by=officer, at=now)  # fmt: skip

    assert not InterviewSlot.objects.exists()

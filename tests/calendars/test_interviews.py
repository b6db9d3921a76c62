"""Interviews in the calendars of students: by e-mail with updates and cancellations, and in their feed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from calendars import tasks
from calendars.models import InterviewInvitation
from calendars.selectors.feeds import token_of
from calendars.selectors.interviews import due_interviews, still_booked
from calendars.services.interviews import send_interview_invitations
from notifications.models.messages import OutgoingMessage
from placements.services.interviews import book_hour, cancel_hour, change_hour, give_back_hour
from tests.factories.accounts import student as make_student
from tests.factories.placements import InterviewSlotFactory, PostingFactory, invited
from tests.factories.visits import CampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(now):
    """A student who comes on 1 December at nine."""
    slot = InterviewSlotFactory(posting=PostingFactory(title_en="Editor", enterprise__name_en="Huirun Group"))
    application = invited(slot.posting)
    book_hour(application, slot, by=application.student, at=now)
    return application, slot


def sent(application):
    """(method, sequence, begin, place) of each e-mail to the student, in their order."""
    found = []
    for mail in OutgoingMessage.objects.filter(recipient=application.student, channel="email").exclude(calendar=""):
        calendar = Calendar.from_ical(mail.calendar)
        [event] = calendar.events
        assert str(event["UID"]) == f"interview-{application.pk}@testserver"
        assert (str(calendar["METHOD"]), calendar.errors, event.errors) == (mail.calendar_method, [], [])
        found.append((mail.calendar_method, event["SEQUENCE"], event.start, str(event["LOCATION"])))
    return found


def test_the_student_is_sent_the_hour_once(booked, now):
    application, slot = booked

    assert (send_interview_invitations(now=now), send_interview_invitations(now=now)) == (1, 0)

    assert sent(application) == [("REQUEST", 0, slot.starts_at, "A栋301")]
    mail = OutgoingMessage.objects.get(channel="email", calendar_method="REQUEST")
    assert mail.subject == "Your interview: 1 Dec 2026, 09:00, Editor"
    text = mail.calendar.replace("\r\n ", "")
    assert f"mailto:{application.student.email}" in text
    assert "SUMMARY:Interview: Editor" in text
    assert "Huirun Group" in text


def test_another_hour_and_another_room_are_the_same_appointment_moved(booked, officer, now):
    application, slot = booked
    later = InterviewSlotFactory(posting=slot.posting, starts_at=slot.starts_at + timedelta(hours=1))
    send_interview_invitations(now=now)

    book_hour(application, later, by=application.student, at=now)
    assert send_interview_invitations(now=now) == 1
    change_hour(later, version=1, capacity=1, place="B栋", online_url="", by=officer, at=now)
    assert send_interview_invitations(now=now) == 1
    change_hour(later, version=2, capacity=5, place="B栋", online_url="", by=officer, at=now)
    assert send_interview_invitations(now=now) == 0

    assert sent(application) == [
        ("REQUEST", 0, slot.starts_at, "A栋301"),
        ("REQUEST", 1, later.starts_at, "A栋301"),
        ("REQUEST", 2, later.starts_at, "B栋"),
    ]


@pytest.mark.parametrize("how", ["given back", "taken back"])
def test_what_no_longer_stands_is_taken_out_of_the_calendar(booked, officer, now, how):
    application, slot = booked
    send_interview_invitations(now=now)

    if how == "given back":
        give_back_hour(application, by=application.student, at=now)
    else:
        cancel_hour(slot, by=officer, at=now)
    assert (send_interview_invitations(now=now), send_interview_invitations(now=now)) == (1, 0)

    assert sent(application)[1:] == [("CANCEL", 1, slot.starts_at, "A栋301")]
    again = InterviewSlotFactory(posting=slot.posting, starts_at=slot.starts_at + timedelta(hours=1))
    book_hour(application, again, by=application.student, at=now)
    assert send_interview_invitations(now=now) == 1
    assert sent(application)[2:] == [("REQUEST", 2, again.starts_at, "A栋301")]


def test_what_was_held_is_neither_sent_nor_taken_back(booked, now):
    application, slot = booked
    send_interview_invitations(now=now)
    application.bookings.update(cancelled_at=now)

    assert send_interview_invitations(now=slot.starts_at) == 0
    assert len(sent(application)) == 1


def test_a_request_does_not_leave_once_the_hour_was_given_back(booked, now):
    application, _slot = booked

    assert still_booked(application.pk, now=now)
    give_back_hour(application, by=application.student, at=now)
    assert not still_booked(application.pk, now=now)


@pytest.mark.parametrize("rows", [1, 3])
def test_comparing_costs_the_same_for_any_number(now, django_assert_num_queries, rows):
    for _ in range(rows):
        slot = InterviewSlotFactory()
        application = invited(slot.posting)
        book_hour(application, slot, by=application.student, at=now)

    with django_assert_num_queries(2):
        assert len(due_interviews(now)) == rows


def test_the_task_sends_them(booked):
    tasks.send_invitations()

    assert InterviewInvitation.objects.get().sequence == 0


def feed(user):
    response = Client().get(reverse("calendars:feed", args=[token_of(user)]))
    assert response.status_code == 200
    return Calendar.from_ical(response.content).events


def test_a_student_s_feed_holds_their_interviews_and_nothing_of_the_school(booked, now):
    application, slot = booked
    CampaignFactory().report_days.create(day=slot.starts_at.date())
    other = InterviewSlotFactory()
    stranger = invited(other.posting)
    book_hour(stranger, other, by=stranger.student, at=now)

    [event] = feed(application.student)

    assert str(event["UID"]) == f"interview-{application.pk}@testserver"
    assert (event.start, event.end, str(event["STATUS"])) == (slot.starts_at, slot.ends_at, "CONFIRMED")
    give_back_hour(application, by=application.student, at=now)
    assert feed(application.student) == []


def test_students_open_the_page_of_their_calendar_and_those_without_a_role_do_not(client_of, student, stranger):
    path = reverse("calendars:calendar")

    page = client_of(student).get(path).content.decode()
    assert "the interviews that you have booked" in page
    assert token_of(student) in page
    assert client_of(stranger).get(path).status_code == 404
    assert Client().get(reverse("calendars:feed", args=[token_of(stranger)])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_student_s_feed_costs_the_same_however_full_it_is(now, django_assert_num_queries, rows):
    student = make_student()
    for _ in range(rows):
        slot = InterviewSlotFactory()
        book_hour(invited(slot.posting, student=student), slot, by=student, at=now)
    path = reverse("calendars:feed", args=[token_of(student)])

    # person, grants, interviews, school
    with django_assert_num_queries(7):
        assert Client().get(path).content.decode().count("BEGIN:VEVENT") == rows

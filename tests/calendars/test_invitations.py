"""Invitations follow from the plan: sent once, corrected when it changes, taken back when it falls."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from icalendar import Calendar

from calendars.models import Invitation
from calendars.services.invitations import invite_guests, send_invitations
from core.errors import RuleBroken
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import Side
from tests.factories.partnerships import ContactFactory, EnterpriseFactory
from tests.factories.visits import ParticipantFactory, VisitFactory, led_visit
from visits.choices import Medium, TopicKind, VisitState
from visits.models.visits import Visit

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def visit(officer, leader):
    leader.language = "en"
    leader.save()
    enterprise = EnterpriseFactory(name_en="Huirun Group")
    return led_visit(
        leader, organiser=officer, enterprise=enterprise, starts_on=date(2026, 12, 2), starts_at_time=time(9, 30),
        goal="Practice base", notes="Car B 1234", questions="Why so late?",
    )  # fmt: skip


def mails():
    return list(OutgoingMessage.objects.filter(channel="email").order_by("pk"))


def event(message):
    calendar = Calendar.from_ical(message.calendar)
    assert calendar["METHOD"] == message.calendar_method
    assert calendar.errors == []
    [found] = calendar.events
    return found


def test_everyone_of_the_school_who_takes_part_gets_an_object_for_the_calendar(visit, leader, officer, now):
    ParticipantFactory(visit=visit, name="何芳", contact=ContactFactory(enterprise=visit.enterprise, email="he@x.cn"))

    assert send_invitations(now=now) == 1

    [mail] = mails()
    assert (mail.recipient, mail.calendar_method, mail.still_due) == (leader, "REQUEST", "visits.visit")
    assert mail.subject == "You lead a visit on 2 Dec 2026: Huirun Group"
    found = event(mail)
    assert (str(found["UID"]), found["SEQUENCE"], str(found["STATUS"])) == (
        f"visit-{visit.pk}@testserver", 0, "CONFIRMED",
    )  # fmt: skip
    assert found.start == datetime(2026, 12, 2, 9, 30, tzinfo=SHANGHAI)
    assert found.end == datetime(2026, 12, 2, 11, 30, tzinfo=SHANGHAI)
    assert "DTSTART;TZID=Asia/Shanghai:20261202T093000" in mail.calendar
    assert mail.calendar.count("BEGIN:VTIMEZONE") == 1
    assert (str(found["SUMMARY"]), str(found["LOCATION"])) == ("Visit to Huirun Group", "成都高新区")
    assert str(found["URL"]) == f"{settings.SITE_URL}/visits/{visit.pk}/briefing/"
    assert str(found["ORGANIZER"]) == f"mailto:{officer.email}"
    assert str(found["ATTENDEE"]) == f"mailto:{leader.email}"
    assert "Goal: Practice base" in found["DESCRIPTION"]
    assert "何芳" in found["DESCRIPTION"]
    for private in ("Car B 1234", "Why so late?", "he@x.cn"):
        assert private not in Calendar.from_ical(mail.calendar).to_ical().decode().replace("\r\n ", "")


def test_a_second_run_sends_nothing(visit, now):
    send_invitations(now=now)

    assert send_invitations(now=now + timedelta(minutes=1)) == 0
    assert (Invitation.objects.count(), OutgoingMessage.objects.count()) == (1, 2)


def test_without_a_time_it_is_all_day(visit, now):
    Visit.objects.update(starts_at_time=None, part_of_day="morning")
    send_invitations(now=now)

    found = event(mails()[0])
    assert (found.start, found.end) == (date(2026, 12, 2), date(2026, 12, 3))
    assert str(found["SUMMARY"]) == "Visit to Huirun Group (Morning)"
    assert "VTIMEZONE" not in mails()[0].calendar


def test_it_ends_when_the_plan_says(visit, now):
    Visit.objects.update(ends_at_time=time(10, 15))
    send_invitations(now=now)

    assert event(mails()[0]).end == datetime(2026, 12, 2, 10, 15, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("change", "part", "says"),
    [
        ({"starts_on": date(2026, 12, 3)}, "DTSTART", b"20261203T093000"),
        ({"starts_at_time": time(14, 0)}, "DTSTART", b"20261202T140000"),
        ({"ends_at_time": time(16, 0)}, "DTEND", b"20261202T160000"),
        ({"place": "A 3"}, "LOCATION", b"A 3"),
        ({"address": "No 1"}, "LOCATION", "成都高新区\\, No 1".encode()),
        ({"medium": Medium.ONLINE, "online_url": "https://m.example/1"}, "LOCATION", b"https://m.example/1"),
    ],
)
def test_a_change_is_sent_with_the_same_uid_and_a_higher_sequence(visit, now, change, part, says):
    send_invitations(now=now)
    Visit.objects.update(**change)

    assert send_invitations(now=now) == 1

    first, second = (event(mail) for mail in mails())
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert second[part].to_ical() == says
    assert mails()[1].subject.startswith("Changed: Huirun Group")


def test_several_edits_before_a_run_are_one_update(visit, now):
    send_invitations(now=now)
    Visit.objects.update(place="A")
    Visit.objects.update(place="B")
    send_invitations(now=now)

    assert [event(mail)["SEQUENCE"] for mail in mails()] == [0, 1]


def test_another_goal_is_no_reason_to_write(visit, now):
    send_invitations(now=now)
    Visit.objects.update(goal="Something else", notes="Car C", questions="What now?")

    assert send_invitations(now=now) == 0


def test_with_another_person_all_are_told_and_who_goes_gets_a_cancellation(visit, leader, college_staff, now):
    send_invitations(now=now)
    mate = visit.participants.create(side=Side.SCHOOL, user=college_staff, name=college_staff.name)
    assert send_invitations(now=now) == 2
    mate.delete()
    assert send_invitations(now=now) == 2

    told = [(mail.recipient, mail.calendar_method, event(mail)["SEQUENCE"]) for mail in mails()]
    assert sorted(told, key=lambda each: each[2])[0] == (leader, "REQUEST", 0)
    assert {each for each in told if each[2] == 1} == {(leader, "REQUEST", 1), (college_staff, "REQUEST", 1)}
    assert {each for each in told if each[2] == 2} == {(leader, "REQUEST", 2), (college_staff, "CANCEL", 2)}
    assert str(event(mails()[-1])["STATUS"]) == "CANCELLED"
    assert send_invitations(now=now) == 0


def test_calling_off_takes_the_appointment_back_once(visit, leader, officer, now):
    send_invitations(now=now)
    Visit.objects.update(state=VisitState.CANCELLED)
    visit.moves.create(state=VisitState.CANCELLED, by=officer, at=now, note="The hosts are ill")

    assert (send_invitations(now=now), send_invitations(now=now)) == (1, 0)

    mail = mails()[-1]
    assert (mail.recipient, mail.calendar_method, mail.still_due) == (leader, "CANCEL", "")
    assert mail.subject == "Called off: Huirun Group, 2 Dec 2026"
    assert "Why: The hosts are ill" in mail.body
    assert (event(mail)["SEQUENCE"], str(event(mail)["STATUS"])) == (1, "CANCELLED")
    assert Invitation.objects.get().cancelled_at == now


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_on": date(2026, 11, 23)},
        {"starts_on": date(2026, 11, 24), "starts_at_time": time(11, 0)},
        {"state": VisitState.HELD},
        {"state": VisitState.CANCELLED},
    ],
)
def test_nothing_is_sent_of_what_is_past_or_was_called_off_before_anybody_heard(visit, now, fields):
    Visit.objects.update(**fields)

    assert send_invitations(now=now) == 0
    assert (Invitation.objects.count(), OutgoingMessage.objects.count()) == (0, 0)


def test_a_contact_is_invited_only_when_it_was_asked_for(visit, officer, leader, now):
    contact = ContactFactory(enterprise=visit.enterprise, email="he@example.com", name="何芳", language="en")
    visit.topics.create(kind=TopicKind.AGENDA, name="Round walk")
    visit.topics.create(kind=TopicKind.TOPIC, name="What we want of them")
    ParticipantFactory(visit=visit, name="何芳", contact=contact)
    send_invitations(now=now)
    assert not OutgoingMessage.objects.filter(address=contact.email).exists()

    invite_guests(visit, [contact], by=officer)
    assert send_invitations(now=now) == 2

    letter = OutgoingMessage.objects.get(address=contact.email)
    assert (letter.subject, letter.language) == ("Visit of Partnership portal on 2 Dec 2026", "en")
    found = event(letter)
    assert str(found["ATTENDEE"]) == "mailto:he@example.com"
    assert "Round walk" in found["DESCRIPTION"]
    for internal in ("Practice base", "What we want of them", leader.email, "/visits/"):
        assert internal not in letter.calendar.replace("\r\n ", "")
        assert internal not in letter.body


def test_a_contact_left_out_again_gets_a_cancellation(visit, officer, now):
    contact = ContactFactory(enterprise=visit.enterprise, email="he@example.com")
    ParticipantFactory(visit=visit, contact=contact)
    invite_guests(visit, [contact], by=officer)
    send_invitations(now=now)

    invite_guests(visit, [], by=officer)
    send_invitations(now=now)

    letters = OutgoingMessage.objects.filter(address=contact.email).order_by("pk")
    assert [letter.calendar_method for letter in letters] == ["REQUEST", "CANCEL"]


def test_who_is_asked_for_and_left_out_before_a_run_hears_nothing(visit, officer, now):
    contact = ContactFactory(enterprise=visit.enterprise, email="he@example.com")
    ParticipantFactory(visit=visit, contact=contact)
    invite_guests(visit, [contact], by=officer)
    invite_guests(visit, [], by=officer)

    assert send_invitations(now=now) == 1
    assert not OutgoingMessage.objects.filter(address=contact.email).exists()


def test_only_those_who_take_part_and_have_an_address_can_be_invited(visit, officer, leader):
    silent = ContactFactory(enterprise=visit.enterprise, email="")
    ParticipantFactory(visit=visit, contact=silent)
    for contact in (silent, ContactFactory(enterprise=visit.enterprise, email="he@example.com")):
        with pytest.raises(RuleBroken, match="does not take part or has no e-mail address"):
            invite_guests(visit, [contact], by=officer)
    with pytest.raises(PermissionDenied):
        invite_guests(visit, [], by=leader)
    Visit.objects.update(state=VisitState.HELD)
    with pytest.raises(RuleBroken, match="that is ahead"):
        invite_guests(visit, [], by=officer)
    assert not Invitation.objects.exists()


def test_the_comparison_takes_the_same_number_of_queries_for_many_visits(visit, leader, now, django_assert_num_queries):
    send_invitations(now=now)
    with django_assert_num_queries(4):  # visits, people, invitations, topics
        assert send_invitations(now=now) == 0
    for _number in range(3):
        led_visit(leader, starts_on=date(2026, 12, 5))
    send_invitations(now=now)
    with django_assert_num_queries(4):
        assert send_invitations(now=now) == 0


def test_a_visit_without_an_organiser_is_organised_by_the_school(leader, now):
    led_visit(leader, starts_on=date(2026, 12, 5))
    VisitFactory(starts_on=date(2026, 12, 5))

    assert send_invitations(now=now) == 1
    assert str(event(mails()[0])["ORGANIZER"]) == f"mailto:{settings.DEFAULT_FROM_EMAIL}"

"""An invitation on its way: through a real SMTP conversation, read back as a mail program reads it."""

from datetime import date, time

import pytest
from icalendar import Calendar

from calendars.services.invitations import invite_guests, send_invitations
from tests.factories.partnerships import ContactFactory
from tests.factories.visits import ParticipantFactory, led_visit
from visits.choices import VisitState
from visits.models.visits import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(now, django_capture_on_commit_callbacks):
    def send():
        with django_capture_on_commit_callbacks(execute=True):
            return send_invitations(now=now)

    return send


def parts(mail):
    return [part.get_content_type() for part in mail.walk() if not part.is_multipart()]


def calendar_part(mail):
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return part


def test_the_mail_carries_text_object_and_file(leader, officer, run, smtp_server):
    visit = led_visit(leader, organiser=officer, starts_on=date(2026, 12, 2), starts_at_time=time(9, 30))
    contact = ContactFactory(enterprise=visit.enterprise, email="he@example.com", name="何芳")
    ParticipantFactory(visit=visit, contact=contact)
    invite_guests(visit, [contact], by=officer)

    assert run() == 2

    assert sorted(smtp_server.recipients) == [["he@example.com"], [leader.email]]
    for mail in smtp_server.messages:
        assert parts(mail) == ["text/plain", "text/html", "text/calendar", "application/ics"]
        part = calendar_part(mail)
        assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
        [event] = Calendar.from_ical(part.get_content()).events
        assert str(event["UID"]) == f"visit-{visit.pk}@testserver"
        [file] = list(mail.iter_attachments())
        assert file.get_filename() == "invite.ics"
        assert Calendar.from_ical(file.get_content()) == Calendar.from_ical(part.get_content())


def test_a_cancellation_says_so_in_the_type_of_the_part_and_in_the_object(leader, officer, run, smtp_server):
    led_visit(leader, organiser=officer, starts_on=date(2026, 12, 2))
    run()
    Visit.objects.update(state=VisitState.CANCELLED)

    assert (run(), run()) == (1, 0)

    first, last = smtp_server.messages
    assert [calendar_part(mail).get_param("method") for mail in (first, last)] == ["REQUEST", "CANCEL"]
    calendar = Calendar.from_ical(calendar_part(last).get_content())
    assert (calendar["METHOD"], calendar.events[0]["SEQUENCE"]) == ("CANCEL", 1)


def test_what_was_called_off_before_it_left_is_not_sent_as_a_request(leader, officer, now, smtp_server, run):
    """The row waits in the outbox while the visit is called off: the request is dropped, the end is told."""
    led_visit(leader, organiser=officer, starts_on=date(2026, 12, 2))
    send_invitations(now=now)
    Visit.objects.update(state=VisitState.CANCELLED)
    run()

    assert [calendar_part(mail).get_param("method") for mail in smtp_server.messages] == ["CANCEL"]

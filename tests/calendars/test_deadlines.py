"""The days of a student: of what they follow, what they applied to, and events they signed up for."""

from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar

from calendars.feed import feed_object
from calendars.selectors.deadlines import deadlines_of
from calendars.selectors.feeds import feed_rows
from events.choices import EventState, RegistrationState
from events.models import Registration
from following.models import FollowedPosting
from placements.choices import ApplicationState, PostingState
from tests.factories.accounts import student as make_student
from tests.factories.events import EventFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 21), date(2027, 11, 21)


def follow(user, **fields):
    posting = PostingFactory(title_en="Editor", enterprise=EnterpriseFactory(name_en="Huirun"), **fields)
    FollowedPosting.objects.create(user=user, posting=posting, at=AT)
    return posting


def sign_up(user, state=RegistrationState.REGISTERED, **fields):
    event = EventFactory(**{"state": EventState.PUBLISHED, "held_on": date(2026, 12, 3), "name_en": "Fair", **fields})
    ticket = f"ticket-{user.pk}-{event.pk}"
    Registration.objects.create(event=event, student=user, state=state, at=AT, ticket=ticket)
    return event


def said(user):
    return [(each.on, each.summary) for each in deadlines_of(user, first=FIRST, last=LAST)]


def test_soonest_first_with_what_each_is(student):
    follow(student, opens_on=date(2026, 12, 1), closes_on=date(2026, 12, 20))
    ApplicationFactory(student=student, posting=PostingFactory(title_en="Grader", answer_by=date(2026, 12, 10)))
    ApplicationFactory(student=student, posting=PostingFactory(title_en="Runner", closes_on=date(2026, 12, 24)))
    sign_up(student)

    assert said(student) == [
        (date(2026, 12, 1), "Opens: Editor"),
        (date(2026, 12, 3), "Fair"),
        (date(2026, 12, 10), "Answer promised: Grader"),
        (date(2026, 12, 20), "Closes: Editor"),
        (date(2026, 12, 24), "Closes, you have applied: Runner"),
    ]


def test_what_is_over_or_called_off_or_somebody_else_s_is_no_deadline(student):
    follow(student, state=PostingState.WITHDRAWN, closes_on=date(2026, 12, 20))
    follow(student, closes_on=date(2026, 11, 20))
    follow(make_student(), closes_on=date(2026, 12, 20))
    for state in (ApplicationState.REJECTED, ApplicationState.OFFERED, ApplicationState.WITHDRAWN):
        ApplicationFactory(student=student, state=state, posting=PostingFactory(answer_by=date(2026, 12, 10)))
    sign_up(student, RegistrationState.WAITING)
    sign_up(student, RegistrationState.CANCELLED)

    assert said(student) == []


def test_an_event_called_off_leaves_the_calendar(student):
    event = sign_up(student)
    event.state = EventState.CANCELLED
    event.save()

    assert said(student) == []


def test_what_one_has_applied_to_stands_there_once(student):
    posting = follow(student, closes_on=date(2026, 12, 20))
    ApplicationFactory(student=student, posting=posting)

    assert said(student) == [(date(2026, 12, 20), "Closes, you have applied: Editor")]


def test_the_feed_carries_them_with_day_hour_and_place(student, settings):
    settings.SITE_URL = "https://portal.example"
    posting = follow(student, closes_on=date(2026, 12, 20))
    sign_up(student, starts_at_time=time(14), ends_at_time=time(16, 30), place="Hall")

    text = feed_object(student, feed_rows(student, on=FIRST))

    calendar = Calendar.from_ical(text)
    events = {str(event["SUMMARY"]): event for event in calendar.events}
    assert list(events) == ["Fair", "Closes: Editor"]
    closes = events["Closes: Editor"]
    assert (closes["DTSTART"].dt, closes["DTEND"].dt) == (date(2026, 12, 20), date(2026, 12, 21))
    assert str(closes["URL"]) == f"https://portal.example/postings/{posting.pk}/"
    assert str(closes["UID"]) == f"posting-closes-{posting.pk}@portal.example"
    fair = events["Fair"]
    assert (fair["DTSTART"].dt.hour, fair["DTEND"].dt.minute, str(fair["LOCATION"])) == (14, 30, "Hall")


def test_it_is_written_in_the_language_of_its_reader(student):
    student.language = "zh-hans"
    student.save()
    follow(student, closes_on=date(2026, 12, 20), title="剪辑师")

    (summary,) = [summary for _on, summary in said(student)]
    assert "剪辑师" in summary


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_three_queries_however_much_there_is(student, count, django_assert_num_queries):
    for _ in range(count):
        follow(student, closes_on=date(2026, 12, 20))
        ApplicationFactory(student=student)
        sign_up(student)

    with django_assert_num_queries(3):
        assert len(deadlines_of(student, first=FIRST, last=date(2031, 1, 1))) == 3 * count

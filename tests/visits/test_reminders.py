"""Follow-ups, visits ahead, missing and returned reports: the bands, once-ness, and whether it still holds."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.models.school import SpecialDay
from notifications.choices import Channel, Counting
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from notifications.models.reminding import RuleTerms
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import FollowUpFactory, VisitFactory, led_visit, reported_visit
from tests.reminding import due, queue, told
from visits.choices import FollowUpState, VisitState
from visits.models.reports import ReportReturn
from visits.reminders.visits import visit_still_ahead

pytestmark = pytest.mark.django_db
S = VisitState
OF_VISITS = ("visits.visit", "visits.report", "visits.returned", "visits.follow_up", "visits.climbed")


def keys(slug, now):
    return sorted(key for key, _person in told(slug, now))


def returned_report(by, at=datetime(2026, 11, 18, 2, 0, tzinfo=UTC), **fields):
    visit = reported_visit(**fields)
    return ReportReturn.objects.create(visit=visit, remark="请补签到表", by=by, at=at)


@pytest.mark.parametrize(
    ("late", "mark"),
    [
        (-4, None), (-3, "-3"), (-1, "-3"), (0, "+0"), (2, "+0"), (3, "+3"), (6, "+3"),
        (7, "+7"), (30, "+7"), (31, None),
    ],
)  # fmt: skip
def test_each_day_around_the_due_day_falls_into_one_band(now, today, late, mark):
    follow_up = FollowUpFactory(due_on=today - timedelta(days=late))

    expected = [f"visits.follow_up:{follow_up.pk}:{mark}d:{follow_up.due_on:%Y%m%d}"]
    assert keys("visits.follow_up", now) == (expected if mark else [])


def test_closed_follow_ups_and_people_who_left_are_left_alone(now, today):
    FollowUpFactory(due_on=today, state=FollowUpState.DONE)
    FollowUpFactory(due_on=today, owner=UserFactory(is_active=False))

    assert keys("visits.follow_up", now) == []


def test_the_office_hears_of_follow_ups_where_it_is_set_so(officer, now, today):
    item = FollowUpFactory(due_on=today)
    row = {"marks": [0], "until": 3, "counting": Counting.EVERY_DAY, "audiences": ["office"]}
    RuleTerms.objects.create(rule="visits.follow_up", **row)

    key = f"visits.follow_up:{item.pk}:+0d:{today:%Y%m%d}"
    assert told("visits.follow_up", now) == [(key, str(officer))]


@pytest.mark.parametrize(("days", "mark"), [(0, -1), (1, -1), (2, -7), (7, -7), (8, None), (-1, None)])
def test_leader_and_organiser_hear_of_a_visit_ahead(officer, leader, now, today, days, mark):
    visit = led_visit(leader, organiser=officer, starts_on=today + timedelta(days=days))

    key = f"visits.visit:{visit.pk}:{mark}d:{visit.starts_on:%Y%m%d}"
    assert told("visits.visit", now) == ([(key, str(leader)), (key, str(officer))] if mark else [])


def test_who_leads_what_they_organised_hears_once(leader, now, today):
    led_visit(leader, organiser=leader, starts_on=today)

    assert len(keys("visits.visit", now)) == 1


@pytest.mark.parametrize(("hour", "count"), [(11, 0), (12, 0), (13, 1)])
def test_a_visit_of_today_is_ahead_until_its_hour(officer, now, today, hour, count):
    VisitFactory(organiser=officer, starts_on=today, starts_at_time=time(hour))

    assert len(keys("visits.visit", now)) == count


@pytest.mark.parametrize("state", [S.HELD, S.REPORTED, S.CANCELLED])
def test_only_visits_that_will_take_place_are_ahead(officer, now, today, state):
    VisitFactory(organiser=officer, starts_on=today + timedelta(days=1), state=state)

    assert keys("visits.visit", now) == []


@pytest.mark.parametrize(
    ("day", "is_missing"),
    [
        (date(2026, 11, 24), False),
        (date(2026, 11, 19), False),  # a Thursday: its three working days end today
        (date(2026, 11, 18), True),
        (date(2026, 9, 29), True),  # its forty working days end today
        (date(2026, 9, 28), False),
    ],
)
@pytest.mark.parametrize("state", [S.HELD, S.CONFIRMED])
def test_the_organiser_is_asked_for_the_report_after_three_working_days(officer, leader, now, day, is_missing, state):
    visit = led_visit(leader, organiser=officer, starts_on=day, state=state)

    expected = [(f"visits.report:{visit.pk}:+4d:{day:%Y%m%d}", str(officer))]
    assert told("visits.report", now) == (expected if is_missing else [])


def test_a_public_holiday_gives_the_organiser_more_time(officer, leader, now):
    led_visit(leader, organiser=officer, starts_on=date(2026, 11, 18), state=S.HELD)
    SpecialDay.objects.create(day=date(2026, 11, 20), name_zh="校庆")

    assert told("visits.report", now) == []


def test_reported_visits_and_those_without_a_day_or_an_organiser_are_asked_of_nobody(officer, now):
    VisitFactory(organiser=officer, starts_on=date(2026, 11, 2), state=S.REPORTED)
    VisitFactory(organiser=officer, starts_on=None, state=S.HELD)
    VisitFactory(organiser=None, starts_on=date(2026, 11, 2), state=S.HELD)

    assert keys("visits.report", now) == []


@pytest.mark.parametrize(("day", "is_told"), [(20, False), (19, True), (18, True)])
def test_who_wrote_a_returned_report_is_asked_again_after_three_working_days(
    officer, leader, college_staff, now, day, is_told
):
    at = datetime(2026, 11, day, 2, 0, tzinfo=UTC)
    returned = returned_report(officer, at, reported_by=college_staff, reported_for=leader, organiser=officer)

    key = f"visits.returned:{returned.pk}:+3d:202611{day}"
    assert told("visits.returned", now) == ([(key, str(college_staff)), (key, str(leader))] if is_told else [])


def test_what_was_answered_or_returned_to_oneself_is_asked_of_nobody(officer, leader, now):
    answered = returned_report(officer, reported_by=leader)
    ReportReturn.objects.filter(pk=answered.pk).update(answered_by=leader, answered_at=now)
    returned_report(officer, reported_by=officer)

    assert told("visits.returned", now) == []


def test_the_letter_about_a_returned_report_says_what_is_to_be_put_right(officer, leader, now):
    returned = returned_report(officer, reported_by=leader, enterprise=EnterpriseFactory(name_en="Huirun Group"))

    assert queue(now, "visits.returned") == 2

    mail = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert mail.subject == "A returned report waits for your answer: Huirun Group"
    assert "gave the report of this visit back on 18 Nov 2026" in mail.body
    assert "请补签到表" in mail.body
    assert (mail.link, mail.enterprise_id) == (
        f"/visits/{returned.visit_id}/correct/",
        returned.visit.enterprise_id,
    )


def test_the_day_turns_in_shanghai_not_in_greenwich(today):
    FollowUpFactory(due_on=today)

    assert ":-3d:" in keys("visits.follow_up", datetime(2026, 11, 23, 15, 59, tzinfo=UTC))[0]
    assert ":+0d:" in keys("visits.follow_up", datetime(2026, 11, 23, 16, 0, tzinfo=UTC))[0]


def test_each_reminder_is_stored_once_per_channel_however_often_the_clock_strikes(officer, leader, now, today):
    enterprise = EnterpriseFactory(name_en="Huirun Group")
    led_visit(leader, organiser=officer, starts_on=today + timedelta(days=1), enterprise=enterprise, place="甲楼")
    held = VisitFactory(organiser=officer, starts_on=date(2026, 11, 16), state=S.HELD, enterprise=enterprise)
    FollowUpFactory(visit=held, due_on=today + timedelta(days=2), owner=officer, what="Send the plan")

    assert queue(now, *OF_VISITS) == 8
    assert queue(now, *OF_VISITS) == 0
    assert queue(now + timedelta(hours=3), *OF_VISITS) == 0

    mails = OutgoingMessage.objects.filter(channel=Channel.EMAIL).order_by("subject", "recipient")
    assert [(mail.recipient, mail.subject, mail.rule) for mail in mails] == [
        (officer, "Due in 2 days: Send the plan", "visits.follow_up"),
        (officer, "The report is missing: Huirun Group", "visits.report"),
        *sorted(
            [(person, "Visit tomorrow: Huirun Group", "visits.visit") for person in (officer, leader)],
            key=lambda row: row[0].pk,
        ),
    ]
    assert "Where: 甲楼" in mails[3].body


def test_the_next_band_and_a_new_day_are_new_reminders(officer, now, today):
    follow_up = FollowUpFactory(due_on=today + timedelta(days=2), owner=officer)
    queue(now, "visits.follow_up")

    assert queue(now + timedelta(days=2), "visits.follow_up") == 2
    follow_up.due_on = today + timedelta(days=3)
    follow_up.save()
    assert queue(now + timedelta(days=2), "visits.follow_up") == 2


def visit_of(officer, today):
    return VisitFactory(organiser=officer, starts_on=today + timedelta(days=1))


def missing_of(officer, today):
    return VisitFactory(organiser=officer, starts_on=date(2026, 11, 16), state=S.HELD)


def returned_of(officer, today):
    return returned_report(UserFactory(), reported_by=officer)


def follow_up_of(officer, today):
    return FollowUpFactory(owner=officer, due_on=today)


@pytest.mark.parametrize(
    ("slug", "make", "change"),
    [
        ("visits.visit", visit_of, {"state": S.CANCELLED}),
        ("visits.visit", visit_of, {"starts_on": date(2026, 11, 26)}),
        ("visits.visit", visit_of, {"starts_on": date(2026, 11, 24), "starts_at_time": time(12)}),
        ("visits.visit", visit_of, {"organiser": None}),
        ("visits.report", missing_of, {"state": S.REPORTED}),
        ("visits.report", missing_of, {"starts_on": date(2026, 11, 17)}),
        ("visits.returned", returned_of, {"at": datetime(2026, 11, 19, 2, 0, tzinfo=UTC)}),
        ("visits.follow_up", follow_up_of, {"state": FollowUpState.DONE}),
        ("visits.follow_up", follow_up_of, {"due_on": date(2026, 11, 23)}),
    ],
)
def test_what_changed_or_was_settled_a_minute_before_is_not_sent(officer, now, today, slug, make, change):
    subject = make(officer, today)
    assert queue(now, slug) == 2

    type(subject).objects.filter(pk=subject.pk).update(**change)

    mail = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert deliver_message(mail.pk, now=now + timedelta(minutes=1)) is False
    mail.refresh_from_db()
    assert mail.state == "dropped"


def test_a_returned_report_that_was_answered_a_minute_before_is_not_asked_for(officer, now, today):
    returned = returned_of(officer, today)
    queue(now, "visits.returned")

    ReportReturn.objects.filter(pk=returned.pk).update(answered_by=officer, answered_at=now)

    mail = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert deliver_message(mail.pk, now=now + timedelta(minutes=1)) is False


@pytest.mark.parametrize(("slug", "make"), [("visits.visit", visit_of), ("visits.returned", returned_of)])
def test_what_still_holds_is_sent(officer, now, today, slug, make):
    make(officer, today)
    queue(now, slug)

    assert deliver_message(OutgoingMessage.objects.get(channel=Channel.EMAIL).pk, now=now) is True


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("slug", "make", "queries"),
    [
        ("visits.visit", visit_of, 4),  # days off, terms, visits, participants
        ("visits.report", missing_of, 5),  # and assistants
        ("visits.returned", returned_of, 3),
        ("visits.follow_up", follow_up_of, 3),
    ],
)
def test_looking_costs_the_same_for_any_number(
    officer, now, today, django_assert_num_queries, slug, make, queries, rows
):
    for _ in range(rows):
        make(officer, today)

    with django_assert_num_queries(queries):
        assert len(due(slug, now)) == rows


def test_a_visit_that_has_begun_is_not_ahead_any_more(now, today):
    visit = VisitFactory(starts_on=today, starts_at_time=time(9))

    assert visit_still_ahead(visit.pk, now=now) is False

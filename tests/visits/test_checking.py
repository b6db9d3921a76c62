"""Checking reports: doubts with their numbers, returning, closing once."""

from datetime import date, time, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils.formats import date_format

from accounts.choices import Role
from accounts.models.school import SpecialDay
from core.errors import RuleBroken, StaleEdit
from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import TimelineKind
from tests.factories.accounts import person
from tests.factories.visits import EvidenceFactory, OutcomeFactory, led_visit
from tests.visits.report_world import TUESDAY, whole_report
from visits.choices import EvidenceKind, VisitState
from visits.models.reports import ReportReturn
from visits.models.visits import Visit
from visits.reminders.reports import return_still_open
from visits.selectors.doubts import add_doubts, with_what_is_checked
from visits.services import amending, checking, planning
from visits.services.amending import Correction

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(leader):
    return whole_report(leader)


def doubts(visit):
    read = add_doubts(list(with_what_is_checked(Visit.objects.filter(pk=visit.pk))))[0]
    return [(each.code, each.text) for each in read.doubts]


def test_a_whole_report_raises_no_doubt(report):
    assert doubts(report) == []


def test_what_is_missing_is_said_with_its_numbers(report):
    report.evidence.update(kind=EvidenceKind.OTHER)
    Visit.objects.filter(pk=report.pk).update(minutes=" ")
    report.participants.update(was_present=False)
    report.outcomes.all().delete()

    assert doubts(report) == [
        ("evidence", "No photo, sign-in sheet or news report (1 other piece of evidence)."),
        ("minutes", "Nothing is written of what was said."),
        ("leader", "Nobody who led the visit was there (people from the school: 0)."),
        ("host", "Nobody of the enterprise is named."),
        ("outcomes", "Nothing was offered for any major, and no reason is given."),
    ]


def test_a_reason_for_no_offers_is_enough(report):
    report.outcomes.all().delete()
    Visit.objects.filter(pk=report.pk).update(nothing_offered="企业本年冻结招聘")

    assert doubts(report) == []


def test_numbers_that_are_not_plausible_are_said(report):
    row = report.outcomes.get()
    report.outcomes.update(posts=101, internships=0, post_pay=1500, internship_pay=12000)

    assert doubts(report) == [
        ("staff", f"{row.major}: 101 places, and 200 people work there (50%)."),
        ("pay", f"{row.major}: 1,500 yuan a month is outside 2,000 to 30,000 (starting pay)."),
        ("pay", f"{row.major}: 12,000 yuan a month is outside 500 to 10,000 (internship pay)."),
    ]


def test_half_the_staff_and_the_ends_of_the_band_are_plausible(report):
    report.outcomes.update(posts=100, internships=0, post_pay=2000, internship_pay=10000)

    assert doubts(report) == []


@pytest.mark.parametrize(("days", "asked"), [(30, 1), (31, 0)])
def test_the_same_places_twice_within_a_month_are_asked_about(report, leader, days, asked):
    row = report.outcomes.get()
    earlier = led_visit(leader, enterprise=report.enterprise, starts_on=TUESDAY - timedelta(days=days), state="checked")
    OutcomeFactory(visit=earlier, major=row.major, posts=5, internships=10)

    found = doubts(report)

    day = date_format(earlier.starts_on, "SHORT_DATE_FORMAT")
    text = f"{row.major}: the same 15 places were reported for the visit of {day}."
    assert found == [("twice", text)] * asked


@pytest.mark.parametrize(
    ("day", "special", "asked"),
    [
        (date(2026, 11, 14), None, True),
        (date(2026, 11, 14), True, False),
        (date(2026, 11, 10), False, True),
    ],
)
def test_a_day_off_is_asked_about_and_a_worked_weekend_is_none(report, day, special, asked):
    Visit.objects.filter(pk=report.pk).update(starts_on=day)
    if special is not None:
        SpecialDay.objects.create(day=day, is_workday=special, name_zh="调休")

    assert [code for code, _text in doubts(report)] == ["day_off"] * asked


@pytest.mark.parametrize(("begins", "asked"), [(time(10, 0), True), (time(10, 30), False), (None, False)])
def test_a_leader_in_two_places_is_asked_about(report, leader, begins, asked):
    led_visit(leader, starts_on=TUESDAY, starts_at_time=begins, state="held")

    assert [code for code, _text in doubts(report)] == ["overlap"] * asked


def test_the_report_is_returned_and_its_writer_reads_why(report, officer, leader, now):
    returned = checking.return_report(report, remark=" 请补签到表 ", by=officer, at=now)

    report.refresh_from_db()
    assert (returned.remark, report.state) == ("请补签到表", "reported")
    mail = OutgoingMessage.objects.get(channel="email")
    assert (mail.recipient, mail.key, "请补签到表" in mail.body) == (leader, f"return:{returned.pk}", True)
    entry = report.enterprise.timeline.get()
    assert (entry.kind, entry.text) == (TimelineKind.VISIT_RETURNED, "请补签到表")
    assert return_still_open(returned.pk, now=now) is True


def test_it_is_not_returned_twice_nor_checked_meanwhile(report, officer, admin, now):
    checking.return_report(report, remark="请补签到表", by=officer, at=now)

    with pytest.raises(RuleBroken, match="Wang Min returned this report on .*; it waits for its answer."):
        checking.return_report(report, remark="还有", by=admin, at=now)
    with pytest.raises(RuleBroken, match="it waits for its answer"):
        checking.check_report(report, by=admin, at=now)

    report.refresh_from_db()
    assert (ReportReturn.objects.count(), report.state) == (1, "reported")


def test_a_return_says_what_is_wrong_and_is_the_office_s(report, officer, college_staff, now):
    with pytest.raises(RuleBroken, match="Say what is to be put right."):
        checking.return_report(report, remark="  ", by=officer, at=now)
    with pytest.raises(PermissionDenied):
        checking.return_report(report, remark="补", by=college_staff, at=now)

    assert not ReportReturn.objects.exists()


def test_doubts_must_be_weighed_before_it_is_closed(report, officer, now):
    report.evidence.all().delete()

    with pytest.raises(RuleBroken, match="Doubts stand: No photo") as refused:
        checking.check_report(report, by=officer, at=now)
    assert refused.value.field == "accepts_doubts"
    closed = checking.check_report(report, by=officer, at=now, accepts_doubts=True, note="照片在部门")

    move = closed.moves.get()
    assert (closed.state, move.by, move.note) == ("checked", officer, "照片在部门")


def test_nobody_checks_what_they_wrote_themselves(leader, officer, admin, now):
    report = whole_report(leader, by=officer)

    with pytest.raises(PermissionDenied, match="somebody else of the employment office checks it"):
        checking.check_report(report, by=officer, at=now)
    report.refresh_from_db()
    assert report.state == "reported"

    assert checking.check_report(report, by=admin, at=now).state == "checked"


def test_a_step_along_the_table_does_not_check(report, officer, now):
    with pytest.raises(RuleBroken, match="on the page of reports to check"):
        planning.move_visit(report, VisitState.CHECKED, by=officer, at=now)
    with pytest.raises(RuleBroken, match="with a reason that is kept"):
        planning.move_visit(report, VisitState.CANCELLED, by=officer, at=now, note="重复")

    report.refresh_from_db()
    assert report.state == "reported"


def test_a_form_opened_before_a_correction_is_told(report, officer, now):
    said = Correction(columns={"minutes": "改"})
    amending.correct_report(report, said, version=report.version, by=officer, at=now)

    with pytest.raises(StaleEdit):
        checking.check_report(report, by=officer, at=now, version=report.version)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_check_at_once_one_wins_and_the_other_is_told_who(leader, now):
    report, told, gate = whole_report(leader), [], Barrier(2)
    office = [person(Role.OFFICER, name_en=name) for name in ("One", "Two")]

    def check(user):
        gate.wait()
        try:
            checking.check_report(report, by=user, at=now)
        except RuleBroken as refused:
            told.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=check, args=[user]) for user in office]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    winner = report.moves.get(state="checked").by
    assert len(told) == 1
    assert told[0].startswith((f"{winner.name_en} checked", f"{winner.name}"))


def test_the_queue_tells_the_doubts_and_hides_what_waits_for_somebody_else(client_of, officer, leader, report, now):
    doubtful = whole_report(leader, starts_on=date(2026, 11, 3))
    doubtful.evidence.all().delete()
    EvidenceFactory(visit=doubtful, kind=EvidenceKind.OTHER)
    checking.return_report(report, remark="补", by=officer, at=now)
    client = client_of(officer)

    rows = client.get("/visits/check/").context["visits"]

    assert [(visit.pk, [doubt.code for doubt in visit.doubts]) for visit in rows] == [(doubtful.pk, ["evidence"])]
    waiting = client.get("/visits/check/", {"waits": "reporter"}).context["visits"]
    assert [visit.pk for visit in waiting] == [report.pk]
    assert client_of(leader).get("/visits/check/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_for_any_number(client_of, officer, leader, django_assert_num_queries, count):
    for _ in range(count):
        whole_report(leader)
    client = client_of(officer)

    # session, user, grants, campaigns, colleges, count, visits, people, outcomes, evidence, offers, special days, led,
    # school, unread
    with django_assert_num_queries(15):
        response = client.get("/visits/check/")

    assert response.content.decode().count("<tr>") == count + 1


def test_the_office_returns_and_closes_on_the_page_of_the_report(client_of, officer, leader, report):
    client, address = client_of(officer), reverse("visits:check", args=[report.pk])
    assert "Evidence, people and numbers look complete." in client.get(address).content.decode()

    empty = client.post(reverse("visits:check_return", args=[report.pk]), {"version": 1, "remark": ""})
    assert (empty.status_code, ReportReturn.objects.count()) == (422, 0)
    assert client.post(address, {"version": report.version}).url == "/visits/check/"

    report.refresh_from_db()
    assert report.state == "checked"
    again = client.post(address, {"version": report.version})
    assert "checked this report already" in again.content.decode()


def test_a_returned_report_stands_on_the_visit_and_on_the_writer_s_day(client_of, officer, leader, report, now):
    checking.return_report(report, remark="请补签到表", by=officer, at=now)

    page = client_of(leader).get(reverse("visits:visit", args=[report.pk])).content.decode()

    assert "Wang Min returned this report on" in page
    assert reverse("visits:correct", args=[report.pk]) in page
    day = client_of(leader).get("/")
    assert [row.remark for row in day.context["day"].after.returned] == ["请补签到表"]
    assert client_of(officer).get("/").context["day"].after.to_check == 0

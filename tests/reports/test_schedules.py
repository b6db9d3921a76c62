"""Reports that are due by themselves: once per day, for each reader what they may see, told by a link."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import RoleGrant, User
from accounts.models.school import College
from core.errors import RuleBroken
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementState
from reports import due
from reports.choices import BuildState, Cadence
from reports.kinds.catalogue import KINDS
from reports.models.builds import ReportBuild
from reports.models.schedules import ReportSchedule
from reports.services import requests, schedules
from reports.tasks import store_due
from tests.factories.accounts import CollegeFactory, person
from tests.factories.partnerships import AgreementFactory
from tests.reports.test_kinds import sheets

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 12, 7, 0, 0, tzinfo=UTC)  # 8:00 in the morning at the school
FRIDAY = MONDAY - timedelta(days=3)
WEEKLY = {"cadence": Cadence.WEEKLY, "weekday": 0, "month_day": 1, "hour": 8}


def scheduled(by: User, *readers: User, kind: str = "weekly-figures", **parameters: str) -> ReportSchedule:
    return schedules.add_schedule(KINDS[kind], parameters, when=WEEKLY, readers=readers, by=by, at=FRIDAY)


def builds() -> list[ReportBuild]:
    return list(ReportBuild.objects.order_by("pk"))


def test_nothing_is_due_before_its_hour_and_then_once(officer: User):
    schedule = scheduled(officer, officer)

    assert due.store_due(now=MONDAY - timedelta(seconds=1)) == []
    (number,) = due.store_due(now=MONDAY)
    assert due.store_due(now=MONDAY + timedelta(days=6)) == []

    build = ReportBuild.objects.get(pk=number)
    assert (build.schedule, build.due_at, build.requested_by, build.seen_as) == (schedule, MONDAY, officer, officer)
    assert list(build.readers.all()) == [officer]
    assert build.filters == [["week", "Week", "The last full week: 2026-W49 (30 Nov 2026 to 6 Dec 2026)"]]
    assert schedule.filters == [["week", "Week", "The last full week"]]


def test_after_an_outage_of_three_weeks_the_latest_alone_is_built_and_of_its_own_week(officer: User):
    scheduled(officer, officer)

    due.store_due(now=MONDAY + timedelta(days=17))

    (build,) = builds()
    assert build.due_at == MONDAY + timedelta(days=14)
    assert "2026-W51" in build.filters[0][2]


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_store_it_once():
    officer = person(Role.OFFICER)
    scheduled(officer, officer)
    start = Barrier(4)

    def ring(_number: int) -> list[int]:
        start.wait()
        try:
            return due.store_due(now=MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        stored = [number for found in pool.map(ring, range(4)) for number in found]

    assert stored == [ReportBuild.objects.get().pk]


def test_the_task_builds_what_is_due_and_tells_each_reader_by_a_link(officer: User, leader: User):
    colleague = person(Role.OFFICER, name="李明", name_en="Li Ming", language="en")
    schedule = scheduled(officer, officer, colleague, leader)
    ReportSchedule.objects.filter(pk=schedule.pk).update(stored_until=timezone.now() - timedelta(days=8))

    store_due.delay()

    assert {build.state for build in builds()} == {BuildState.DONE}
    told = OutgoingMessage.objects.filter(channel=Channel.EMAIL).order_by("recipient__pk")
    links = {(message.recipient, message.link) for message in told}
    mine = {reader: build for build in builds() for reader in build.readers.all()}
    assert links == {(reader, f"/reports/{mine[reader].pk}/") for reader in (officer, colleague, leader)}
    assert (mine[officer].language, mine[colleague].language) == (officer.language, "en")


def test_readers_of_the_office_share_a_build_and_others_get_what_they_may_see(
    officer: User, college_staff: User, college: College
):
    officer.language = "en"
    officer.save()
    colleague = person(Role.OFFICER, language="en")
    own = AgreementFactory(title="本院协议", state=AgreementState.SIGNED)
    own.colleges.add(college)
    AgreementFactory(title="他院协议", state=AgreementState.SIGNED).colleges.add(CollegeFactory())
    scheduled(officer, officer, colleague, college_staff, kind="agreement-register")

    store = due.store_due(now=MONDAY)
    for number in store:
        requests.build_task.delay(number)

    shared, theirs = builds()
    assert [set(shared.readers.all()), list(theirs.readers.all())] == [{officer, colleague}, [college_staff]]
    column = {build.pk: [row[1] for row in next(iter(sheets(build).values()))[1:]] for build in (shared, theirs)}
    assert set(column[shared.pk]) == {"本院协议", "他院协议"}
    assert column[theirs.pk] == ["本院协议"]
    assert list(ReportBuild.objects.visible_to(college_staff)) == [theirs]


def test_who_is_no_longer_staff_gets_nothing_and_reads_nothing_that_was_sent(officer: User, leader: User):
    scheduled(officer, leader)
    due.store_due(now=MONDAY)
    assert ReportBuild.objects.visible_to(leader).count() == 1
    RoleGrant.objects.filter(user=leader).delete()
    gone = User.objects.get(pk=leader.pk)

    assert due.store_due(now=MONDAY + timedelta(days=7)) == []
    assert not ReportBuild.objects.visible_to(gone).exists()


def test_the_owner_is_told_which_college_is_gone(officer: User, leader: User):
    college = CollegeFactory(name_zh="影视学院", name_en="School of Film")
    officer.language = "en"
    officer.save()
    scheduled(officer, leader, kind="yearly-report", period="school", college=str(college.pk))
    college.delete()
    (number,) = due.store_due(now=MONDAY)

    requests.build_task.delay(number)

    build = ReportBuild.objects.get()
    assert build.state == BuildState.FAILED
    (message,) = OutgoingMessage.objects.filter(channel=Channel.INBOX)
    assert message.recipient == officer
    with_name = [word for word in ("School of Film", "影视学院") if word in message.body]
    assert with_name


def test_a_stopped_schedule_is_not_made_up_for(officer: User):
    schedule = scheduled(officer, officer)

    schedules.set_active(schedule, is_active=False, by=officer, at=FRIDAY)
    assert due.store_due(now=MONDAY) == []
    schedules.set_active(schedule, is_active=True, by=officer, at=MONDAY + timedelta(hours=1))
    assert due.store_due(now=MONDAY + timedelta(days=1)) == []
    assert len(due.store_due(now=MONDAY + timedelta(days=7))) == 1

    with pytest.raises(RuleBroken, match="runs already"):
        schedules.set_active(schedule, is_active=True, by=officer, at=MONDAY)


def test_the_schedule_of_somebody_who_may_schedule_no_more_stops(officer: User, leader: User):
    schedule = scheduled(officer, leader)
    RoleGrant.objects.filter(user=officer).delete()

    assert due.store_due(now=MONDAY) == []

    schedule.refresh_from_db()
    assert (schedule.is_active, ReportBuild.objects.count()) == (False, 0)


def test_leadership_schedules_for_itself_and_colleges_not_at_all(leader: User, officer: User, college_staff: User):
    schedule = scheduled(leader, officer)
    assert list(schedule.readers.all()) == [leader]

    with pytest.raises(PermissionDenied):
        scheduled(college_staff, college_staff)
    assert ReportSchedule.objects.count() == 1


@pytest.mark.parametrize(("kind", "reader"), [("weekly-figures", "student"), ("visit-table", "leader")])
def test_a_reader_who_may_not_read_it_is_refused(officer: User, kind: str, reader: str, request: pytest.FixtureRequest):
    with pytest.raises(RuleBroken, match="may not read this report"):
        scheduled(officer, request.getfixturevalue(reader), kind=kind)

    assert not ReportSchedule.objects.exists()


def test_every_month_on_its_day_also_across_the_end_of_a_year(officer: User):
    schedule = ReportSchedule(kind="yearly-report", cadence=Cadence.MONTHLY, month_day=28, hour=7, owner=officer)

    assert schedule.next_due(datetime(2026, 12, 28, 0, tzinfo=UTC)) == datetime(2027, 1, 27, 23, tzinfo=UTC)
    assert schedule.latest_due(datetime(2027, 1, 1, tzinfo=UTC)) == datetime(2026, 12, 27, 23, tzinfo=UTC)


def test_a_schedule_is_made_changed_and_stopped_on_its_pages(client: Client, officer: User, leader: User):
    client.force_login(officer)
    page = client.get("/reports/schedules/new/weekly-figures/")
    token = page.context["when"]["form_token"].value()
    sent = {"form_token": token, "cadence": "weekly", "weekday": "0", "month_day": "1", "hour": "8"}

    empty = client.post("/reports/schedules/new/weekly-figures/", sent)
    assert list(empty.context["when"].errors) == ["readers"]
    made = client.post("/reports/schedules/new/weekly-figures/", {**sent, "readers": [leader.pk]})
    schedule = ReportSchedule.objects.get()
    assert made["Location"] == f"/reports/schedules/{schedule.pk}/"

    change = {**sent, "version": schedule.version, "hour": "9", "readers": [leader.pk, officer.pk]}
    client.post(f"/reports/schedules/{schedule.pk}/edit/", change)
    stale = client.post(f"/reports/schedules/{schedule.pk}/edit/", {**change, "hour": "10"})
    assert stale.status_code == 200
    client.post(f"/reports/schedules/{schedule.pk}/active/", {})
    schedule.refresh_from_db()
    assert (schedule.hour, schedule.is_active, schedule.readers.count()) == (9, False, 2)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_runs_the_same_queries_for_any_number_of_schedules(
    client: Client, officer: User, leader: User, django_assert_num_queries, number: int
):
    for _each in range(number):
        scheduled(officer, leader)
    client.force_login(officer)

    with django_assert_num_queries(8):  # session, user, roles, count, schedules, readers, school, unread
        response = client.get("/reports/schedules/")

    assert len(response.context["rows"]) == number


def test_somebody_elses_schedule_is_not_found_by_leadership(client: Client, officer: User, leader: User):
    schedule = scheduled(officer, leader)
    client.force_login(leader)

    for path in ("", "edit/"):
        assert client.get(f"/reports/schedules/{schedule.pk}/{path}").status_code == 404
    assert client.post(f"/reports/schedules/{schedule.pk}/active/").status_code == 404

    schedule.refresh_from_db()
    assert schedule.is_active

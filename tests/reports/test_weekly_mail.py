"""The figures of a week by mail: on the day set, to the office and leadership, once a week and person."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from accounts.choices import Role
from accounts.models.people import User
from accounts.models.school import SpecialDay
from notifications.choices import Channel, Counting, Matter
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from notifications.models.preferences import Preference
from notifications.models.reminding import ReminderHours
from reports.selectors.weeks import last_full_week
from tests.factories.accounts import person
from tests.factories.visits import CampaignFactory, CampaignTargetFactory, led_visit
from tests.mails import text_of
from tests.reminding import due, queue, set_terms, told
from tests.servers import RealWorker, SmtpServer, wait_until
from visits.choices import VisitState

MONDAY = date(2026, 11, 16)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def weeks(now: datetime) -> list[str]:
    """Of one person, the weeks that a mail is about."""
    return [each.because["week"] for each in due("reports.weekly", now)]


def queue_weekly(now: datetime) -> int:
    return queue(now, "reports.weekly")


@pytest.mark.django_db
def test_the_mail_about_the_last_full_week_leaves_on_monday_or_within_three_days(officer: User):
    assert weeks(at(date(2026, 11, 15), 23, 59)) == []
    assert weeks(at(MONDAY, 0)) == ["2026-W46"]
    assert weeks(at(date(2026, 11, 18), 23, 59)) == ["2026-W46"]
    assert weeks(at(date(2026, 11, 19), 0)) == []


@pytest.mark.django_db
def test_it_rests_until_the_quiet_hours_are_over(officer: User):
    queue_weekly(at(MONDAY, 0, 10))

    mail = OutgoingMessage.objects.get(recipient=officer, channel=Channel.EMAIL)
    assert mail.send_after == at(MONDAY, 7, 30)


@pytest.mark.django_db
def test_a_public_holiday_moves_the_mail_to_the_next_day_of_work(officer: User):
    for day in (MONDAY, date(2026, 11, 17)):
        SpecialDay.objects.create(day=day, name_zh="放假")

    assert weeks(at(MONDAY)) == weeks(at(date(2026, 11, 17))) == []
    assert weeks(at(date(2026, 11, 18))) == ["2026-W46"]


@pytest.mark.django_db
def test_a_weekend_worked_in_exchange_is_a_day_of_work(officer: User):
    set_terms("reports.weekly", marks=[4], until=6)
    SpecialDay.objects.create(day=date(2026, 11, 20), name_zh="放假")
    assert weeks(at(date(2026, 11, 21))) == []
    assert weeks(at(date(2026, 11, 23))) == ["2026-W46"]

    SpecialDay.objects.create(day=date(2026, 11, 21), name_zh="上班", is_workday=True)

    assert weeks(at(date(2026, 11, 21))) == ["2026-W46"]


@pytest.mark.django_db
def test_a_holiday_longer_than_a_week_holds_back_two_weeks_and_loses_none(officer: User):
    for day in range(16, 25):
        SpecialDay.objects.create(day=date(2026, 11, day), name_zh="长假")

    assert weeks(at(date(2026, 11, 25))) == ["2026-W46", "2026-W47"]


@pytest.mark.django_db
@pytest.mark.parametrize(("weekday", "day"), [(5, 21), (6, 22)])
def test_a_weekend_that_the_school_has_set_is_no_holiday(officer: User, weekday: int, day: int):
    set_terms("reports.weekly", marks=[weekday], until=weekday, counting=Counting.EVERY_DAY)

    assert weeks(at(date(2026, 11, day))) == ["2026-W46"]


@pytest.mark.django_db
def test_switched_off_it_never_leaves(officer: User):
    set_terms("reports.weekly", is_on=False)

    assert [queue_weekly(at(date(2026, 11, day))) for day in range(16, 24)] == [0] * 8


@pytest.mark.django_db
def test_the_office_and_leadership_are_told_and_nobody_else(
    officer: User, leader: User, college_staff: User, student: User, stranger: User, admin: User
):
    person(Role.LEADER, is_active=False)
    gone = person(Role.OFFICER)
    gone.role_grants.update(ends_on=date(2026, 1, 1))

    assert {who for _key, who in told("reports.weekly", at(MONDAY))} == {str(officer), str(leader)}


@pytest.mark.django_db
def test_a_second_run_sends_none_twice_and_the_next_week_is_another_mail(officer: User, leader: User):
    assert queue_weekly(at(MONDAY)) == 4
    assert queue_weekly(at(MONDAY, 9)) == 0
    assert queue_weekly(at(date(2026, 11, 23))) == 4
    keys = OutgoingMessage.objects.filter(recipient=officer, channel=Channel.EMAIL).order_by("pk")
    assert list(keys.values_list("key", flat=True)) == [
        f"reports.weekly:{officer.pk}:+0d:20261116",
        f"reports.weekly:{officer.pk}:+0d:20261123",
    ]


@pytest.mark.django_db
def test_who_wants_no_reports_by_mail_gets_none(officer: User):
    Preference.objects.create(user=officer, matter=Matter.REPORT, channel=Channel.EMAIL)

    queue_weekly(at(MONDAY))

    assert not OutgoingMessage.objects.filter(channel=Channel.EMAIL).exists()
    assert OutgoingMessage.objects.filter(recipient=officer).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["another role", "a holiday was entered"])
def test_what_changed_a_minute_before_holds_the_mail_back(officer: User, change: str):
    queue_weekly(at(MONDAY))
    if change == "another role":
        officer.role_grants.update(ends_on=date(2026, 11, 15))
    else:
        SpecialDay.objects.create(day=MONDAY, name_zh="放假")

    mail = OutgoingMessage.objects.get(recipient=officer, channel=Channel.EMAIL)
    assert deliver_message(mail.pk, now=at(MONDAY, 8, 1)) is False


@pytest.mark.django_db
@pytest.mark.parametrize("people", [1, 3])
def test_who_is_told_is_found_in_the_same_number_of_queries(people: int, django_assert_num_queries):
    for _person in range(people):
        person(Role.OFFICER)

    with django_assert_num_queries(4):  # terms, days off, roles, people
        assert len(due("reports.weekly", at(MONDAY))) == people


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_each_in_the_language_of_who_reads_it(real_worker: RealWorker, smtp_server: SmtpServer):
    officer = person(Role.OFFICER, email="wang@school.example", language="en")
    leader = person(Role.LEADER, email="chen@school.example", name="陈立", language="zh-hans")
    set_terms("reports.weekly", until=6, counting=Counting.EVERY_DAY)  # whatever day it is today
    now = timezone.localtime()
    ReminderHours.objects.create(pk=1, quiet_from=(now + 11 * HOUR).time(), quiet_to=(now + 12 * HOUR).time())
    week, today = last_full_week(now.date()), now.date()
    campaign = CampaignFactory(name="访企拓岗2027", starts_on=today - 40 * DAY, ends_on=today)
    CampaignTargetFactory(campaign=campaign, number=100)
    for day, hosts in ((week.before.monday, 1), (week.monday, 2)):
        for _number in range(hosts):
            led_visit(leader, starts_on=day, state=VisitState.HELD).campaigns.add(campaign)

    queue_weekly(now)
    queue_weekly(now)

    wait_until(lambda: len(smtp_server.messages) == 2)
    mails = dict(zip((to[0] for to in smtp_server.recipients), smtp_server.messages, strict=True))
    english, chinese = mails[officer.email], mails[leader.email]
    with translation.override("en"):
        assert english["Subject"] == f"Weekly figures: {week}"
    text = text_of(english)
    for line in (
        "Visits: 2 (+1; 3)",
        "Person-times: 2 (+1; 3)",
        "Distinct enterprises: 2 (+1; 3)",
        "访企拓岗2027",
        "- Distinct enterprises: 3 / 100",
        "3 visits still lack something; the page names them.",
        f"http://testserver/reports/weekly/?week={week.monday:%Y-%m-%d}",
    ):
        assert line in text
    with translation.override("zh-hans"):
        assert chinese["Subject"].strip() == f"走访周报：{week}"
    assert "走访次数: 2 (+1; 3)" in text_of(chinese)

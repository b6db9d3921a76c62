"""The figures of a week by mail: on the day set, to the office and leadership, once a week and person."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import User
from accounts.models.school import SpecialDay
from notifications.choices import Channel, Matter
from notifications.models import OutgoingMessage, Preference
from reports.reminders import due_weeks, recipients
from reports.services.weekly import send_weekly_figures
from reports.tasks import send_weekly_figures as task
from tests.factories.accounts import person
from tests.factories.visits import CampaignFactory, CampaignTargetFactory, led_visit
from tests.servers import RealWorker, SmtpServer, wait_until
from visits.choices import VisitState

MONDAY = date(2026, 11, 16)


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def on_mondays(settings):
    settings.WEEKLY_FIGURES_DAY = 0
    settings.WEEKLY_FIGURES_HOUR = 8


def weeks(now: datetime) -> list[str]:
    return [week.code for week in due_weeks(now)]


@pytest.mark.django_db
def test_the_mail_about_the_last_full_week_leaves_from_the_hour_on_for_three_days():
    assert weeks(at(MONDAY, 7, 59)) == []
    assert weeks(at(MONDAY)) == ["2026-W46"]
    assert weeks(at(date(2026, 11, 19), 7, 59)) == ["2026-W46"]
    assert weeks(at(date(2026, 11, 19))) == []


@pytest.mark.django_db
def test_a_public_holiday_moves_the_mail_to_the_next_day_of_work():
    for day in (MONDAY, date(2026, 11, 17)):
        SpecialDay.objects.create(day=day, name_zh="放假")

    assert weeks(at(MONDAY)) == weeks(at(date(2026, 11, 17))) == []
    assert weeks(at(date(2026, 11, 18))) == ["2026-W46"]


@pytest.mark.django_db
def test_a_weekend_worked_in_exchange_is_a_day_of_work(settings):
    settings.WEEKLY_FIGURES_DAY = 4
    SpecialDay.objects.create(day=date(2026, 11, 20), name_zh="放假")
    assert weeks(at(date(2026, 11, 21))) == []
    assert weeks(at(date(2026, 11, 23))) == ["2026-W46"]

    SpecialDay.objects.create(day=date(2026, 11, 21), name_zh="上班", is_workday=True)

    assert weeks(at(date(2026, 11, 21))) == ["2026-W46"]


@pytest.mark.django_db
def test_a_holiday_longer_than_a_week_holds_back_two_weeks_and_loses_none():
    for day in range(16, 25):
        SpecialDay.objects.create(day=date(2026, 11, day), name_zh="长假")

    assert weeks(at(date(2026, 11, 25))) == ["2026-W46", "2026-W47"]


@pytest.mark.django_db
@pytest.mark.parametrize(("weekday", "day"), [(5, 21), (6, 22)])
def test_a_weekend_that_the_school_has_set_is_no_holiday(settings, weekday: int, day: int):
    settings.WEEKLY_FIGURES_DAY = weekday

    assert weeks(at(date(2026, 11, day))) == ["2026-W46"]


@pytest.mark.django_db
def test_seven_is_never(settings):
    settings.WEEKLY_FIGURES_DAY = 7

    assert [weeks(at(date(2026, 11, day))) for day in range(16, 24)] == [[]] * 8


@pytest.mark.django_db
def test_the_office_and_leadership_are_told_and_nobody_else(
    officer: User, leader: User, college_staff: User, student: User, stranger: User, admin: User
):
    person(Role.LEADER, is_active=False)
    gone = person(Role.OFFICER)
    gone.role_grants.update(ends_on=date(2026, 1, 1))

    assert recipients(MONDAY) == sorted([officer, leader], key=lambda user: user.pk)


@pytest.mark.django_db
def test_a_second_run_sends_none_twice_and_the_next_week_is_another_mail(officer: User, leader: User):
    channels = len(Channel)

    assert send_weekly_figures(now=at(MONDAY)) == 2 * channels
    assert send_weekly_figures(now=at(MONDAY, 9)) == 0
    assert send_weekly_figures(now=at(date(2026, 11, 23))) == 2 * channels
    keys = OutgoingMessage.objects.filter(recipient=officer, channel=Channel.EMAIL).order_by("pk")
    assert list(keys.values_list("key", flat=True)) == ["weekly:2026-W46", "weekly:2026-W47"]


@pytest.mark.django_db
def test_who_wants_no_reports_by_mail_gets_none(officer: User):
    Preference.objects.create(user=officer, matter=Matter.REPORT, channel=Channel.EMAIL)

    send_weekly_figures(now=at(MONDAY))

    assert not OutgoingMessage.objects.filter(channel=Channel.EMAIL).exists()
    assert OutgoingMessage.objects.filter(recipient=officer).count() == len(Channel) - 1


@pytest.mark.django_db
def test_the_task_asks_for_the_mails_of_now(officer: User, settings):
    settings.WEEKLY_FIGURES_DAY = timezone.localdate().weekday()
    settings.WEEKLY_FIGURES_HOUR = 0

    task()

    assert OutgoingMessage.objects.filter(recipient=officer, key__startswith="weekly:").count() == len(Channel)


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_each_in_the_language_of_who_reads_it(real_worker: RealWorker, smtp_server: SmtpServer):
    officer = person(Role.OFFICER, email="wang@school.example", language="en")
    leader = person(Role.LEADER, email="chen@school.example", name="陈立", language="zh-hans")
    campaign = CampaignFactory(name="访企拓岗2027")
    CampaignTargetFactory(campaign=campaign, number=100)
    for day, hosts in ((date(2026, 11, 3), 1), (date(2026, 11, 10), 2)):
        for _number in range(hosts):
            led_visit(leader, starts_on=day, state=VisitState.HELD).campaigns.add(campaign)

    send_weekly_figures(now=at(MONDAY))
    send_weekly_figures(now=at(MONDAY))

    wait_until(lambda: len(smtp_server.messages) == 2)
    mails = dict(zip((to[0] for to in smtp_server.recipients), smtp_server.messages, strict=True))
    english, chinese = mails[officer.email], mails[leader.email]
    assert english["Subject"] == "Weekly figures: 9 Nov 2026 to 15 Nov 2026"
    text = english.get_content()
    for line in (
        "Visits: 2 (+1; 3)",
        "Person-times: 2 (+1; 3)",
        "Distinct enterprises: 2 (+1; 3)",
        "访企拓岗2027",
        "- Distinct enterprises: 3 / 100",
        "3 visits still lack something; the page names them.",
        "http://testserver/reports/weekly/?week=2026-11-09",
    ):
        assert line in text
    assert chinese["Subject"].strip() == "走访周报：2026年11月9日至2026年11月15日"
    assert "走访次数: 2 (+1; 3)" in chinese.get_content()

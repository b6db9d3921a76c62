"""The figures of a week: page, PDF and workbook say the same, and every number opens its rows."""

import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from accounts.choices import Role
from accounts.models.people import User
from accounts.models.school import College, School
from partnerships.choices.agreements import AgreementState, Side
from reports.selectors.weekly import Weekly, weekly
from reports.selectors.weekly_tables import Line
from reports.selectors.weeks import Week, last_full_week, week_of
from tests.factories.accounts import CollegeFactory, person
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory, ProvinceFactory
from tests.factories.visits import (
    CampaignFactory,
    CampaignTargetFactory,
    EvidenceFactory,
    OutcomeFactory,
    ParticipantFactory,
    VisitFactory,
    led_visit,
    reported_visit,
)
from visits.choices import Measure, VisitState
from visits.models.campaigns import Campaign, CampaignReportDay, ReportedTotal
from visits.models.visits import Participant, Visit

pytestmark = pytest.mark.django_db
WEEK = Week(date(2026, 11, 9))
ON = date(2026, 11, 21)
IN_WEEK, BEFORE, LONG_AGO, LATER = date(2026, 11, 11), date(2026, 11, 8), date(2026, 10, 5), date(2026, 11, 16)


@pytest.fixture
def campaign(db: None) -> Campaign:
    return CampaignFactory()


@pytest.fixture
def term(campaign: Campaign, college: College, leader: User) -> Campaign:
    """Two visits to one enterprise in the week, one the week before, one long ago, one later, one of an unknown day."""
    jiangsu = ProvinceFactory(code="320000", name_zh="江苏省", name_en="Jiangsu")
    School.objects.create(pk=1, name_zh="示例学院", province_code=jiangsu.code)
    ours = EnterpriseFactory(province=jiangsu, credit_code="91510700000000000X")
    first = led_visit(leader, enterprise=ours, starts_on=IN_WEEK, state=VisitState.HELD)
    again = led_visit(leader, enterprise=ours, starts_on=WEEK.sunday, state=VisitState.HELD)
    Participant.objects.create(visit=again, side=Side.SCHOOL, name="随行教师")
    other = led_visit(person(Role.COLLEGE, college=college, name="钱老师", name_en="Qian"), starts_on=BEFORE,
        state=VisitState.REPORTED, reported_at=datetime(2026, 11, 10, 2, tzinfo=UTC))  # fmt: skip
    for visit, posts in ((first, 3), (other, 5)):
        OutcomeFactory(visit=visit, posts=posts, internships=2 * posts)
    EvidenceFactory(visit=first)
    ParticipantFactory(visit=first)
    old, later = VisitFactory(starts_on=LONG_AGO), VisitFactory(starts_on=LATER)
    undated = VisitFactory(starts_on=None, state=VisitState.CHECKED)
    Visit.objects.filter(pk__in=[old.pk, later.pk]).update(state=VisitState.CHECKED)
    for visit in (first, again, other, old, later, undated):
        visit.campaigns.add(campaign)
    college.visits.set([again, other])
    AgreementFactory(state=AgreementState.SIGNED, signed_on=IN_WEEK)
    AgreementFactory(state=AgreementState.SIGNED, signed_on=LATER)
    return campaign


def of(campaign: Campaign | None, user: User) -> Weekly:
    return weekly(WEEK, campaign, user, on=ON)


def numbers(shown: Weekly) -> dict[str, tuple[int, int, int, int]]:
    return {c.figure.slug: (c.week, c.before, c.change, c.to_date) for c in shown.counts}


def line(lines: list[Line], name: str) -> tuple[list[int], list[int]]:
    found = next(line for line in lines if line.name == name)
    return [door.number for door in found.week], [door.number for door in found.to_date]


def test_a_week_is_known_by_any_of_its_days():
    assert week_of(date(2026, 11, 15)) == week_of(date(2026, 11, 9)) == WEEK
    assert last_full_week(date(2026, 11, 16)) == last_full_week(date(2026, 11, 22)) == WEEK
    assert (WEEK.code, Week(date(2025, 12, 29)).code) == ("2026-W46", "2026-W01")


def test_the_week_the_week_before_and_the_whole_are_counted_by_the_days_of_visits(officer: User, term: Campaign):
    shown = of(term, officer)

    assert numbers(shown) == {
        "visits": (2, 1, 1, 5),
        "person-times": (3, 1, 2, 4),
        "enterprises-visited": (1, 1, 0, 4),
        "new-enterprises": (1, 1, 0, 4),
        "posts-offered": (3, 5, -2, 8),
        "internships-offered": (6, 10, -4, 16),
        "agreements-signed": (1, 0, 1, 1),
    }
    assert [c.change_shown for c in shown.counts] == ["+1", "+2", "0", "0", "-2", "-4", "+1"]
    assert [counts.figure.slug for counts in shown.three] == ["visits", "person-times", "enterprises-visited"]


def test_what_was_entered_late_counts_in_the_week_of_its_day_and_is_said(officer: User, term: Campaign, client: Client):
    client.force_login(officer)
    reported_visit(starts_on=IN_WEEK, reported_at=datetime(2026, 11, 12, 2, tzinfo=UTC)).campaigns.add(term)

    shown = of(term, officer)

    assert shown.late == 1
    (row,) = client.get(shown.late_href).context["rows"]
    assert row.cells[1] == BEFORE
    assert numbers(shown)["visits"] == (3, 1, 2, 6)


def test_the_share_in_our_province_has_both_its_numbers(officer: User, term: Campaign):
    shown = of(term, officer)

    assert (str(shown.share.value), shown.share.percent) == ("1 of 4", "25.0%")
    assert (str(shown.share_of_week.value), shown.share_of_week.percent) == ("1 of 1", "100.0%")
    School.objects.update(province_code="")
    assert str(of(term, officer).share.value) == "0 of 4"


def test_colleges_and_leaders_have_a_line_each_with_the_three_counts_and_what_was_offered(
    officer: User, term: Campaign
):
    CollegeFactory(name_en="School of Nobody")

    shown = of(term, officer)

    assert line(shown.colleges, "School of Digital Media") == ([1, 2, 1, 0, 0], [2, 3, 2, 5, 10])
    assert line(shown.colleges, "School of Nobody") == ([0] * 5, [0] * 5)
    assert line(shown.leaders, "Chen Li") == ([2, 3, 1, 3, 6], [2, 3, 1, 3, 6])
    assert line(shown.leaders, "Qian") == ([0] * 5, [1, 1, 1, 5, 10])


def test_what_is_missing_is_counted_by_kind_and_named_by_visit(officer: User, term: Campaign):
    VisitFactory(starts_on=BEFORE).campaigns.add(term)
    VisitFactory(starts_on=date(2026, 12, 1)).campaigns.add(term)

    found = of(term, officer).missing

    assert {lack.figure.slug: (lack.number, lack.of) for lack in found.lacks} == {
        "visits-without-report": (2, 5),
        "visits-without-evidence": (4, 5),
        "visits-without-host": (4, 5),
        "visits-without-credit-code": (3, 5),
        "visits-without-outcomes": (3, 5),
        "visits-not-checked": (1, 5),
        "visits-without-word": (1, None),
    }
    assert [lacking.visit.starts_on for lacking in found.visits] == [WEEK.sunday, IN_WEEK, BEFORE, LONG_AGO, None]
    assert found.visits[1].names == ["Without a report"]
    assert found.visits[2].names == ["Without evidence", "Without a host", "Without a credit code", "Not checked"]
    assert (found.number, found.is_cut) == (5, False)


def test_every_number_opens_exactly_the_rows_that_it_counts(client: Client, officer: User, term: Campaign):
    client.force_login(officer)
    VisitFactory(starts_on=BEFORE).campaigns.add(term)
    shown = client.get("/reports/weekly/", {"week": "2026-11-11", "campaign": term.pk}).context["weekly"]
    assert numbers(shown)["visits"] == (2, 1, 1, 5)
    found = {c.doors[period]: getattr(c, period) for c in shown.counts for period in ("to_date", "week", "before")}
    found |= {door.href: door.number for of in (*shown.colleges, *shown.leaders) for door in (*of.week, *of.to_date)}
    found |= {lack.href: lack.number for lack in shown.missing.lacks}
    found |= {share.href: share.value.number for share in (shown.share, shown.share_of_week)}

    for address, number in found.items():
        page = client.get(address)
        assert page.context["value"].number == number, address
        if "offered" not in address:
            assert page.context["page"].paginator.count == number, address


def test_targets_stand_with_the_stated_total_and_the_next_reporting_day(officer: User, term: Campaign):
    CampaignTargetFactory(campaign=term, measure=Measure.ENTERPRISES, number=100)
    ReportedTotal.objects.create(campaign=term, measure=Measure.ENTERPRISES, number=219, source="Press")
    for day in (date(2026, 11, 20), date(2026, 12, 18), date(2027, 1, 8)):
        CampaignReportDay.objects.create(campaign=term, day=day, name="周报")

    (running,) = of(None, officer).running

    assert [(line.value.number, line.value.on_file, line.target.number) for line in running.targets] == [(219, 5, 100)]
    assert running.next_day is not None
    assert running.next_day.day == date(2026, 12, 18)


def test_the_page_begins_with_the_last_full_week_of_the_whole_school(client: Client, officer: User):
    client.force_login(officer)
    day = last_full_week(timezone.localdate()).monday
    VisitFactory(starts_on=day, state=VisitState.HELD)

    shown = client.get("/reports/weekly/").context["weekly"]

    assert (shown.week, shown.campaign, numbers(shown)["visits"][0]) == (Week(day), None, 1)


@pytest.mark.parametrize("asked", [{"week": "soon"}, {"week": "0001-01-01"}, {"campaign": "999"}, {"campaign": "x"}])
def test_what_is_not_there_is_passed_over(client: Client, officer: User, asked: dict[str, str]):
    client.force_login(officer)

    shown = client.get("/reports/weekly/", asked).context["weekly"]

    assert (shown.week, shown.campaign) == (last_full_week(timezone.localdate()), None)


def test_a_week_to_come_is_the_one_that_runs(client: Client, officer: User):
    client.force_login(officer)

    page = client.get("/reports/weekly/?week=2999-01-01")

    assert page.context["weekly"].week == week_of(timezone.localdate())
    assert page.context["is_running"]


def test_pdf_and_workbook_hold_the_numbers_of_the_page(client: Client, officer: User, term: Campaign):
    client.force_login(officer)
    asked = {"week": "2026-11-09", "campaign": term.pk}

    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/reports/weekly.xlsx", asked).content))
    pdf = PdfReader(io.BytesIO(client.get("/reports/weekly.pdf", asked).content))

    assert book.get_sheet_by_name("Figures").to_python()[:4] == [
        ["Figure", "To date", "This week", "Week before", "Change"],
        ["Visits", 5, 2, 1, 1],
        ["Person-times", 4, 3, 1, 2],
        ["Distinct enterprises", 4, 1, 1, 0],
    ]
    assert book.get_sheet_by_name("Leaders to date").to_python()[1] == ["Chen Li Vice President", 2, 3, 1, 3, 6]
    assert book.get_sheet_by_name("In our province").to_python()[1] == ["To date", 1, 4, "25.0%"]
    assert len(book.get_sheet_by_name("Visits that lack something").to_python()) == 1 + 5
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "Visits 5 2 1 1 Person-times 4 3 1 2 Distinct enterprises 4 1 1 0" in text
    assert "9 Nov 2026 to 15 Nov 2026" in text


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_runs_the_same_queries_for_any_number_of_rows(
    client: Client, officer: User, college: College, campaign: Campaign, django_assert_num_queries, times: int
):
    """More than other pages: five tables, each in one query over all visits, and two targets with their own counts."""
    for number in range(times):
        visit = led_visit(person(Role.LEADER), starts_on=IN_WEEK, state=VisitState.HELD)
        visit.campaigns.add(campaign)
        visit.colleges.add(college if number else CollegeFactory())
    CampaignTargetFactory(campaign=campaign, measure=Measure.ENTERPRISES, number=100)
    CampaignTargetFactory(campaign=campaign, measure=Measure.VISITS, role=Role.LEADER, number=100)
    client.force_login(officer)
    asked = {"week": "2026-11-09", "campaign": campaign.pk}
    client.get("/reports/weekly/", asked)

    with django_assert_num_queries(24):
        page = client.get("/reports/weekly/", asked)

    assert len(page.context["weekly"].missing.visits) == times


@pytest.mark.parametrize("address", ["/reports/weekly/", "/reports/weekly.pdf", "/reports/weekly.xlsx"])
def test_students_and_strangers_find_no_weekly_figures(client: Client, student: User, stranger: User, address: str):
    for user in (student, stranger):
        client.force_login(user)
        assert client.get(address).status_code == 404

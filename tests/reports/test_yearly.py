"""The yearly report, and the week and school year that lie across the end of a year."""

from datetime import date

import pytest
from django.utils import translation

from accounts.models.people import User
from accounts.models.school import College
from partnerships.choices.agreements import AgreementState
from reports.kinds.periods import Period, school_year, span_of, year_of
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory, ProvinceFactory
from tests.factories.visits import OutcomeFactory, VisitFactory
from tests.reports.test_kinds import built, pdf_text, sheets
from visits.choices import VisitState

pytestmark = pytest.mark.django_db


@pytest.fixture
def across_the_year(college: College) -> None:
    """Two visits in December, three in January, one in the school year before."""
    province = ProvinceFactory(code="510000", name_zh="四川省", name_en="Sichuan")
    enterprise = EnterpriseFactory(province=province, legal_name="成都数字文化有限公司", name_en="Chengdu Digital")
    days = [date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 31)]
    for day in days:
        visit = VisitFactory(enterprise=enterprise, starts_on=day, state=VisitState.HELD)
        visit.colleges.add(college)
    OutcomeFactory(visit=visit, posts=4, internships=6)
    VisitFactory(starts_on=date(2025, 3, 3), state=VisitState.HELD)
    AgreementFactory(enterprise=enterprise, title="跨年协议", state=AgreementState.SIGNED, signed_on=date(2026, 1, 2))


def test_months_and_sums_lie_where_the_days_are_across_the_end_of_a_year(
    officer: User, across_the_year: None, college: College
):
    build = built("yearly-report", officer, period="school-2025")

    found = sheets(build)
    months = {row[0]: row[1:5] for row in found["Month by month"][1:]}
    assert list(months) == [
        "September 2025", "October 2025", "November 2025", "December 2025", "January 2026", "February 2026",
        "March 2026", "April 2026", "May 2026", "June 2026", "July 2026", "August 2026",
    ]  # fmt: skip
    assert months["December 2025"] == [2, 1, 0, 0]
    assert months["January 2026"] == [3, 1, 10, 1]
    year = {row[0]: row[1:] for row in found["The year in figures"][1:]}
    assert year["Visits"] == ["5", "1", "+4"]
    assert year["Agreements signed"] == ["1", "0", "+1"]
    assert ["School of Digital Media", 5, 10, 0] in [row[:4] for row in found["By college"][1:]]
    assert [row[:2] for row in found["By province"][1:]] == [["Sichuan", 5]]
    assert [row[:3] for row in found["Most places offered"][1:]] == [["Chengdu Digital", 4, 6]]
    assert found["Agreements signed last"][1][0] == "跨年协议"
    assert "Month by month: Visits".replace(" ", "") in pdf_text(build)


def test_a_calendar_year_cuts_the_same_visits_at_its_first_day(officer: User, across_the_year: None):
    year = {
        row[0]: row[1:] for row in sheets(built("yearly-report", officer, period="year-2026"))["The year in figures"]
    }

    assert year["Visits"] == ["3", "3", "0"]


def test_the_year_of_a_college_counts_its_visits_alone(officer: User, across_the_year: None, college: College):
    VisitFactory(starts_on=date(2026, 2, 2), state=VisitState.HELD)

    build = built("yearly-report", officer, period="school-2025", college=college.pk)

    year = {row[0]: row[1] for row in sheets(build)["The year in figures"]}
    assert year["Visits"] == "5"
    assert build.figures.filter(figure="visits", scope__contains=f"college={college.pk}").count() == 14


def test_the_week_across_the_end_of_a_year_is_the_fifty_third(officer: User):
    VisitFactory(starts_on=date(2026, 12, 31), state=VisitState.HELD)
    VisitFactory(starts_on=date(2027, 1, 2), state=VisitState.HELD)

    with translation.override("en"):
        build = built("weekly-figures", officer, week="2026-12-05")
        assert build.filters[0][2].startswith("2026-W49 (")

    assert span_of("week", date(2027, 1, 5)) == Period(date(2026, 12, 28), date(2027, 1, 3))


def test_periods_move_with_the_day():
    assert span_of("month", date(2027, 1, 1)) == Period(date(2026, 12, 1), date(2026, 12, 31))
    assert year_of("school", date(2027, 8, 31)) == school_year(2026)
    assert year_of("school-before", date(2027, 9, 1)) == school_year(2026)
    assert year_of("year-before", date(2027, 1, 1)) == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert school_year(2023).before == school_year(2022)
    assert Period(date(2024, 2, 29), date(2024, 2, 29)).before == Period(date(2023, 2, 28), date(2023, 2, 28))

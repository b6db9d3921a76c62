"""A figure over time: a line that can be walked through by keyboard, with its table, before the rows."""

from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models.people import User
from reports.charts import line_chart
from reports.choices import SnapshotReason
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from reports.selectors.standing import MOST_DOTS
from reports.services.snapshots import Taking, keep
from tests.factories.visits import VisitFactory
from tests.reports.world import NOW, ON
from visits.choices import VisitState

pytestmark = pytest.mark.django_db
VISITS = FIGURES["visits"]


def keep_nights(nights: int) -> list[date]:
    """One snapshot a night up to the day before NOW, one visit more after each; the days."""
    moments = [NOW - timedelta(days=back) for back in range(nights, 0, -1)]
    for at in moments:
        keep(VISITS, Scope(None, at.date(), None), Taking(at, SnapshotReason.NIGHTLY))
        VisitFactory(state=VisitState.HELD)
    return [at.date() for at in moments]


def dots(client: Client) -> list[tuple[str, int]]:
    return [(dot.label, dot.number) for dot in client.get("/dashboard/visits/").context["trend"].dots]


@pytest.fixture
def office(client: Client, officer: User, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Looks at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client.force_login(officer)
    return client


def test_each_night_is_a_dot_for_two_months(office: Client):
    days = keep_nights(MOST_DOTS)

    assert [number for _day, number in dots(office)] == list(range(len(days)))


def test_of_more_nights_the_last_of_each_week_is_a_dot(office: Client):
    days = keep_nights(MOST_DOTS + 1)

    last_of_week = [number for number, day in enumerate(days) if day.weekday() == 6 or day == days[-1]]
    assert [number for _day, number in dots(office)] == last_of_week
    assert len(last_of_week) == 10


def test_the_line_and_its_table_stand_before_the_rows_and_say_the_same(office: Client):
    keep_nights(3)

    page = office.get("/dashboard/visits/").content.decode()

    trend = page[page.index("Over time") :]
    assert page.index("Over time") < page.index("As it stood")
    assert trend.index("<svg") < trend.index("<details>") < trend.index("data-label")
    table = trend[: trend.index("</details>")]
    for back, number in ((3, 0), (2, 1), (1, 2)):
        day = ON - timedelta(days=back)
        assert table.count(f"{day.day} {day:%b %Y}: {number}") == 2  # for the eye and for a screen reader
        assert f'>{day.day} {day:%b %Y}</a></td><td class="num">{number}</td>' in table


def test_every_place_of_the_line_leads_to_the_nearest_state():
    days = [date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 5)]
    chart = line_chart([(day, 1, str(day), "") for day in days])

    assert chart is not None
    rooms = [dot.room for dot in chart.dots]
    assert [round(dot.x) for dot in chart.dots] == [56, 218, 704]
    assert [(round(begin), round(end)) for begin, end in rooms] == [(56, 137), (137, 461), (461, 704)]


def test_one_state_is_no_line(office: Client):
    keep_nights(1)

    page = office.get("/dashboard/visits/")

    assert page.context["trend"] is None
    assert "Over time" not in page.content.decode()

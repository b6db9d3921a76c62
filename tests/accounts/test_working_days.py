"""Days on which the school works: weekends, public holidays, weekends worked in exchange."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone, translation

from accounts import working_days
from accounts.due_days import DueDateInput, propose
from accounts.models.school import SpecialDay
from accounts.services import load_special_days
from accounts.special_days import planned_days

pytestmark = pytest.mark.django_db


class Thing(forms.Form):
    """Something to do, with a day proposed."""

    due_on = forms.DateField(widget=DueDateInput)

    def __init__(self) -> None:
        super().__init__()
        propose(self.fields["due_on"], today=timezone.localdate())


@pytest.fixture(autouse=True)
def holidays():
    load_special_days()


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),  # a Friday
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 10, 1), False),  # National Day, a Thursday
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # a Saturday, worked in exchange
        (date(2026, 9, 20), True),  # a Sunday
        (date(2026, 2, 23), False),
        (date(2026, 2, 28), True),
        (date(2025, 1, 1), False),
        (date(2025, 1, 26), True),
        (date(2025, 10, 11), True),
        (date(2027, 10, 1), True),  # of that year nothing is known yet
    ],
)
def test_holidays_and_weekends_worked_are_known(day, works):
    assert working_days.is_workday(day) is works


@pytest.mark.parametrize(
    ("day", "number", "then"),
    [
        (date(2026, 11, 23), 3, date(2026, 11, 26)),  # Monday to Thursday
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday to Monday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday to Monday
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 9, 29), 3, date(2026, 10, 9)),  # over the seven days of National Day
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # to a Saturday that is worked
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
    ],
)
def test_so_many_working_days_later_and_earlier(day, number, then):
    assert working_days.after(day, number) == then
    if number and working_days.is_workday(day):
        assert working_days.working_days().before(then, number) == day


@pytest.mark.parametrize(
    ("day", "then"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 10, 1), date(2026, 10, 8)),
        (date(2026, 5, 9), date(2026, 5, 9)),
    ],
)
def test_a_day_off_gives_way_to_the_next_day_of_work(day, then):
    assert working_days.on_or_after(day) == then


def test_each_question_costs_one_query(django_assert_num_queries):
    for ask in (
        lambda: working_days.is_workday(date(2026, 10, 1)),
        lambda: working_days.after(date(2026, 9, 1), 60),
        lambda: working_days.on_or_after(date(2026, 10, 1)),
        lambda: Thing().as_p(),
    ):
        with django_assert_num_queries(1):
            ask()


def test_loading_again_adds_nothing_and_keeps_what_an_administrator_changed():
    SpecialDay.objects.filter(day=date(2026, 10, 7)).update(is_workday=True)

    assert load_special_days() == 0
    assert SpecialDay.objects.count() == len(list(planned_days())) == 72
    assert working_days.on_or_after(date(2026, 10, 1)) == date(2026, 10, 7)


def test_an_administrator_enters_a_day(client, admin):
    client.force_login(admin)

    response = client.post(
        reverse("admin:accounts_specialday_add"),
        {"day": "2026-11-25", "name_zh": "校庆", "name_en": "Founders' Day", "is_workday": ""},
    )

    assert response.status_code == 302
    assert working_days.on_or_after(date(2026, 11, 25)) == date(2026, 11, 26)


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("day", "said"),
    [
        (None, ""),
        (date(2026, 11, 20), ""),
        (date(2026, 10, 10), ""),
        (date(2026, 11, 21), "21 Nov 2026 is a Saturday; the next working day is 23 Nov 2026."),
        (date(2026, 10, 1), "1 Oct 2026 is a day off (National Day); the next working day is 8 Oct 2026."),
    ],
)
def test_who_picks_a_day_off_is_told(day, said):
    assert working_days.working_days().hint(day) == said


def test_what_is_proposed_is_a_day_of_work_in_the_zone_of_the_school(monkeypatch):
    late = datetime(2026, 9, 24, 16, 30, tzinfo=UTC)  # half past midnight of the 25th in Shanghai
    monkeypatch.setattr(timezone, "now", lambda: late)

    assert timezone.localdate() == date(2026, 9, 25)
    assert Thing().fields["due_on"].initial == date(2026, 10, 8)
    assert propose(forms.DateField(), today=date(2026, 9, 23)) == date(2026, 9, 30)


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2026-12-05", "5 Dec 2026 is a Saturday; the next working day is 7 Dec 2026."),
        (date(2026, 12, 7), ""),
        ("2026-13-45", ""),
        ("soon", ""),
        (None, ""),
    ],
)
def test_the_date_picker_says_so_without_scripts_too(value, said):
    shown = DueDateInput().get_context("due_on", value, {})

    assert shown["hint"] == said


def test_the_date_picker_knows_the_days_ahead(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 10, 6, 2, 0, tzinfo=UTC))
    with translation.override("zh-hans"):
        days = DueDateInput().get_context("due_on", None, {})["days"]

    assert days["off"] == {"2026-10-06": "国庆节", "2026-10-07": "国庆节"}
    assert days["worked"] == ["2026-10-10"]

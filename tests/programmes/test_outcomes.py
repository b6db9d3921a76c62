"""The outcomes of a year: what cannot be is refused, and a ratio prints what it is of."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from core.errors import RuleBroken, StaleEdit
from partnerships.choices.programmes import CollegeTask, ProgrammeMeasure
from partnerships.models.programmes import ProgrammeOutcome
from partnerships.models.timeline import TimelineEntry
from programmes.selectors.outcomes import total_of, years_of
from programmes.services.outcomes import OutcomeLine, record_outcomes
from tests.factories.accounts import MajorFactory
from tests.factories.programmes import CohortFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
M = ProgrammeMeasure


def lines(*, least=(), **numbers):
    """Lines by the names of their measures; `least` names those of which there are more."""
    return {M(name): OutcomeLine(Decimal(str(number)), is_minimum=name in least) for name, number in numbers.items()}


def shown(programme):
    with translation.override("en"):
        return [
            (str(row.trained or ""), row.employed_words, row.hired_words, row.rate_words)
            for row in years_of(programme.outcomes.all())
        ]


@pytest.fixture
def programme():
    return ProgrammeFactory()


def test_ratios_of_counts_print_their_fractions(officer, programme):
    counts = lines(enrolled=30, trained=28, employed=26, hired=21)
    record_outcomes(programme, counts, year=2025, by=officer, at=NOW)

    assert shown(programme) == [("28", "92.9 % (26 of 28)", "80.8 % (21 of 26)", "")]


@pytest.mark.parametrize(
    ("counts", "rate", "words"),
    [
        ({"trained": 150, "least": ("trained",)}, None, "85 % (of more than 150 trained; the source gives no number)"),
        ({"trained": 200}, None, "85 % (of 200 trained; the source gives no number)"),
        ({}, 200, "85 % (170 of 200)"),
        ({"trained": 210}, 200, "85 % (170 of 200)"),
        ({}, None, "85 % (the source gives no numbers)"),
    ],
)
def test_a_rate_prints_what_its_source_says_it_is_of(officer, programme, counts, rate, words):
    rated = {**lines(**counts), M.EMPLOYMENT_RATE: OutcomeLine(Decimal("0.85"), out_of=rate)}
    record_outcomes(programme, rated, year=2025, by=officer, at=NOW)

    assert [row[3] for row in shown(programme)] == [words]


def test_nothing_is_divided_by_nothing(officer, programme):
    record_outcomes(programme, lines(trained=0, employed=0, hired=0), year=2025, by=officer, at=NOW)

    assert shown(programme) == [("0", "0 of 0: nothing to divide by", "0 of 0: nothing to divide by", "")]


def test_a_ratio_of_more_than_so_many_is_not_computed(officer, programme):
    counts = lines(trained=28, employed=20, least=("employed",))
    record_outcomes(programme, counts, year=2025, by=officer, at=NOW)

    assert shown(programme)[0][1] == "more than 20 of 28: no exact ratio"


@pytest.mark.parametrize(
    ("counts", "field"),
    [
        ({"trained": 20, "employed": 21}, "employed_number"),
        ({"employed": 20, "hired": 21}, "hired_number"),
        ({"trained": 20, "hired": 21}, "hired_number"),
    ],
)
def test_a_part_is_never_more_than_its_whole(officer, programme, counts, field):
    with pytest.raises(RuleBroken) as refused:
        record_outcomes(programme, lines(**counts), year=2025, by=officer, at=NOW)

    assert refused.value.field == field
    assert not ProgrammeOutcome.objects.exists()
    assert not TimelineEntry.objects.exists()


@pytest.mark.parametrize(
    "counts",
    [{"employed": 21}, {"trained": 20, "employed": 21, "least": ("trained",)}, {"trained": 20, "employed": 20}],
)
def test_a_part_stands_where_the_whole_is_not_known(officer, programme, counts):
    record_outcomes(programme, lines(**counts), year=2025, by=officer, at=NOW)

    assert programme.outcomes.get(measure="employed").number == counts["employed"]


@pytest.mark.parametrize(("number", "out_of"), [("1.01", None), ("0.5", 0), ("0.333", 10)])
def test_a_rate_that_cannot_be_is_refused(officer, programme, number, out_of):
    with pytest.raises(RuleBroken) as refused:
        record_outcomes(programme, {M.EMPLOYMENT_RATE: OutcomeLine(Decimal(number), out_of=out_of)}, by=officer, at=NOW)

    assert refused.value.field == "employment_rate_number"
    assert not ProgrammeOutcome.objects.exists()


def test_a_change_tells_what_was_and_what_is(officer, programme):
    record_outcomes(programme, lines(trained=150, least=("trained",)), year=2025, by=officer, at=NOW)
    rate = {M.EMPLOYMENT_RATE: OutcomeLine(Decimal("0.85"), source="年报", out_of=200, task=CollegeTask.COURSES)}
    record_outcomes(programme, {**lines(trained=160), **rate}, year=2025, by=officer, at=NOW)

    entry = TimelineEntry.objects.order_by("pk").last()
    assert [(change["field"], change["before"], change["after"]) for change in entry.changes] == [
        ("trained", {"zh-hans": "> 150", "en": "> 150"}, {"zh-hans": "160", "en": "160"}),
        (
            "employment_rate",
            None,
            {"zh-hans": entry.changes[1]["after"]["zh-hans"], "en": "85 % (170/200) · 年报 · Courses built together"},
        ),
    ]
    assert entry.changes[1]["after"]["zh-hans"].startswith("85 % (170/200) · 年报 · ")


def test_saving_without_a_change_tells_nothing(officer, programme):
    for _ in range(2):
        record_outcomes(programme, lines(trained=28), year=2025, by=officer, at=NOW)

    assert TimelineEntry.objects.count() == 1
    assert programme.outcomes.count() == 1


def test_a_measure_that_is_emptied_goes_and_other_years_stay(officer, programme):
    for year in (2024, 2025):
        record_outcomes(programme, lines(trained=28, employed=26), year=year, by=officer, at=NOW)
    record_outcomes(programme, lines(trained=28), year=2025, by=officer, at=NOW)

    kept = programme.outcomes.order_by("year", "measure").values_list("year", "measure")
    assert list(kept) == [(2024, "employed"), (2024, "trained"), (2025, "trained")]


def test_a_stale_form_is_told_and_changes_nothing(officer, programme):
    version = programme.version
    record_outcomes(programme, lines(trained=28), year=2025, version=version, by=officer, at=NOW)

    with pytest.raises(StaleEdit):
        record_outcomes(programme, lines(trained=29), year=2025, version=version, by=officer, at=NOW)
    assert programme.outcomes.get().number == 28


def test_a_class_of_another_programme_is_refused(officer, programme):
    with pytest.raises(RuleBroken):
        record_outcomes(programme, lines(trained=1), year=2025, cohort=CohortFactory(), by=officer, at=NOW)

    assert not ProgrammeOutcome.objects.exists()


def test_college_staff_enter_outcomes_of_their_own_college(college_staff, college, leader):
    own = ProgrammeFactory(majors=[MajorFactory(college=college)])
    record_outcomes(own, lines(trained=28), year=2025, by=college_staff, at=NOW)
    other = ProgrammeFactory(majors=[MajorFactory(college=college), MajorFactory()])

    for user, programme in ((college_staff, other), (college_staff, ProgrammeFactory()), (leader, own)):
        with pytest.raises(PermissionDenied):
            record_outcomes(programme, lines(trained=9), year=2025, by=user, at=NOW)
    assert ProgrammeOutcome.objects.get().number == 28


def test_a_year_counts_its_classes_together_where_the_whole_is_not_counted(officer, programme):
    for name, trained in (("一班", 30), ("二班", 28)):
        cohort = CohortFactory(programme=programme, name=name)
        record_outcomes(programme, lines(trained=trained, employed=20), year=2025, cohort=cohort, by=officer, at=NOW)
    record_outcomes(programme, lines(trained=10), year=2024, by=officer, at=NOW)

    outcomes = list(programme.outcomes.select_related("cohort"))
    with translation.override("en"):
        newest, before = total_of(outcomes, None), total_of(outcomes, 2024)
        assert (newest.year, newest.employed_words) == (2025, "69 % (40 of 58)")
        assert str(before.trained) == "10"
    assert total_of(outcomes, 2020) is None

"""What the sample school shows of figures: how they moved, and somebody on every rung."""

import pytest

from demo.school.figures import DATED, WEEKS
from demo.school.world import World
from reports.choices import Rung, SnapshotReason
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from reports.models.snapshots import Snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_school")]


def nights(slug: str) -> list[Snapshot]:
    kept = Snapshot.objects.filter(figure=slug, about="", reason=SnapshotReason.NIGHTLY)
    return list(kept.order_by("taken_on"))


@pytest.mark.parametrize("slug", DATED)
def test_a_trend_of_many_weeks_ends_with_what_stands_today(slug: str, sample_school: World):
    *past, today = nights(slug)
    mondays = {snapshot.taken_on for snapshot in past}
    assert len(mondays) == WEEKS + bool(sample_school.today.weekday())
    assert {day.weekday() for day in mondays} == {0}
    assert today.taken_on == sample_school.today
    assert today.numerator == FIGURES[slug].value(Scope(None, sample_school.today, None)).number > past[0].numerator


def test_visits_are_never_fewer_than_the_week_before():
    numbers = [snapshot.numerator for snapshot in nights("visits")]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) > WEEKS / 2


def test_somebody_stands_on_every_rung(sample_school: World):
    found = FIGURES["partners"].counts_by("rung", Scope(None, sample_school.today, sample_school.officer))
    assert set(found) == set(Rung.values)

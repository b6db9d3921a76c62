"""The weekly page of the sample school is filled."""

import pytest

from demo.school.world import World
from reports.selectors.weekly import weekly
from reports.selectors.weeks import last_full_week

pytestmark = [pytest.mark.django_db, pytest.mark.early]  # the sample school stands before another test wants it


def test_the_last_full_week_of_the_sample_school_has_something_in_every_table(sample_school: World):
    shown = weekly(last_full_week(sample_school.today), None, sample_school.leader, on=sample_school.today)

    assert all(counts.to_date for counts in shown.counts)
    assert all(counts.week for counts in shown.three)
    assert shown.share.value.denominator == shown.counts[2].to_date
    assert [len(running.targets) > 0 for running in shown.running] == [True, True]
    assert any(door.number for line in shown.colleges for door in line.week)
    assert any(door.number for line in shown.leaders for door in line.week)
    assert shown.missing.visits

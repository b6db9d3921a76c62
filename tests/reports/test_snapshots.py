"""Every night each figure is kept; a later run of the same day changes nothing."""

import hashlib
from datetime import date, timedelta

import pytest

from reports.figures.catalogue import FIGURES
from reports.models.snapshots import Snapshot
from reports.services.snapshots import take_snapshots
from reports.tasks import take_snapshots as task
from tests.factories.visits import CampaignFactory, VisitFactory
from tests.reports.world import NOW, ON, one_of_everything
from visits.choices import Measure, VisitState
from visits.models.campaigns import ReportedTotal

pytestmark = pytest.mark.django_db

OF_A_CAMPAIGN = [figure for figure in FIGURES.values() if figure.is_of_campaign]


def test_one_row_per_figure_for_the_school_and_for_each_running_campaign():
    world = one_of_everything(2)
    CampaignFactory(starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))

    taken = take_snapshots(now=NOW)

    assert taken == len(FIGURES) + len(OF_A_CAMPAIGN)
    assert Snapshot.objects.filter(campaign=None).count() == len(FIGURES)
    assert set(Snapshot.objects.exclude(campaign=None).values_list("campaign", flat=True)) == {world.campaign.pk}


def test_a_snapshot_keeps_number_denominator_and_the_hash_of_its_rows():
    world = one_of_everything(2)

    take_snapshots(now=NOW)

    snapshot = Snapshot.objects.get(figure="follow-ups-open", campaign=world.campaign)
    keys = sorted(visit.follow_ups.get().pk for visit in world.visits)
    assert (snapshot.numerator, snapshot.denominator, snapshot.taken_on) == (2, 2, ON)
    assert snapshot.rows_hash == hashlib.sha256("".join(f"{key}\n" for key in keys).encode()).hexdigest()


def test_a_second_run_of_the_day_changes_nothing_the_next_day_is_another_row():
    VisitFactory(state=VisitState.HELD)
    take_snapshots(now=NOW)
    VisitFactory(state=VisitState.HELD)

    assert take_snapshots(now=NOW + timedelta(hours=1)) == 0
    assert take_snapshots(now=NOW + timedelta(days=1)) == len(FIGURES)

    kept = Snapshot.objects.filter(figure="visits").order_by("taken_on")
    assert [snapshot.numerator for snapshot in kept] == [1, 2]


def test_a_snapshot_keeps_what_is_on_file_not_what_a_source_states():
    world = one_of_everything(1)
    ReportedTotal.objects.create(campaign=world.campaign, measure=Measure.ENTERPRISES, number=219)

    take_snapshots(now=NOW)

    assert Snapshot.objects.get(figure="enterprises-visited", campaign=world.campaign).numerator == 1


def test_the_task_of_the_schedule_takes_them():
    task.delay()

    assert Snapshot.objects.count() == len(FIGURES)

"""Every night each figure is kept; a later run of the same day changes nothing, and nothing kept is ever changed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction
from django.test import Client

from accounts.models.people import User
from accounts.models.school import College
from reports.choices import SnapshotReason
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from reports.models.snapshots import RowSet, Snapshot
from reports.row_sets import came_and_went, pack, unpack
from reports.services.snapshots import Taking, keep, take_now, take_snapshots
from reports.tasks import take_snapshots as task
from tests.factories.visits import CampaignFactory, OutcomeFactory, VisitFactory
from tests.reports.world import NOW, ON, one_of_everything
from visits.choices import Measure, VisitState
from visits.models.campaigns import ReportedTotal
from visits.models.results import Outcome
from visits.models.visits import Visit

pytestmark = pytest.mark.django_db

OF_A_CAMPAIGN = [figure for figure in FIGURES.values() if figure.is_of_campaign]
OF_A_COLLEGE = [figure for figure in FIGURES.values() if "college" in figure.splits]
WHOLE = Scope(None, ON, None)


def of(figure: str, about: str = "") -> Snapshot:
    return Snapshot.objects.get(figure=figure, about=about)


def test_one_row_per_figure_for_the_school_for_each_running_campaign_and_each_college():
    world = one_of_everything(2)
    CampaignFactory(starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
    colleges = list(College.objects.values_list("pk", flat=True))

    taken = take_snapshots(now=NOW)

    assert taken == len(FIGURES) + len(OF_A_CAMPAIGN) + len(colleges) * len(OF_A_COLLEGE)
    assert Snapshot.objects.filter(about="").count() == len(FIGURES)
    assert set(Snapshot.objects.values_list("about", flat=True)) == {
        "",
        f"campaign={world.campaign.pk}",
        *(f"college={pk}" for pk in colleges),
    }


def test_a_snapshot_keeps_number_denominator_and_the_rows():
    world = one_of_everything(2)

    take_snapshots(now=NOW)

    snapshot = of("follow-ups-open", f"campaign={world.campaign.pk}")
    keys = sorted(visit.follow_ups.get().pk for visit in world.visits)
    assert (snapshot.numerator, snapshot.denominator, snapshot.taken_on) == (2, 2, ON)
    assert unpack(bytes(snapshot.rows.packed)) == dict.fromkeys(keys, 100)
    assert (snapshot.name_zh, snapshot.name_en) == (world.campaign.name, world.campaign.name)
    assert (snapshot.unchecked, snapshot.stale) == (2, None)


def test_a_sum_keeps_what_each_row_adds():
    world = one_of_everything(2)

    take_snapshots(now=NOW)

    snapshot = of("openings", f"campaign={world.campaign.pk}")
    assert snapshot.numerator == 30
    assert list(unpack(bytes(snapshot.rows.packed)).values()) == [1500, 1500]


def test_a_second_run_of_the_day_changes_nothing_the_next_day_is_another_row():
    VisitFactory(state=VisitState.HELD)
    take_snapshots(now=NOW)
    VisitFactory(state=VisitState.HELD)

    assert take_snapshots(now=NOW + timedelta(hours=1)) == 0
    assert take_snapshots(now=NOW + timedelta(days=1)) == len(FIGURES)

    kept = Snapshot.objects.filter(figure="visits").order_by("taken_on")
    assert [snapshot.numerator for snapshot in kept] == [1, 2]


def test_rows_that_stay_the_same_are_kept_once():
    one_of_everything(1)
    take_snapshots(now=NOW)
    sets = RowSet.objects.count()

    take_snapshots(now=NOW + timedelta(days=1))

    assert RowSet.objects.count() == sets
    assert Snapshot.objects.exclude(rows=None).count() == Snapshot.objects.count()


def test_a_snapshot_keeps_what_is_on_file_not_what_a_source_states():
    world = one_of_everything(1)
    ReportedTotal.objects.create(campaign=world.campaign, measure=Measure.ENTERPRISES, number=219)

    take_snapshots(now=NOW)

    assert of("enterprises-visited", f"campaign={world.campaign.pk}").numerator == 1


@pytest.mark.parametrize("model", [Snapshot, RowSet])
def test_nothing_kept_is_changed_or_deleted(model: type[Snapshot] | type[RowSet]):
    one_of_everything(1)
    take_snapshots(now=NOW)
    before = list(model.objects.order_by("pk").values_list())

    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        model.objects.update(**({"numerator": 99} if model is Snapshot else {"packed": b""}))
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        model.objects.filter(pk=model.objects.first().pk)._raw_delete("default")

    assert list(model.objects.order_by("pk").values_list()) == before


def test_the_task_of_the_schedule_takes_them():
    task.delay()

    assert Snapshot.objects.count() == len(FIGURES)


@pytest.mark.parametrize(
    "rows", [{}, {7: 100}, {3: 100, 1: 200, 900_000_000_000: 50}, dict.fromkeys(range(1000), -100)]
)
def test_rows_come_back_as_they_were_kept(rows: dict[int, int]):
    digest, packed = pack(rows)

    assert unpack(packed) == rows
    assert pack(dict(reversed(rows.items())))[0] == digest
    assert came_and_went(rows, rows) == ([], [], [])


def test_what_came_went_and_counts_another_amount_is_told_apart():
    assert came_and_went({1: 100, 2: 100, 3: 100}, {2: 100, 3: 150, 4: 100}) == ([4], [1], [3])


def test_a_figure_is_kept_on_demand_in_any_scope_by_who_sees_all(officer: User, college: College):
    world = one_of_everything(1)
    world.visits[0].colleges.add(college)

    snapshot = take_now(
        FIGURES["visits"], Scope(None, ON, None, college=college), by=officer, at=NOW, note="校长办公会"
    )

    assert (snapshot.numerator, snapshot.about, snapshot.reason) == (1, f"college={college.pk}", "asked")
    assert (snapshot.taken_by, snapshot.note) == (officer, "校长办公会")
    assert snapshot.name_en == "College: School of Digital Media"


def test_college_staff_keep_nothing(college_staff: User):
    with pytest.raises(PermissionDenied):
        take_now(FIGURES["visits"], WHOLE, by=college_staff, at=NOW)

    assert not Snapshot.objects.exists()
    assert not RowSet.objects.exists()


def test_a_comparison_lists_the_rows_that_came_went_and_changed(client: Client, officer: User):
    visits = [VisitFactory(state=VisitState.HELD) for _number in range(3)]
    outcomes = [OutcomeFactory(visit=visit, posts=5, internships=0) for visit in visits]
    before = take_now(FIGURES["posts-offered"], WHOLE, by=officer, at=NOW)
    Outcome.objects.filter(pk=outcomes[0].pk).update(posts=8)
    outcomes[1].delete()
    new = OutcomeFactory(visit=visits[1], posts=2, internships=0)
    client.force_login(officer)

    page = client.get("/dashboard/posts-offered/compare/", {"before": before.pk})

    comparison = page.context["comparison"]
    assert (comparison.before.numerator, comparison.after_number, comparison.change) == (15, 15, 0)
    assert (comparison.came.number, comparison.went.number, comparison.changed.number) == (1, 1, 1)
    assert (comparison.went.gone, comparison.went.rows) == (1, [])
    assert comparison.came.rows[0].href == f"/visits/{new.visit_id}/"


def test_two_snapshots_are_compared_whichever_is_named_first(client: Client, officer: User):
    first = take_now(FIGURES["visits"], WHOLE, by=officer, at=NOW)
    VisitFactory(state=VisitState.HELD)
    second = take_now(FIGURES["visits"], WHOLE, by=officer, at=NOW + timedelta(days=3))
    client.force_login(officer)

    for before, after in ((first, second), (second, first)):
        page = client.get("/dashboard/visits/compare/", {"before": before.pk, "after": after.pk})
        assert (page.context["comparison"].before, page.context["comparison"].change) == (first, 1)


@pytest.mark.parametrize("query", ["", "before=999999", "before=x", "before=%00", "before=9999999999999999999999"])
def test_a_snapshot_that_is_not_there_is_not_found(client: Client, officer: User, query: str):
    client.force_login(officer)

    assert client.get(f"/dashboard/visits/compare/?{query}").status_code == 404


def test_what_was_reported_and_changed_since_says_so_on_its_page(client: Client, officer: User):
    one_of_everything(2)
    figure = FIGURES["visits"]
    keep(figure, WHOLE, Taking(NOW, SnapshotReason.REPORTED, officer, "周报 2026-W50"))
    client.force_login(officer)

    assert client.get("/dashboard/visits/").context["since_reported"] is None
    Visit.objects.order_by("pk").first().colleges.clear()
    Visit.objects.filter(pk=Visit.objects.order_by("pk").first().pk).update(state=VisitState.CANCELLED)
    since = client.get("/dashboard/visits/").context["since_reported"]

    assert (since.snapshot.numerator, since.now) == (2, 1)
    assert (len(since.moved.came), len(since.moved.went)) == (0, 1)
    assert b"Changed after it was reported" in client.get("/dashboard/visits/").content


def test_a_snapshot_stays_readable_when_its_college_is_gone(officer: User, client: Client):
    gone = College.objects.create(code="99", name_zh="停办学院", name_en="Closed College")
    snapshot = take_now(FIGURES["visits"], Scope(None, ON, None, college=gone), by=officer, at=NOW)
    number = gone.pk
    gone.delete()
    client.force_login(officer)

    assert client.get(f"/dashboard/visits/?college={number}").status_code == 404
    snapshot.refresh_from_db()
    assert snapshot.name_zh == "学院: 停办学院"

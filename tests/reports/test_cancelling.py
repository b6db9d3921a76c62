"""A report is cancelled while it waits or is built, is asked for once at a time, and is deleted with its files."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from accounts.choices import Role
from accounts.models.people import User
from core.errors import RuleBroken
from reports import building
from reports.choices import BuildState, FileFormat
from reports.kinds.catalogue import KINDS
from reports.kinds.kind import Step
from reports.kinds.work import Work
from reports.models.builds import ReportBuild, ReportFile, folder_of
from reports.services import clearing, requests
from tests.factories.accounts import person
from tests.factories.visits import CampaignFactory
from tests.reports.asking import SUMMARY, ask, build_of
from tests.reports.world import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def stored(build: ReportBuild) -> list[str]:
    """Every file of a build in the storage."""
    try:
        attempts = default_storage.listdir(folder_of(build.pk))[0]
    except FileNotFoundError:
        return []
    return [name for attempt in attempts for name in default_storage.listdir(f"{folder_of(build.pk)}/{attempt}")[1]]


def of_three_files(monkeypatch: pytest.MonkeyPatch, *, at_second) -> None:
    """The summary writes three files; something happens after the second."""

    def build(work: Work) -> None:
        work.begin("files", 3)
        for number in range(3):
            work.add(FileFormat.PDF, b"%PDF-", f"{number}")
            work.tick()
            if number == 1:
                at_second(work.build)

    monkeypatch.setitem(KINDS, SUMMARY, replace(KINDS[SUMMARY], steps=(Step("files", "x"),), build=build))


def test_a_report_that_waits_is_cancelled_at_once_and_never_built(officer: User):
    build = build_of(officer)

    requests.cancel_report(build, by=officer, at=LATER)

    build.refresh_from_db()
    assert (build.state, build.cancelled_by, build.finished_at) == (BuildState.CANCELLED, officer, LATER)
    assert not building.build_report(build.pk, now=LATER)
    assert not build.files.exists()


def test_a_report_that_is_being_built_stops_at_its_next_step_and_leaves_no_file(
    officer: User, monkeypatch: pytest.MonkeyPatch
):
    build = build_of(officer)
    of_three_files(monkeypatch, at_second=lambda row: requests.cancel_report(row, by=officer, at=LATER))

    assert not building.build_report(build.pk, now=NOW)

    build.refresh_from_db()
    assert build.state == BuildState.CANCELLED
    assert not ReportFile.objects.exists()
    assert stored(build) == []


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (BuildState.CANCELLED, "The report is cancelled already."),
        (BuildState.DONE, "The report is over; there is nothing to cancel."),
        (BuildState.FAILED, "The report is over; there is nothing to cancel."),
    ],
)
def test_cancelling_twice_or_what_is_over_says_so(officer: User, state: BuildState, said: str):
    build = build_of(officer, state=state, finished_at=NOW)

    with pytest.raises(RuleBroken, match=said):
        requests.cancel_report(build, by=officer, at=LATER)

    build.refresh_from_db()
    assert (build.state, build.finished_at) == (state, NOW)


def test_somebody_elses_report_is_neither_cancelled_nor_deleted(officer: User, college_staff: User):
    build = build_of(officer)

    for change in (
        lambda: requests.cancel_report(build, by=college_staff, at=LATER),
        lambda: requests.delete_report(build, by=college_staff),
    ):
        with pytest.raises(PermissionDenied):
            change()

    build.refresh_from_db()
    assert build.state == BuildState.QUEUED


def test_a_cancelled_report_is_built_again_when_somebody_wants_it(officer: User, django_capture_on_commit_callbacks):
    build = build_of(officer, state=BuildState.CANCELLED, finished_at=NOW, cancelled_by=officer)

    with django_capture_on_commit_callbacks(execute=True):
        requests.build_again(build, by=officer)

    build.refresh_from_db()
    assert (build.state, build.cancelled_by) == (BuildState.DONE, None)


def test_the_same_asked_for_twice_is_the_one_under_way(officer: User, leader: User):
    campaign, other = CampaignFactory(), CampaignFactory()
    first = ask(campaign, officer)

    assert ask(campaign, officer, at=LATER) == first
    others = {ask(other, officer), ask(campaign, officer, language="zh-hans"), ask(campaign, leader)}
    assert len(others | {first}) == ReportBuild.objects.count() == 4

    ReportBuild.objects.filter(pk=first.pk).update(state=BuildState.DONE)
    assert ask(campaign, officer, at=LATER) != first


def test_the_database_refuses_the_same_twice_at_a_time(officer: User):
    campaign = CampaignFactory()
    build_of(officer, campaign)

    with pytest.raises(IntegrityError, match="build_once_at_a_time"), transaction.atomic():
        build_of(officer, campaign)

    build_of(officer, campaign, state=BuildState.CANCELLED)
    assert ReportBuild.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_four_clicks_at_once_ask_for_one_report():
    officer, campaign, start = person(Role.OFFICER), CampaignFactory(), Barrier(4)

    def click(_number: int) -> int:
        start.wait()
        try:
            return ask(campaign, officer).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        asked = set(pool.map(click, range(4)))

    assert asked == {ReportBuild.objects.get().pk}


def test_a_report_that_begins_again_clears_what_the_killed_attempt_left(officer: User, monkeypatch: pytest.MonkeyPatch):
    def killed(_build: ReportBuild) -> None:
        raise SystemExit

    build = build_of(officer)
    of_three_files(monkeypatch, at_second=killed)
    with pytest.raises(SystemExit):
        building.build_report(build.pk, now=NOW)
    assert len(stored(build)) == 2
    of_three_files(monkeypatch, at_second=lambda row: None)

    assert building.sweep(now=NOW + timedelta(minutes=31)) == [build.pk]
    assert building.build_report(build.pk, now=NOW + timedelta(minutes=32))

    build.refresh_from_db()
    assert (build.state, build.attempts) == (BuildState.DONE, 2)
    assert sorted(stored(build)) == ["1.pdf", "2.pdf", "3.pdf"]
    assert [file.name for file in build.files.all()] == ["0.pdf", "1.pdf", "2.pdf"]
    assert {file.file.name.split("/")[3] for file in build.files.all()} == {"20261210043200000000"}


def test_a_worker_that_was_cancelled_clears_nothing_of_the_build_that_follows_at_once(
    officer: User, monkeypatch: pytest.MonkeyPatch
):
    def cancelled_and_built_again(row: ReportBuild) -> None:
        of_three_files(monkeypatch, at_second=lambda row: None)
        requests.cancel_report(row, by=officer, at=LATER)
        requests.build_again(row, by=officer)
        assert building.build_report(row.pk, now=LATER)

    build = build_of(officer)
    of_three_files(monkeypatch, at_second=cancelled_and_built_again)

    assert not building.build_report(build.pk, now=NOW)

    build.refresh_from_db()
    assert (build.state, build.files.count()) == (BuildState.DONE, 3)
    assert sorted(stored(build)) == ["1.pdf", "2.pdf", "3.pdf"]


def test_a_report_is_deleted_with_its_files_but_not_while_it_is_built(
    officer: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
):
    build = build_of(officer)
    with pytest.raises(RuleBroken, match="cancel it first"):
        requests.delete_report(build, by=officer)
    of_three_files(monkeypatch, at_second=lambda row: None)
    building.build_report(build.pk, now=NOW)
    assert len(stored(build)) == 3

    with django_capture_on_commit_callbacks(execute=True):
        requests.delete_report(build, by=officer)

    assert not ReportBuild.objects.exists()
    assert stored(build) == []


def test_files_go_after_their_time_and_the_row_stays(officer: User, monkeypatch: pytest.MonkeyPatch):
    build = build_of(officer)
    of_three_files(monkeypatch, at_second=lambda row: None)
    building.build_report(build.pk, now=NOW)
    build.refresh_from_db()
    finished = build.finished_at
    assert finished is not None

    assert clearing.clear_old_files(now=finished + timedelta(days=400)) == 0
    assert clearing.clear_old_files(now=finished + timedelta(days=401)) == 3
    assert clearing.clear_old_files(now=finished + timedelta(days=402)) == 0

    assert stored(build) == []
    assert {(file.file.name, file.size) for file in build.files.all()} == {("", 5)}
    assert ReportBuild.objects.get().state == BuildState.DONE

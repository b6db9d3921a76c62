"""Workers: each step is done by one, a killed one leaves nothing half done, and the next goes on."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import User
from imports import claims, services, undoing, working, writing
from imports.choices import ImportState, RowState
from imports.claims import Claim, ClaimLost
from imports.matching import Match, Matching
from imports.models import Import
from imports.working import work
from imports.writing import Writing
from notifications.models.messages import OutgoingMessage
from partnerships.models.enterprises import Enterprise
from partnerships.models.timeline import TimelineEntry
from partnerships.services.codes import load_codes
from tests.factories.accounts import person
from tests.factories.partnerships import EnterpriseFactory
from tests.imports.lists import PLAIN_HEAD, checked, states, step, undone, written, xlsx
from tests.servers import RealWorker, wait_until

pytestmark = pytest.mark.django_db
NAMES = [(f"{name}科技有限公司",) for name in ("智汇", "光影", "山城", "启明", "嘉禾")]


class PowerCut(BaseException):
    """The end of a worker without any warning."""


def cut_at(chunk: int, act: Callable[..., None]) -> Callable[..., None]:
    """Act as usual, until the power fails at the end of this chunk."""
    calls = []

    def acting(*args: object, **kwargs: object) -> None:
        act(*args, **kwargs)
        calls.append(1)
        if len(calls) == chunk:
            raise PowerCut

    return acting


def test_a_worker_killed_while_it_writes_leaves_nothing_half_written_and_the_next_goes_on(
    officer: User, monkeypatch: pytest.MonkeyPatch
):
    load_codes()
    run = checked(NAMES, officer)
    services.confirm(run, by=officer, at=timezone.now())
    monkeypatch.setattr(writing, "CHUNK", 2)
    with monkeypatch.context() as patched:
        patched.setattr(Writing, "write", cut_at(2, Writing.write))
        with pytest.raises(PowerCut):
            work(run.pk, now=timezone.now())
    run.refresh_from_db()
    assert (run.state, run.done_rows, Enterprise.objects.count()) == (ImportState.WRITING, 2, 2)
    assert states(run).count(RowState.WRITTEN) == 2
    assert not work(run.pk, now=timezone.now())

    assert claims.sweep(now=timezone.now() + timedelta(minutes=6)) == [run.pk]
    run = step(run)

    assert (run.state, run.done_rows) == (ImportState.WRITTEN, 5)
    assert states(run) == [RowState.WRITTEN] * 5
    assert (Enterprise.objects.count(), TimelineEntry.objects.count()) == (5, 5)


def test_a_worker_killed_while_it_undoes_is_followed_by_one_that_goes_on(
    officer: User, monkeypatch: pytest.MonkeyPatch
):
    load_codes()
    run = checked(NAMES, officer)
    services.confirm(run, by=officer, at=timezone.now())
    run = step(run)
    services.undo(run, by=officer, at=timezone.now())
    monkeypatch.setattr(undoing, "CHUNK", 2)
    with monkeypatch.context() as patched:
        patched.setattr(undoing.Undoing, "undo", cut_at(2, undoing.Undoing.undo))
        with pytest.raises(PowerCut):
            work(run.pk, now=timezone.now())
    assert Enterprise.objects.current().count() == 3

    claims.sweep(now=timezone.now() + timedelta(minutes=6))
    run = step(run)

    assert (run.state, states(run)) == (ImportState.UNDONE, [RowState.UNDONE] * 5)
    assert Enterprise.objects.current().count() == 0


def test_checking_begun_again_starts_over(officer: User, monkeypatch: pytest.MonkeyPatch):
    load_codes()
    run = checked(NAMES, officer)
    Import.objects.filter(pk=run.pk).update(state=ImportState.CHECKING)

    run = step(run)

    assert (run.state, run.rows.count(), run.done_rows) == (ImportState.CHECKED, 5, 5)


def test_what_waits_is_rung_for_and_after_three_times_it_stops(officer: User):
    now = timezone.now()
    stuck = {"by": officer, "at": now, "state": ImportState.WRITING, "claimed_at": now - timedelta(minutes=6)}
    claim = "7b1c1b5e-3f0e-4a59-9b7e-3f2c8d1a0003"
    waiting = Import.objects.create(name="waits", by=officer, at=now - timedelta(hours=1))
    once = Import.objects.create(name="once", attempts=1, claim=claim, **stuck)
    thrice = Import.objects.create(name="thrice", attempts=3, claim=claim, **stuck)
    alive = Import.objects.create(name="alive", attempts=1, claim=claim, **{**stuck, "claimed_at": now})

    assert claims.sweep(now=now) == [waiting.pk, once.pk]

    for run in (once, thrice, alive):
        run.refresh_from_db()
    assert (once.state, once.claim) == (ImportState.WRITING, None)
    assert (thrice.state, thrice.failed_in) == (ImportState.FAILED, ImportState.WRITING)
    assert "3" in thrice.error
    assert alive.claim is not None


def test_a_worker_whose_claim_was_given_away_writes_nothing_more(officer: User, monkeypatch: pytest.MonkeyPatch):
    load_codes()
    run = checked(NAMES, officer)
    services.confirm(run, by=officer, at=timezone.now())
    claim = claims.take(run.pk, now=timezone.now())
    assert isinstance(claim, Claim)
    claims.sweep(now=timezone.now() + timedelta(minutes=6))
    run.refresh_from_db()

    with pytest.raises(ClaimLost):
        writing.write_rows(run, claim)

    assert not Enterprise.objects.exists()


def test_a_file_opened_in_the_very_moment_of_writing_is_seen_at_the_second_try(
    officer: User, monkeypatch: pytest.MonkeyPatch
):
    load_codes()
    run = checked([("智汇科技有限公司", "91350100M000100Y43"), ("光影有限公司",)], officer)
    services.confirm(run, by=officer, at=timezone.now())
    EnterpriseFactory(legal_name="别的名字", credit_code="91350100M000100Y43")
    find, blind = Matching.find, [True]  # once only

    def blind_at_first(self: Matching, rows: list[object], **options: bool) -> list[Match]:
        return [Match() for _ in rows] if blind and blind.pop() else find(self, rows, **options)

    monkeypatch.setattr(Matching, "find", blind_at_first)
    run = step(run)

    assert states(run) == [RowState.LEFT, RowState.WRITTEN]
    assert Enterprise.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_eight_workers_write_an_import_once():
    load_codes()
    officer = person(Role.OFFICER)
    run = checked(NAMES, officer)
    Import.objects.filter(pk=run.pk).update(state=ImportState.WRITING, confirmed_by=officer)
    barrier, did = Barrier(8), []

    def ring() -> None:
        try:
            barrier.wait()
            did.append(working.work(run.pk, now=timezone.now()))
        finally:
            connection.close()

    threads = [Thread(target=ring) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(did) == [False] * 7 + [True]
    assert (Enterprise.objects.count(), TimelineEntry.objects.count()) == (5, 5)


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_reads_and_checks_what_was_brought_while_it_was_away(real_worker: RealWorker):
    load_codes()
    officer = person(Role.OFFICER)
    real_worker.kill()
    upload = SimpleUploadedFile("名单.xlsx", xlsx([PLAIN_HEAD, *NAMES]))
    run = services.bring_workbook(upload, by=officer, at=timezone.now())
    assert Import.objects.get().state == ImportState.READING

    real_worker.start()

    wait_until(lambda: Import.objects.get(pk=run.pk).state == ImportState.MAPPING)
    assert Import.objects.get().sheets[0]["rows"] == 6


def test_who_confirmed_hears_when_the_rows_are_written_and_when_they_are_undone(officer: User):
    load_codes()
    run = undone(written(checked(NAMES, officer), officer), officer)

    told = OutgoingMessage.objects.inbox_of(officer).order_by("pk").values_list("subject", "link")
    page = reverse("imports:import", args=[run.pk])
    assert list(told) == [(f"The rows are written: {run.name}", page), (f"The import is undone: {run.name}", page)]

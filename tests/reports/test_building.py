"""A report is built once, its progress can be seen, and whoever asked is told how it went."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from celery import Celery
from django.conf import LazySettings, settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import User
from core.errors import RuleBroken
from notifications import ringing
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from reports import building
from reports.choices import BuildState
from reports.claims import Claim
from reports.figures.catalogue import FIGURES
from reports.models.builds import ReportBuild
from reports.services import requests
from reports.tasks import sweep_builds
from tests.factories.accounts import person
from tests.factories.visits import CampaignFactory
from tests.reports.asking import ask, build_of
from tests.reports.world import NOW, one_of_everything

pytestmark = pytest.mark.django_db


def asked_for(user: User, campaign=None, *, language: str = "en") -> ReportBuild:
    """A report that waits; the worker has not been rung for."""
    return build_of(user, campaign or CampaignFactory(), language=language)


def told(user: User) -> list[str]:
    messages = OutgoingMessage.objects.filter(recipient=user, channel=Channel.INBOX).order_by("pk")
    return list(messages.values_list("subject", flat=True))


def test_a_report_is_queued_built_and_told_of(officer: User, django_capture_on_commit_callbacks):
    world = one_of_everything(2)

    with django_capture_on_commit_callbacks(execute=True):
        build = ask(world.campaign, officer)

    build.refresh_from_db()
    assert (build.state, build.percent, build.attempts) == (BuildState.DONE, 100, 1)
    assert [file.format for file in build.files.all()] == ["xlsx", "pdf", "docx"]
    assert all(default_storage.size(file.file.name) == file.size for file in build.files.all())
    assert told(officer) == [f"The report is ready: Campaign summary: {world.campaign}"]
    assert (
        OutgoingMessage.objects.filter(recipient=officer, channel=Channel.EMAIL).get().link == f"/reports/{build.pk}/"
    )


def test_progress_moves_step_by_step_in_its_own_transactions(officer: User, monkeypatch: pytest.MonkeyPatch):
    build = asked_for(officer, one_of_everything(1).campaign)
    seen: list[tuple[str, int, int]] = []
    update = Claim.update

    def noted(claim: Claim, **fields: object) -> None:
        update(claim, **fields)
        if "step" in fields:
            seen.append((fields["step"], fields["step_done"], fields["step_total"]))

    monkeypatch.setattr(Claim, "update", noted)

    assert building.build_report(build.pk, now=NOW)

    steps = 1 + len(FIGURES) + 1 + 2  # three counts, figures, one portion, agreements and follow-ups
    counting = [note for note in seen if note[0] == "counting"]
    assert counting == sorted(set(counting))
    assert (counting[0], counting[-1]) == (("counting", 0, steps), ("counting", steps, steps))
    assert len(counting) > 50  # one for each percent that it moves
    assert [note for note in seen if note[0] == "writing"] == [("writing", done, 3) for done in range(4)]
    # How far it is stands in the row alone; the history keeps what became of it.
    assert list(build.history.order_by("pgh_id").values_list("state", flat=True)) == ["queued", "running", "done"]
    build.refresh_from_db()
    assert (build.step, build.step_done, build.step_total, build.percent) == ("writing", 3, 3, 100)


def test_a_build_that_was_built_is_not_built_again(officer: User):
    build = asked_for(officer)
    assert building.build_report(build.pk, now=NOW)

    assert not building.build_report(build.pk, now=NOW + timedelta(minutes=1))

    build.refresh_from_db()
    assert build.attempts == 1
    assert len(told(officer)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_build_it_once():
    user = person(Role.OFFICER)
    build = asked_for(user)
    start = Barrier(4)

    def work(number: int) -> bool:
        start.wait()
        try:
            return building.build_report(build.pk, now=NOW + timedelta(microseconds=number))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        built = list(pool.map(work, range(4)))

    assert sorted(built) == [False, False, False, True]
    build.refresh_from_db()
    assert (build.state, build.attempts) == (BuildState.DONE, 1)
    assert len(told(user)) == 1


def test_a_report_that_cannot_be_written_fails_with_its_reason_and_can_be_asked_for_again(
    officer: User, settings: LazySettings, tmp_path: Path, django_capture_on_commit_callbacks
):
    campaign = CampaignFactory()
    build = asked_for(officer, campaign)
    blocked = tmp_path / "a-file"
    blocked.write_text("not a folder")
    settings.MEDIA_ROOT = blocked

    assert not building.build_report(build.pk, now=NOW)

    build.refresh_from_db()
    assert build.state == BuildState.FAILED
    assert build.error.startswith("The report could not be built: ")
    assert not build.files.exists()
    assert told(officer) == [f"The report could not be built: Campaign summary: {campaign}"]

    settings.MEDIA_ROOT = tmp_path / "files"
    with django_capture_on_commit_callbacks(execute=True):
        requests.build_again(build, by=officer)
    build.refresh_from_db()
    assert (build.state, build.error, build.attempts) == (BuildState.DONE, "", 1)


def test_a_claim_that_was_given_back_changes_nothing_any_more(officer: User):
    build = asked_for(officer)
    ReportBuild.objects.filter(pk=build.pk).update(state=BuildState.RUNNING, claimed_at=NOW)
    claim = building.Claim(build.pk, NOW)
    ReportBuild.objects.filter(pk=build.pk).update(claimed_at=NOW + timedelta(minutes=31))

    with pytest.raises(building.ClaimLost):
        claim.update(step_done=1)
    with pytest.raises(building.ClaimLost):
        claim.end(BuildState.DONE)

    build.refresh_from_db()
    assert (build.state, build.step_done) == (BuildState.RUNNING, 0)


def test_a_slow_worker_shows_a_sign_of_life_and_keeps_its_claim(officer: User):
    begun = timezone.now() - timedelta(minutes=40)
    build = build_of(officer, state=BuildState.RUNNING, claimed_at=begun, attempts=1)
    claim = Claim(build.pk, begun)

    claim.update(step_done=1)
    assert building.sweep(now=timezone.now()) == []
    claim.update(step_done=2)

    build.refresh_from_db()
    assert (build.step_done, build.claimed_at) == (2, claim.held)
    assert timezone.now() - claim.held < timedelta(minutes=1)


def test_only_a_failed_report_is_built_again(officer: User):
    build = asked_for(officer)

    with pytest.raises(RuleBroken):
        requests.build_again(build, by=officer)

    build.refresh_from_db()
    assert build.state == BuildState.QUEUED


def test_somebody_elses_report_is_not_built_again(college_staff: User, officer: User):
    build = asked_for(officer)
    ReportBuild.objects.filter(pk=build.pk).update(state=BuildState.FAILED)

    with pytest.raises(PermissionDenied):
        requests.build_again(build, by=college_staff)

    build.refresh_from_db()
    assert build.state == BuildState.FAILED


def test_a_student_asks_for_no_report(student: User):
    with pytest.raises(PermissionDenied):
        ask(CampaignFactory(), student)

    assert not ReportBuild.objects.exists()


def test_the_sweep_gives_back_claims_of_dead_workers_and_rings_again(officer: User):
    dead, alive, waiting = asked_for(officer), asked_for(officer), asked_for(officer)
    running = {"state": BuildState.RUNNING, "attempts": 1}
    ReportBuild.objects.filter(pk=dead.pk).update(**running, claimed_at=NOW - timedelta(minutes=31))
    ReportBuild.objects.filter(pk=alive.pk).update(**running, claimed_at=NOW - timedelta(minutes=29))

    assert building.sweep(now=NOW) == [dead.pk, waiting.pk]

    dead.refresh_from_db()
    alive.refresh_from_db()
    assert (dead.state, dead.claimed_at, alive.state) == (BuildState.QUEUED, None, BuildState.RUNNING)


def test_the_sweep_gives_up_after_three_attempts_and_says_so(officer: User):
    campaign = CampaignFactory()
    build = asked_for(officer, campaign)
    ReportBuild.objects.filter(pk=build.pk).update(
        state=BuildState.RUNNING, claimed_at=NOW - timedelta(hours=1), attempts=3
    )

    assert building.sweep(now=NOW) == []

    build.refresh_from_db()
    assert (build.state, build.error) == (BuildState.FAILED, "The report was begun 3 times and never finished.")
    assert told(officer) == [f"The report could not be built: Campaign summary: {campaign}"]


def test_the_task_of_the_schedule_builds_what_waits(officer: User):
    build = asked_for(officer)

    sweep_builds.delay()

    build.refresh_from_db()
    assert build.state == BuildState.DONE


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker that nobody answers for, and a caller that has not noticed yet."""
    nowhere = Celery("nowhere", broker="redis://127.0.0.1:9/0", set_as_current=False)
    nowhere.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    nowhere.conf.task_publish_retry = settings.CELERY_TASK_PUBLISH_RETRY
    monkeypatch.setattr(ringing, "_quiet_until", 0.0)

    @nowhere.task(name="tests.build_nowhere")
    def build(build_id: int) -> None:
        raise AssertionError("nobody takes it")

    monkeypatch.setattr(requests, "build_task", build)


def test_a_stopped_broker_does_not_fail_the_request_and_the_sweep_builds_it_later(
    away: None, officer: User, django_capture_on_commit_callbacks, caplog: pytest.LogCaptureFixture
):
    with django_capture_on_commit_callbacks(execute=True):
        build = ask(CampaignFactory(), officer)

    build.refresh_from_db()
    assert build.state == BuildState.QUEUED
    assert caplog.messages == [f"The broker is away; tests.build_nowhere of {build.pk} waits for the sweep."]

    sweep_builds.delay()
    build.refresh_from_db()
    assert build.state == BuildState.DONE

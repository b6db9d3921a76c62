"""A report built by a real Celery worker, over the real broker."""

from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfReader

from accounts.choices import Role
from reports import building
from reports.choices import BuildState
from reports.models.builds import ReportBuild, folder_of
from reports.services.requests import cancel_report
from reports.tasks import build as build_task
from tests.factories.accounts import person
from tests.factories.partnerships import EnterpriseFactory
from tests.reports.asking import ask, ask_for
from tests.reports.world import one_of_everything
from tests.servers import RealWorker, SmtpServer, wait_until

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]


def test_a_worker_builds_the_report_and_its_mail_arrives(real_worker: RealWorker, smtp_server: SmtpServer):
    campaign = one_of_everything(2).campaign
    officer = person(Role.OFFICER, email="wang@school.example", joined_at=timezone.now())

    build = ask(campaign, officer, at=timezone.now(), language="zh-hans")

    wait_until(lambda: ReportBuild.objects.get(pk=build.pk).state == BuildState.DONE, within=60)
    wait_until(lambda: smtp_server.messages, within=60)
    build.refresh_from_db()
    assert (build.step, build.step_done, build.percent) == ("writing", build.step_total, 100)
    assert smtp_server.recipients == [["wang@school.example"]]
    with build.files.get(format="pdf").file.open("rb") as pdf:
        text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert str(date(2026, 11, 20).year) in text
    assert "访企拓岗专项行动" in text


def test_a_report_asked_for_while_no_worker_ran_is_built_when_one_comes(
    real_worker: RealWorker, smtp_server: SmtpServer
):
    real_worker.stop()
    officer = person(Role.OFFICER)
    build = ask(one_of_everything(1).campaign, officer, at=timezone.now())
    assert ReportBuild.objects.get(pk=build.pk).state == BuildState.QUEUED

    real_worker.start()

    wait_until(lambda: ReportBuild.objects.get(pk=build.pk).state == BuildState.DONE)


def test_a_worker_killed_in_the_middle_of_a_report_leaves_no_file_and_another_builds_it_once(
    real_worker: RealWorker, smtp_server: SmtpServer
):
    """It dies over the second of many pages; half an hour later the sweep gives the claim back."""
    for number in range(60):
        EnterpriseFactory(legal_name=f"成都第{number}有限公司")
    officer = person(Role.OFFICER, email="wang@school.example")
    build = ask_for("enterprise-files", officer, at=timezone.now(), language="zh-hans")
    row = ReportBuild.objects.filter(pk=build.pk)
    wait_until(lambda: row.filter(step="files", step_done__gte=2).exists())

    real_worker.kill()

    build.refresh_from_db()
    assert (build.state, build.attempts) == (BuildState.RUNNING, 1)
    row.update(claimed_at=timezone.now() - building.CLAIM_LASTS - timedelta(minutes=1))
    real_worker.start()
    for number in building.sweep(now=timezone.now()):
        build_task.delay(number)
    wait_until(lambda: row.filter(state=BuildState.DONE).exists())
    wait_until(lambda: smtp_server.messages)
    build.refresh_from_db()
    (file,) = build.files.all()
    assert (build.attempts, file.format) == (2, "zip")
    with file.file.open("rb") as content, ZipFile(content) as archive:
        assert len(archive.namelist()) == 61
    attempts, _files = default_storage.listdir(folder_of(build.pk))
    assert [default_storage.listdir(f"{folder_of(build.pk)}/{each}")[1] for each in attempts] == [["1.zip"]]
    assert len(smtp_server.messages) == 1


def test_a_report_is_cancelled_while_a_worker_builds_it(real_worker: RealWorker):
    for number in range(60):
        EnterpriseFactory(legal_name=f"成都第{number}有限公司")
    officer = person(Role.OFFICER)
    build = ask_for("enterprise-files", officer, at=timezone.now())
    row = ReportBuild.objects.filter(pk=build.pk)
    wait_until(lambda: row.filter(step="files", step_done__gte=2).exists())

    cancel_report(build, by=officer, at=timezone.now())

    wait_until(lambda: real_worker.times("reports.build") and "succeeded" in real_worker.log.read_text(), within=10)
    build.refresh_from_db()
    assert (build.state, build.files.count()) == (BuildState.CANCELLED, 0)

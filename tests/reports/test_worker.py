"""A report built by a real Celery worker, over the real broker."""

from datetime import date

import pytest
from django.utils import timezone
from pypdf import PdfReader

from accounts.choices import Role
from reports.choices import BuildState
from reports.models.builds import ReportBuild
from tests.factories.accounts import person
from tests.reports.asking import ask
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

"""A report is claimed, gathered, written as workbook and PDF, and handed over; twice rung, once built."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from typst import TypstError
from xlsxwriter.exceptions import XlsxWriterException

from core.pdf import render_pdf
from notifications.choices import Matter
from notifications.services.notifying import notify
from reports.choices import BuildState
from reports.models.builds import ReportBuild
from reports.selectors import campaign_report
from reports.workbook import campaign_workbook

CLAIM_LASTS = timedelta(minutes=30)
MOST_ATTEMPTS = 3
TEMPLATE = Path(settings.BASE_DIR) / "templates" / "reports" / "campaign_report.typ"
FILE_STEPS = 2


class ClaimLost(Exception):
    """Somebody else has this build now: the claim was given back while we worked."""


@dataclass(frozen=True)
class Claim:
    """This worker's hold on a build; each step is its own short transaction, so that others see it."""

    build_id: int
    at: datetime

    def plan(self, steps: int) -> None:
        self._update(total_steps=steps)

    def step(self) -> None:
        self._update(done_steps=F("done_steps") + 1)

    def end(self, state: BuildState, **fields: object) -> None:
        self._update(state=state, finished_at=timezone.now(), **fields)

    def _update(self, **fields: object) -> None:
        mine = ReportBuild.objects.filter(pk=self.build_id, state=BuildState.RUNNING, claimed_at=self.at)
        if not mine.update(**fields):
            raise ClaimLost


def build_report(build_id: int, *, now: datetime) -> bool:
    """Build a report that waits; False when it is not ours to build. Ready or failed, who asked is told."""
    waiting = ReportBuild.objects.filter(pk=build_id, state=BuildState.QUEUED)
    fresh = {"done_steps": 0, "total_steps": 0, "attempts": F("attempts") + 1, "error": ""}
    if not waiting.update(state=BuildState.RUNNING, claimed_at=now, **fresh):
        return False  # built already, or another worker has it
    build = ReportBuild.objects.select_related("campaign", "requested_by").get(pk=build_id)
    claim = Claim(build_id, now)
    try:
        with translation.override(build.language):
            _build(build, claim)
    except ClaimLost:
        _discard(build)
        return False
    except (OSError, TypstError, XlsxWriterException) as error:
        _discard(build)
        _fail(build, claim, error)
        return False
    return True


def _discard(build: ReportBuild) -> None:
    """Files that nobody will point to."""
    for file in (build.workbook, build.pdf):
        if file:
            file.delete(save=False)


def _build(build: ReportBuild, claim: Claim) -> None:
    now = claim.at
    gathering = campaign_report.Gathering(build.campaign, build.requested_by, now)
    claim.plan(gathering.steps + FILE_STEPS)
    for _part in gathering.gather():
        claim.step()
    contents = gathering.contents
    stem = f"campaign-{build.campaign_id}-{timezone.localtime(now):%Y%m%d}-{build.language}"
    build.workbook.save(f"{stem}.xlsx", ContentFile(campaign_workbook(contents)), save=False)
    claim.step()
    build.pdf.save(f"{stem}.pdf", ContentFile(render_pdf(TEMPLATE, contents.paper())), save=False)
    claim.step()
    with transaction.atomic():
        claim.end(BuildState.DONE, workbook=build.workbook.name, pdf=build.pdf.name)
        _tell(build, "emails/reports/ready.txt", at=now)


def _fail(build: ReportBuild, claim: Claim, error: Exception) -> None:
    with translation.override(build.language):
        text = _("The report could not be built: %(error)s") % {"error": error}
    with transaction.atomic():
        claim.end(BuildState.FAILED, error=text[:300])
        _tell(build, "emails/reports/failed.txt", at=claim.at)


def _tell(build: ReportBuild, template: str, *, at: datetime) -> None:
    notify(
        build.requested_by,
        key=f"report:{build.pk}:{at:%Y%m%dT%H%M%S}",
        matter=Matter.REPORT,
        template=template,
        context={"campaign": str(build.campaign)},
        link=reverse("reports:report", args=[build.pk]),
        at=at,
    )


def sweep(*, now: datetime) -> list[int]:
    """Give back claims older than 30 minutes, give up after three; returns the builds to ring for."""
    stuck = ReportBuild.objects.filter(state=BuildState.RUNNING, claimed_at__lt=now - CLAIM_LASTS)
    for build in stuck.filter(attempts__gte=MOST_ATTEMPTS).select_related("campaign", "requested_by"):
        _give_up(build, now=now)
    stuck.filter(attempts__lt=MOST_ATTEMPTS).update(state=BuildState.QUEUED, claimed_at=None)
    waiting = ReportBuild.objects.filter(state=BuildState.QUEUED).order_by("requested_at", "pk")
    return list(waiting.values_list("pk", flat=True))


def _give_up(build: ReportBuild, *, now: datetime) -> None:
    with translation.override(build.language):
        text = _("The report was begun %(count)s times and never finished.") % {"count": build.attempts}
    held = ReportBuild.objects.filter(pk=build.pk, state=BuildState.RUNNING, claimed_at=build.claimed_at)
    with transaction.atomic():
        if held.update(state=BuildState.FAILED, finished_at=now, error=text):
            _tell(build, "emails/reports/failed.txt", at=now)

"""A report is claimed, built by its kind and handed over: twice rung, once built; cancelled or killed, cleared away."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from typst import TypstError
from xlsxwriter.exceptions import XlsxWriterException

from accounts.models.people import User
from core.errors import RuleBroken
from notifications.choices import Matter
from notifications.services.notifying import notify
from reports.choices import BuildState
from reports.claims import Claim, ClaimLost
from reports.kinds.catalogue import KINDS
from reports.kinds.kind import CannotBuild
from reports.kinds.work import Work
from reports.models.builds import ReportBuild
from reports.services.snapshots import keep_reported
from reports.storing import clear_attempt, clear_files

CLAIM_LASTS = timedelta(minutes=30)
MOST_ATTEMPTS = 3
FRESH = {"step": "", "step_done": 0, "step_total": 0, "percent_done": 0, "error": ""}


def build_report(build_id: int, *, now: datetime) -> bool:
    """Build a report that waits; False when it is not ours to build. Ready or failed, who waits for it is told."""
    waiting = ReportBuild.objects.filter(pk=build_id, state=BuildState.QUEUED)
    if not waiting.update(state=BuildState.RUNNING, claimed_at=now, attempts=F("attempts") + 1, **FRESH):
        return False  # built already, cancelled, or another worker has it
    build = ReportBuild.objects.select_related("requested_by", "seen_as").get(pk=build_id)
    claim = Claim(build_id, now)
    try:
        with translation.override(build.language):
            _build(build, claim)
    except ClaimLost:
        clear_attempt(build)
        return False
    except RuleBroken as refusal:
        return _fail(build, claim, str(refusal))
    except (OSError, TypstError, XlsxWriterException) as error:
        with translation.override(build.language):
            return _fail(build, claim, _("The report could not be built: %(error)s") % {"error": error})
    return True


def _build(build: ReportBuild, claim: Claim) -> None:
    clear_files(build.pk)  # what an attempt that was killed left behind
    kind = KINDS.get(build.kind)
    if kind is None:
        raise CannotBuild(_("Reports of this kind are no longer built."))
    if not (allowed := kind.may_build(build.seen_as)):
        raise CannotBuild(allowed.reason)
    on = timezone.localdate(build.requested_at)
    form = kind.form(build.parameters, user=build.seen_as, on=on)
    if not form.is_valid():
        raise CannotBuild(form.why_not(build.filters))
    work = Work(build, kind, form, claim)
    kind.build(work)
    with transaction.atomic():
        claim.end(BuildState.DONE, percent_done=100)
        work.finish()
        keep_reported(work)
        for reader in build.readers.order_by("pk") if build.schedule_id else [build.requested_by]:
            _tell(build, reader, "emails/reports/ready.txt", at=claim.at)


def _fail(build: ReportBuild, claim: Claim, text: str) -> bool:
    clear_attempt(build)
    try:
        with transaction.atomic():
            claim.end(BuildState.FAILED, error=text[:300])
            build.error = text[:300]
            _tell(build, build.requested_by, "emails/reports/failed.txt", at=claim.at)
    except ClaimLost:
        pass  # cancelled, or with another worker, while we failed
    return False


def _tell(build: ReportBuild, reader: User, template: str, *, at: datetime) -> None:
    """A link, never the file: what people may read stays behind the sign-in."""
    with translation.override(reader.language):
        filters = " · ".join(value for _name, _label, value in build.filters)
        name = str(KINDS[build.kind].name) if build.kind in KINDS else build.kind
    notify(
        reader,
        key=f"report:{build.pk}:{at:%Y%m%dT%H%M%S}",
        matter=Matter.REPORT,
        template=template,
        context={"report": f"{name}: {filters}" if filters else name, "why": build.error},
        link=reverse("reports:report", args=[build.pk]),
        at=at,
    )


def sweep(*, now: datetime) -> list[int]:
    """Give back claims older than 30 minutes, give up after three; returns the builds to ring for."""
    stuck = ReportBuild.objects.filter(state=BuildState.RUNNING, claimed_at__lt=now - CLAIM_LASTS)
    for build in stuck.filter(attempts__gte=MOST_ATTEMPTS).select_related("requested_by"):
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
            build.error = text
            _tell(build, build.requested_by, "emails/reports/failed.txt", at=now)
    clear_files(build.pk)

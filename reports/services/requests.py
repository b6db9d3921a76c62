"""Asking for a report, cancelling and deleting it: the row is stored first, a worker builds it afterwards.

Like in notifications the service stands above the task, since it rings it: services.requests → tasks → building.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from notifications.ringing import ring
from reports import rules
from reports.building import FRESH
from reports.choices import UNDER_WAY, BuildState
from reports.kinds.kind import Kind, digest_of
from reports.models.builds import ReportBuild
from reports.storing import clear_files
from reports.tasks import build as build_task

AGAIN = (BuildState.FAILED, BuildState.CANCELLED)


@transaction.atomic
def request_report(kind: Kind, parameters: dict[str, Any], *, by: User, at: datetime, language: str) -> ReportBuild:
    """Queue a report; the same while one is under way is that one. Raises RuleBroken for filters that make no sense."""
    kind.may_build(by).or_raise()
    form = kind.form(parameters, user=by, on=timezone.localdate(at))
    if not form.is_valid():
        raise RuleBroken(form.why_not([]))
    asked = form.parameters
    build, is_new = ReportBuild.objects.under_way().get_or_create(
        digest=digest_of(kind.slug, asked, language),
        requested_by=by,
        seen_as=by,
        defaults={
            "kind": kind.slug, "parameters": asked, "words": form.words_by_language, "language": language,
            "requested_at": at,
        },
    )  # fmt: skip
    if is_new:
        transaction.on_commit(partial(ring, build_task, build.pk))
    return build


@transaction.atomic
def build_again(build: ReportBuild, *, by: User) -> ReportBuild:
    """Queue a report that failed or was cancelled once more; raises RuleBroken for another."""
    build = ReportBuild.objects.select_for_update().get(pk=build.pk)
    rules.can_build_again(by, build).or_raise()
    if build.state not in AGAIN:
        raise RuleBroken(_("Only a report that failed or was cancelled can be built again."))
    same = ReportBuild.objects.under_way().filter(
        requested_by=build.requested_by_id, seen_as=build.seen_as_id, digest=build.digest
    )
    if same.exists():
        raise RuleBroken(_("The same report is under way already."))
    fresh = {**FRESH, "state": BuildState.QUEUED, "attempts": 0, "claimed_at": None, "finished_at": None,
        "cancelled_by": None}  # fmt: skip
    ReportBuild.objects.filter(pk=build.pk).update(**fresh)
    build.refresh_from_db()
    transaction.on_commit(partial(ring, build_task, build.pk))
    return build


@transaction.atomic
def cancel_report(build: ReportBuild, *, by: User, at: datetime) -> ReportBuild:
    """Stop a report: one that waits at once, one that is being built at its next step, its files are discarded.

    Raises RuleBroken for one that is over.
    """
    build = ReportBuild.objects.select_for_update().get(pk=build.pk)
    rules.can_cancel(by, build).or_raise()
    if build.state == BuildState.CANCELLED:
        raise RuleBroken(_("The report is cancelled already."))
    if build.state not in UNDER_WAY:
        raise RuleBroken(_("The report is over; there is nothing to cancel."))
    build.state, build.cancelled_by, build.finished_at = BuildState.CANCELLED, by, at
    build.save(update_fields=["state", "cancelled_by", "finished_at"])
    return build


@transaction.atomic
def delete_report(build: ReportBuild, *, by: User) -> None:
    """The row and its files; raises RuleBroken for one that is under way."""
    build = ReportBuild.objects.select_for_update().get(pk=build.pk)
    rules.can_delete(by, build).or_raise()
    if build.state in UNDER_WAY:
        raise RuleBroken(_("The report is being built; cancel it first."))
    number = build.pk
    files = list(build.files.all())
    build.delete()

    def discard() -> None:
        for row in files:
            if row.file:
                row.file.delete(save=False)
        clear_files(number)

    transaction.on_commit(discard)

"""Asking for a report: the row is stored first, a worker builds it afterwards.

Like in notifications the service stands above the task, since it rings it: services.requests → tasks → building.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from notifications.ringing import ring
from reports import rules
from reports.choices import BuildState
from reports.models.builds import ReportBuild
from reports.tasks import build as build_task
from visits.models.campaigns import Campaign


@transaction.atomic
def request_campaign_report(campaign: Campaign, *, by: User, at: datetime, language: str) -> ReportBuild:
    """Queue the report of a campaign; whoever asked is told when it is ready."""
    rules.can_request(by).or_raise()
    build = ReportBuild.objects.create(campaign=campaign, language=language, requested_by=by, requested_at=at)
    transaction.on_commit(partial(ring, build_task, build.pk))
    return build


@transaction.atomic
def build_again(build: ReportBuild, *, by: User) -> ReportBuild:
    """Queue a failed report once more; raises RuleBroken for one that did not fail."""
    build = ReportBuild.objects.select_for_update().get(pk=build.pk)
    rules.can_build_again(by, build).or_raise()
    if build.state != BuildState.FAILED:
        raise RuleBroken(_("Only a report that failed can be built again."))
    build.state, build.error, build.attempts = BuildState.QUEUED, "", 0
    build.done_steps, build.total_steps, build.claimed_at = 0, 0, None
    build.save(update_fields=["state", "error", "attempts", "done_steps", "total_steps", "claimed_at"])
    transaction.on_commit(partial(ring, build_task, build.pk))
    return build

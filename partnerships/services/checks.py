"""Looking an enterprise up where it is registered: a dated check, kept with a picture of what it said."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock
from partnerships import rules
from partnerships.changes import differences, snapshot
from partnerships.choices.enterprises import CheckResult, CheckSource, CreditCodeState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import CreditCheck, Enterprise
from partnerships.services import timeline
from partnerships.services.enterprises import state_of


@transaction.atomic
def record_check(
    enterprise: Enterprise,
    *,
    source: CheckSource,
    result: CheckResult,
    checked_on: date,
    by: User,
    at: datetime,
    note: str = "",
    screenshot: File[Any] | None = None,
) -> CreditCheck:
    """Keep what an official source said; name and code that agree make the code verified, anything else unmakes it.

    A code that fails the sum of GB 32100-2015 can be verified too: old and foreign registrations exist.
    Raises RuleBroken for a day to come, and for agreement without a code to agree with.
    """
    enterprise = lock(enterprise)
    rules.can_change_enterprise(by, enterprise).or_raise()
    if checked_on > timezone.localdate(at):
        raise RuleBroken(_("A check cannot have been made on a day to come."))
    if result == CheckResult.MATCHES and not enterprise.credit_code:
        raise RuleBroken(_("There is no credit code on file to agree with. Enter it first."))
    check = CreditCheck(
        enterprise=enterprise, source=source, result=result, checked_on=checked_on, note=note,
        code=enterprise.credit_code, by=by, at=at,
    )  # fmt: skip
    if screenshot is not None:
        check.screenshot.save(screenshot.name or "screenshot", screenshot, save=False)
    check.full_clean()
    check.save()
    before = snapshot(enterprise, ["credit_code_state"])
    _restate(enterprise)
    timeline.record(
        enterprise, TimelineKind.CODE_CHECKED, by=by, at=at, text=f"{enterprise.credit_code} {note}".strip(),
        detail=str(result), changes=differences(enterprise, before),
    )  # fmt: skip
    return check


def _restate(enterprise: Enterprise) -> None:
    """Let the newest check of the present code say how the code stands."""
    newest = enterprise.checks.filter(code=enterprise.credit_code).first()
    state = state_of(enterprise.credit_code)
    if newest and enterprise.credit_code:
        good = newest.result in (CheckResult.MATCHES, CheckResult.ABNORMAL)
        state = CreditCodeState.VERIFIED if good else CreditCodeState.UNVERIFIED
    if state != enterprise.credit_code_state:
        enterprise.credit_code_state = state
        enterprise.save(update_fields=["credit_code_state", "updated_at"])

"""The office reads a report: it gives it back with a remark, or closes it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock
from partnerships.choices.timeline import TimelineKind
from visits import rules
from visits.choices import VisitState
from visits.models.reports import ReportReturn
from visits.models.visits import Visit
from visits.selectors.doubts import add_doubts, with_what_is_checked
from visits.services import planning, remarks, telling


@transaction.atomic
def return_report(visit: Visit, *, remark: str, by: User, at: datetime, version: int | None = None) -> ReportReturn:
    """Give a report back to who wrote it, with what is to be put right; it stays reported.

    Raises RuleBroken without a remark, while one is open, and where somebody checked it meanwhile.
    """
    visit = _to_check(visit, version)
    rules.can_return(by).or_raise()
    if not remark.strip():
        raise RuleBroken(_("Say what is to be put right."), field="remark")
    returned = ReportReturn.objects.create(visit=visit, remark=remark.strip(), by=by, at=at)
    telling.on_timeline(visit, TimelineKind.VISIT_RETURNED, by=by, at=at, text=returned.remark[:300])
    remarks.tell_reporter(returned, by=by, at=at)
    return returned


@transaction.atomic
def check_report(
    visit: Visit, *, by: User, at: datetime, version: int | None = None, accepts_doubts: bool = False, note: str = ""
) -> Visit:
    """Close a report as checked. Of two people one wins and the other is told who.

    Raises RuleBroken while doubts stand that nobody weighed, and while the report is returned.
    """
    visit = _to_check(visit, version)
    rules.can_check(by, visit).or_raise()
    doubts = add_doubts(list(with_what_is_checked(Visit.objects.filter(pk=visit.pk))))[0].doubts  # type: ignore[attr-defined]
    if doubts and not accepts_doubts:
        raise RuleBroken(
            _("Doubts stand: %(doubts)s Say that you have weighed them, or return the report.")
            % {"doubts": " ".join(doubt.text for doubt in doubts)},
            field="accepts_doubts",
        )
    planning.move(visit, VisitState.CHECKED, by=by, at=at, note=note.strip())
    return visit


def _to_check(visit: Visit, version: int | None) -> Visit:
    """The locked visit, reported and not returned; says who was first."""
    visit = lock(visit)
    if visit.state == VisitState.CHECKED:
        last = visit.moves.filter(state=VisitState.CHECKED).select_related("by").last()
        if last is not None:
            when = date_format(timezone.localtime(last.at), "SHORT_DATETIME_FORMAT")
            raise RuleBroken(_("%(name)s checked this report already, %(when)s.") % {"name": last.by, "when": when})
    if visit.state != VisitState.REPORTED:
        raise RuleBroken(_("There is no report to check."))
    returned = visit.returns.filter(answered_at=None).select_related("by").first()
    if returned is not None:
        raise RuleBroken(
            _("%(name)s returned this report on %(day)s; it waits for its answer.")
            % {"name": returned.by, "day": date_format(timezone.localtime(returned.at), "SHORT_DATE_FORMAT")}
        )
    return lock(visit, version=version)

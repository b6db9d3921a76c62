"""What the page of a visit says and offers once its report is on file."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models.people import User
from visits import rules
from visits.choices import REPORTED, TOOK_PLACE, VisitState
from visits.models.visits import Visit
from visits.selectors import checking
from visits.selectors.came_of_it import use_of


def after_report(user: User, visit: Visit, *, on: date) -> dict[str, Any]:
    """Remarks, changes after the check, places promised and filled; reads what the page has fetched."""
    remark, took_place = checking.open_remark(visit), visit.state in TOOK_PLACE
    is_to_check = visit.state == VisitState.REPORTED and remark is None
    return {
        "remark": remark,
        "remarks": checking.remarks_of(visit),
        "amendments": checking.changes_of(visit),
        "use": use_of(visit) if took_place else None,
        "may_correct": rules.can_correct(user, visit, is_returned=remark is not None),
        "may_check": is_to_check and rules.can_check(user, visit),
        "may_call_off": visit.state in REPORTED and user.is_office,
        "may_follow_up": took_place and rules.can_follow_up(user, visit),
        "may_link": took_place and rules.can_link(user, visit),
    }

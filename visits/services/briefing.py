"""What is written down before a visit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models.people import User
from core.saving import lock, save
from partnerships.changes import differences, snapshot
from partnerships.choices.timeline import TimelineKind
from visits import rules
from visits.models.visits import Visit
from visits.services import telling


@transaction.atomic
def write_questions(visit: Visit, *, version: int | None, questions: str, by: User, at: datetime) -> Visit:
    """The questions to ask, one a line; none brings back those that the file suggests. Raises StaleEdit."""
    visit = lock(visit, version=version)
    rules.can_ask(by, visit).or_raise()
    before = snapshot(visit, ["questions"])
    visit.questions = "\n".join(line.strip() for line in questions.splitlines() if line.strip())
    changes = differences(visit, before)
    if changes:
        save(visit)
        telling.on_timeline(visit, TimelineKind.VISIT_CHANGED, by=by, at=at, changes=changes)
    return visit

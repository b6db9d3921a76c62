"""What the platform asks of a visit and its report did not say, entered afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models.people import User
from core.saving import lock, save
from ledger import rules
from ledger.selectors.lines import Line
from partnerships.changes import differences, snapshot
from partnerships.choices.agreements import Side
from partnerships.choices.timeline import TimelineKind
from visits.choices import ParticipantPart
from visits.models.visits import Participant, ResultForm, Visit
from visits.services import planning, telling


@transaction.atomic
def complete_visit(
    visit: Visit,
    *,
    version: int | None = None,
    result_form: ResultForm | None,
    leader_title: str | None = None,
    host: str = "",
    host_title: str | None = None,
    by: User,
    at: datetime,
) -> Visit:
    """Say the form of result, the positions, and who received us; None leaves a position. Raises StaleEdit.

    None of it moves a figure.
    """
    rules.can_upload(by).or_raise()
    visit = lock(visit, version=version)
    before = snapshot(visit, ["result_form"])
    visit.result_form = result_form
    save(visit)
    line = Line(1, visit, None, at.date())
    if line.leader is not None:
        _title(line.leader, leader_title)
    if line.host is not None:
        _title(line.host, host_title, name=host)
    elif host:
        planning.add_participant(
            visit, side=Side.ENTERPRISE, name=host, title=host_title or "", part=ParticipantPart.CHAIRS, by=by
        )
    telling.on_timeline(visit, TimelineKind.VISIT_CHANGED, by=by, at=at, changes=differences(visit, before))
    return visit


def _title(person: Participant, title: str | None, *, name: str = "") -> None:
    """A name is changed of guests without an entry among the contacts alone: there it belongs to the contact."""
    person.title = person.title if title is None else title
    if name and person.contact_id is None:
        person.name = name
    person.full_clean()
    person.save()

"""What an enterprise said that it looks for becomes its needs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships import rules as partnership_rules
from partnerships.choices.needs import NeedKind, NeedSource
from partnerships.models.needs import Need
from partnerships.services.needs import record_need
from surveys.models.answers import Answer, DemandLine


@transaction.atomic
def take_over_needs(answer: Answer, *, by: User, at: datetime) -> list[Need]:
    """Every line that is not taken over yet becomes a need, linked to the visit it came of. Raises RuleBroken."""
    partnership_rules.can_keep_file(by).or_raise()
    rows = DemandLine.objects.select_for_update(of=("self",)).select_related("major")
    lines = list(rows.filter(answer=answer, taken_over_at=None))
    if answer.enterprise is None or not lines:
        raise RuleBroken(_("What this answer asks for was taken over already."))
    visit = answer.invitation.visit if answer.invitation else None
    needs = []
    for line in lines:
        fields = {
            "kind": NeedKind.RECRUIT, "description": _described(line), "headcount": line.number,
            "monthly_pay": line.monthly_pay, "source": NeedSource.VISIT if visit else NeedSource.ENTERPRISE,
        }  # fmt: skip
        line.need = record_need(
            answer.enterprise, fields=fields, majors=[line.major] if line.major else [], by=by, at=at
        )
        line.taken_over_at = at
        line.save(update_fields=["need", "taken_over_at"])
        needs.append(line.need)
    if visit is not None:
        visit.needs.add(*needs)
    return needs


def _described(line: DemandLine) -> str:
    """In the words of the record: major or post, and the level."""
    level = line.get_level_display() if line.level else ""
    return " · ".join(str(part) for part in (line.major, line.wanted, level) if part)[:300]

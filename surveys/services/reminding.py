"""One reminder to whoever was asked some days ago and has not answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from notifications.services import write_to_many
from partnerships.choices.links import REMINDER
from partnerships.choices.timeline import TimelineKind
from surveys.models.asking import Invitation
from surveys.reminders import to_remind_of
from surveys.services.asking import tell
from surveys.services.letters import make_link


def queue(*, now: datetime) -> int:
    """Write the reminders that should exist by now; returns how many are new. Two runs at once remind nobody twice."""
    return sum(_remind(pk, now=now) for pk in to_remind_of(now).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int, *, now: datetime) -> bool:
    Invitation.objects.select_for_update().get(pk=pk)
    invitation = to_remind_of(now).select_related("survey", "enterprise").filter(pk=pk).first()
    if invitation is None:
        return False
    invitation.reminded_at = now
    invitation.save(update_fields=["reminded_at"])
    holding = invitation.links.filter(ended="").first()
    expires_at = holding.expires_at if holding else None
    _link, letter = make_link(invitation, at=now, note=REMINDER, expires_at=expires_at)
    write_to_many([letter], at=now)
    tell(invitation, TimelineKind.SURVEY_SENT, by=None, at=now, detail=REMINDER)
    return True

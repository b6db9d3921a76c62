"""One reminder to whoever was asked some days ago and has not answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from notifications.models import OutgoingMessage
from partnerships.choices.agreements import SignatureWay
from partnerships.choices.links import REMINDER
from signing.models import SigningRequest
from signing.reminders import requests_to_remind_of
from signing.services.letters import deliver
from signing.services.requests import lock_request
from signing.services.telling import tell


def queue(*, now: datetime) -> int:
    """Write the reminders that should exist by now; returns how many are new. Two runs at once remind nobody twice."""
    due = list(requests_to_remind_of(now).select_related("agreement"))
    keys = {f"signing:{row.pk}:{REMINDER}:{row.sent_at:%Y%m%dT%H%M%S}": row for row in due}
    told = set(OutgoingMessage.objects.filter(key__in=keys).values_list("key", flat=True))
    return sum(_remind(row, now=now) for key, row in keys.items() if key not in told)


@transaction.atomic
def _remind(request: SigningRequest, *, now: datetime) -> bool:
    request = lock_request(request)
    if not requests_to_remind_of(now).filter(pk=request.pk).exists():
        return False
    expires_at = request.link.expires_at if request.way == SignatureWay.LINK and request.link else None
    verification = request.agreement.verification
    is_new = deliver(request, verification, by=None, at=now, note=REMINDER, expires_at=expires_at)
    if is_new:
        tell(request.agreement, request.party, REMINDER, text=request.name, by=None, at=now)
    return is_new

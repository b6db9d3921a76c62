"""One reminder to whoever was asked some days ago and has not answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from notifications.choices import Matter
from notifications.occasions import Rule
from notifications.selectors.reminding import occasion_of
from notifications.terms import Terms
from partnerships.choices.agreements import SignatureWay
from partnerships.choices.links import REMINDER
from signing.models import SigningRequest
from signing.reminders import silent_requests
from signing.services.letters import deliver
from signing.services.requests import lock_request
from signing.services.telling import tell


@transaction.atomic
def remind(subject_id: int, now: datetime) -> int:
    """Write to one signer, with a new link that holds as long; returns how many are told. Two runs at once remind
    nobody twice.
    """
    request = lock_request(SigningRequest.objects.select_related("agreement").get(pk=subject_id))
    if occasion_of("signing.request", subject_id, now=now) is None:
        return 0
    expires_at = request.link.expires_at if request.way == SignatureWay.LINK and request.link else None
    verification = request.agreement.verification
    is_new = deliver(request, verification, by=None, at=now, note=REMINDER, expires_at=expires_at)
    if is_new:
        tell(request.agreement, request.party, REMINDER, text=request.name, by=None, at=now)
    return int(is_new)


RULES = (
    Rule(
        slug="signing.request",
        name=_("Agreement to be signed"),
        about=_("Somebody who was asked to sign has not answered; the reminder has a new link."),
        matter=Matter.AGREEMENT,
        terms=Terms(marks=(7,), until=30, audiences=("signer",)),
        audiences={"signer": _("Who is asked to sign")},
        find=silent_requests,
        write=remind,
    ),
)

"""Who hears of what happens while an agreement is signed: the timelines, and the agreement's owner."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from accounts.models.people import User
from notifications.choices import Matter
from notifications.services.notifying import notify
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement, AgreementParty
from partnerships.services import timeline
from signing.models import SigningRequest


def tell(
    agreement: Agreement, party: AgreementParty | None, code: str, *, text: str, by: User | None, at: datetime
) -> None:
    """An entry in the file of the agreement's first enterprise, and of the party's own."""
    files = {agreement.enterprise_id: agreement.enterprise}
    if party is not None and party.enterprise is not None:
        files[party.enterprise.pk] = party.enterprise
    link = reverse("signing:signing", args=[agreement.pk])
    for enterprise in files.values():
        timeline.record(
            enterprise, TimelineKind.AGREEMENT_SIGNING, by=by, at=at, text=f"{agreement.title}: {text}", detail=code,
            link=link,
        )  # fmt: skip


def tell_owner(
    request: SigningRequest, what: str, *, key: str, by: User | None, at: datetime, more: str = "", all_signed: bool
) -> None:
    """One message to the agreement's owner, who need not be told of what they did."""
    agreement = request.agreement
    owner = agreement.owner
    if owner is None or (by is not None and owner.pk == by.pk):
        return
    with translation.override(owner.language):
        party = str(request.party)
    notify(
        owner,
        key=key,
        matter=Matter.AGREEMENT,
        template="emails/signing/happened.txt",
        context={
            "what": what, "name": request.name, "party": party, "title": agreement.title, "more": more,
            "all_signed": all_signed, "signed_on": agreement.signed_on,
        },
        at=at,
        link=reverse("signing:signing", args=[agreement.pk]),
    )  # fmt: skip

"""Telling an enterprise what became of the posting that it offered: what it knows is compared with what is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation

from desk.models.requests import PostingOffer
from desk.selectors.links import is_withdrawn
from desk.services.letters import Occasion
from desk.services.requests import send_for
from notifications.choices import Matter
from notifications.services.letters import Letter, write_to
from partnerships.choices.links import RETURNED
from partnerships.services.links import Addressee, as_addressee
from placements.choices import PostingState

DECIDED = (PostingState.PUBLISHED, PostingState.DRAFT, PostingState.REJECTED, PostingState.WITHDRAWN)
TEMPLATE = "emails/desk/decided.txt"


def tell_decisions(*, now: datetime) -> int:
    """Write of every offer whose posting stands elsewhere than its enterprise knows; how many letters."""
    changed = PostingOffer.objects.exclude(told=F("posting__state")).order_by("pk").values_list("pk", flat=True)
    return sum(_tell(pk, now=now) for pk in list(changed))


@transaction.atomic
def _tell(pk: int, *, now: datetime) -> bool:
    """Once, even where two do it at the same time."""
    offers = PostingOffer.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk)
    related = ("posting__enterprise", "posting__offered_by", "request__contact", "request__enterprise")
    offer = offers.select_related(*related).first()
    if offer is None or offer.told == offer.posting.state:
        return False
    offer.told = offer.posting.state
    offer.save(update_fields=["told"])
    to = _addressee(offer, now=now)
    return offer.told in DECIDED and to is not None and _write(offer, to, now=now)


def _addressee(offer: PostingOffer, *, now: datetime) -> Addressee | None:
    """Whoever has the link by which it came, else the contact who offered it; nobody who has left."""
    request, contact = offer.request, offer.posting.offered_by
    if request is not None:
        contact = request.contact
        if contact is None:
            return Addressee(request.name, request.email, request.language)
    if contact is None or not contact.email or contact.has_left(timezone.localdate(now)):
        return None
    return as_addressee(contact)


def _write(offer: PostingOffer, to: Addressee, *, now: datetime) -> bool:
    """With a link to correct it, where it was sent back to somebody who came by link."""
    posting, request = offer.posting, offer.request
    with translation.override(to.language):
        context: dict[str, object] = {
            "name": to.name, "posting": str(posting), "enterprise": str(posting.enterprise), "state": posting.state,
            "reason": posting.reason,
        }  # fmt: skip
    key = f"offer:{offer.pk}:{posting.state}:{posting.version}"
    is_closed = posting.enterprise.archived_at is not None
    if posting.state == PostingState.DRAFT and request and not is_closed and not is_withdrawn(request):
        send_for(request, occasion=Occasion(TEMPLATE, key, context=context), note=RETURNED, at=now)
        return True
    letter = write_to(Letter(
        name=to.name, address=to.email, language=to.language, key=key, matter=Matter.POSTING,
        template=TEMPLATE, context=context, link="" if request else reverse("desk:posting", args=[posting.pk]),
        enterprise_id=posting.enterprise_id,
    ), at=now)  # fmt: skip
    return letter is not None

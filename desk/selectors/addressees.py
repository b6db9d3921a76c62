"""Who at an enterprise is written to about the applicants of a posting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from desk.models.requests import DeskRequest
from partnerships.choices.links import LinkPurpose
from partnerships.models.contacts import Contact
from placements.models.postings import Posting


def contacts_of(postings: Sequence[Posting], *, on: date) -> dict[int, Contact]:
    """Whoever was shown the applicants last, else the posting's own contact, else the enterprise's first one, each
    while they work there and have an address; two queries. Reads posting.contact.
    """
    shown = _shown(postings, on=on)
    first = {
        contact.enterprise_id: contact
        for contact in Contact.objects.current(on)
        .filter(enterprise__in={posting.enterprise_id for posting in postings}, is_primary=True)
        .exclude(email="")
        .order_by("pk")
    }
    found = {}
    for posting in postings:
        named = posting.contact if posting.contact and not posting.contact.has_left(on) else None
        contact = shown.get(posting.pk) or (named if named and named.email else first.get(posting.enterprise_id))
        if contact is not None:
            found[posting.pk] = contact
    return found


def _shown(postings: Sequence[Posting], *, on: date) -> dict[int, Contact]:
    there = Q(contact__to_on__isnull=True) | Q(contact__to_on__gte=on)
    rows = DeskRequest.objects.filter(
        there, posting__in=postings, purpose=LinkPurpose.SEE_APPLICANTS, contact__isnull=False
    )
    last_first = rows.exclude(contact__email="").select_related("contact").order_by("-asked_at", "-pk")
    return {row.posting_id: row.contact for row in reversed(last_first) if row.posting_id and row.contact}

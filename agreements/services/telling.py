"""Each enterprise among the parties of an agreement hears what happens to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from accounts.models.people import User
from partnerships.changes import Change
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline


def tell(
    agreement: Agreement,
    kind: TimelineKind,
    *,
    by: User | None,
    at: datetime,
    detail: str,
    changes: list[Change] | None = None,
    also: Collection[int | None] = (),
) -> None:
    """Write the entry on the timeline of every enterprise among the parties, and of `also` (those that just left).

    A party whose file was merged into that of another party is told by the kept file alone.
    """
    link = reverse("agreements:agreement", args=[agreement.pk])
    named = Q(pk=agreement.enterprise_id) | Q(pk__in=[pk for pk in also if pk])
    party = Q(pk__in=agreement.parties.values("enterprise"), merged_into__isnull=True)
    for enterprise in Enterprise.objects.filter(named | party).order_by("pk"):
        timeline.record(enterprise, kind, by=by, at=at, text=agreement.title, detail=detail, link=link, changes=changes)

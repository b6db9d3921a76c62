"""Postings that a person looks after today."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from partnerships.selectors.handover import Duty
from placements import rules
from placements.choices import PostingState
from placements.models.postings import Posting

ON_THE_WAY = (PostingState.DRAFT, PostingState.IN_REVIEW, PostingState.REJECTED)


def _postings(on: date) -> QuerySet[Posting]:
    """Not yet published, or published and not past their closing day."""
    published = Q(state=PostingState.PUBLISHED, closes_on__gte=on)
    return Posting.objects.filter(Q(state__in=ON_THE_WAY) | published).prefetch_related("majors")


DUTIES = (
    Duty(
        "posting",
        _("Postings on the way or open"),
        Posting,
        "created_by",
        _postings,
        page="placements:posting",
        title="title",
        day="closes_on",
        can_take=rules.can_look_after,
    ),
)

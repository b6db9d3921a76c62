"""Saying by one click that something came of a visit, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement
from partnerships.models.needs import Need
from placements.models.postings import Posting
from visits import rules
from visits.choices import TOOK_PLACE
from visits.models.visits import Visit
from visits.services import links, telling

Record = Agreement | Posting | Need


@transaction.atomic
def say_it_came(visit: Visit, record: Record, *, by: User, at: datetime) -> bool:
    """Link a record to its visit and tell the file; saying it twice changes nothing and answers no."""
    rules.can_link(by, visit).or_raise()
    if visit.state not in TOOK_PLACE:
        raise RuleBroken(_("Nothing can have come of a visit that has not taken place."))
    if record.visits.filter(pk=visit.pk).exists():
        return False
    if isinstance(record, Agreement):
        links.link_agreement(visit, record, by=by, at=at)
    elif isinstance(record, Posting):
        links.link_posting(visit, record, by=by, at=at)
    else:
        links.link_need(visit, record, by=by, at=at)
    telling.on_timeline(visit, TimelineKind.VISIT_CHANGED, by=by, at=at, text=f"→ {record}"[:300])
    return True


@transaction.atomic
def take_it_back(visit: Visit, record: Record, *, by: User, at: datetime) -> bool:
    """It did not come of this visit after all."""
    rules.can_link(by, visit).or_raise()
    if not record.visits.filter(pk=visit.pk).exists():
        return False
    record.visits.remove(visit)
    telling.on_timeline(visit, TimelineKind.VISIT_CHANGED, by=by, at=at, text=f"✕ {record}"[:300])
    return True

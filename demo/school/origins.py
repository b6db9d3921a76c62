"""What came of a visit came after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from demo.school.world import Partner, World
from partnerships.models.agreements import Agreement
from placements.models.postings import Posting
from visits.models.visits import Visit

SOON = timedelta(days=90)


def visited_before(partners: list[Partner], *, on: date) -> list[Partner]:
    """Those of whom a visit in the months before a day is on file."""
    visits = Visit.objects.took_place().filter(starts_on__range=(on - SOON, on))
    visited = set(visits.values_list("enterprise", flat=True))
    return [partner for partner in partners if partner.record.pk in visited]


def link_to_earlier_visit(world: World, record: Agreement | Posting, link: Callable[..., Any], *, on: date) -> None:
    """Link what was drafted on a day to the latest visit to its enterprise in the months before, where there is one."""
    visits = Visit.objects.took_place().filter(enterprise_id=record.enterprise_id)
    visit = visits.filter(starts_on__range=(on - SOON, on)).first()
    if visit is not None:
        link(visit, record, by=world.officer, at=world.at(on))

"""The way back: of which visits a record came. Named in settings.CAME_OF, so that lower apps need no import."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from accounts.models.people import User
from partnerships.choices.needs import NeedSource
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.needs import Need
from placements.models.postings import Posting
from visits.models.visits import Visit

LINKS: dict[type[Model], tuple[Any, str]] = {
    Need: (Visit.needs.through, "need"),
    Agreement: (Visit.agreements.through, "agreement"),
    Commitment: (Visit.commitments.through, "commitment"),
    Posting: (Visit.postings.through, "posting"),
}


def visits_behind(user: User, records: Iterable[Model]) -> dict[int, list[tuple[Any, int]]]:
    """Day and number of the visits that each of some records of one kind came of; one query.

    A need that was learnt elsewhere is not asked about.
    """
    rows = [row for row in records if not isinstance(row, Need) or row.source == NeedSource.VISIT]
    if not rows or type(rows[0]) not in LINKS:
        return {}
    through, name = LINKS[type(rows[0])]
    visible = Visit.objects.visible_to(user).order_by().values("pk")
    found: dict[int, list[tuple[Any, int]]] = {}
    links = through._default_manager.filter(**{f"{name}__in": [row.pk for row in rows]}, visit__in=visible)
    for pk, day, visit in links.order_by("visit__starts_on", "visit").values_list(
        f"{name}_id", "visit__starts_on", "visit"
    ):
        found.setdefault(pk, []).append((day, visit))
    return found

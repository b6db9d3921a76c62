"""What the page of a report knows before anything is typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from accounts.models.people import User
from partnerships.choices.needs import ASKS_FOR_PEOPLE
from partnerships.models.needs import Need
from visits.models.reports import ReportDraft
from visits.models.visits import Visit
from visits.selectors import people_named
from visits.selectors.choices import people_of_staff

MOST_MAJORS = 6


@dataclass
class Known:
    """Who may be named, who may be asked to do something, and which majors the enterprise looks for."""

    people: list[people_named.Known] = field(default_factory=list)
    staff: list[User] = field(default_factory=list)
    majors: list[int] = field(default_factory=list)


def known_of(visit: Visit, *, on: date) -> Known:
    """Four queries."""
    staff = [person for person, _leads in people_of_staff(on=on)]
    needs = Need.objects.open().filter(enterprise=visit.enterprise_id, kind__in=ASKS_FOR_PEOPLE, majors__isnull=False)
    majors = list(dict.fromkeys(needs.order_by("pk", "majors__code").values_list("majors", flat=True)))
    return Known(people_named.known_people(visit.enterprise, staff, on=on), staff, majors[:MOST_MAJORS])


def draft_of(visit: Visit) -> ReportDraft | None:
    """With its photos; two queries where there is one."""
    return ReportDraft.objects.select_related("saved_by").prefetch_related("photos").filter(visit=visit).first()

"""The visits of a scope; every figure about visits, and about what came of them, begins here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from partnerships.models.enterprises import Enterprise
from reports.figures.scope import OF_PLACES, Scope
from reports.figures.ways import of_visit
from visits import counting
from visits.models.visits import Visit, VisitQuerySet

WAYS = of_visit("")


def visits_in(scope: Scope) -> VisitQuerySet:
    """Visits that took place, in the scope; every figure about visits begins here."""
    visits = narrowed(counting.counted_visits(scope.campaign), scope)
    return visits.filter(within(scope)) if scope.since or scope.until else visits


def of_campaign(scope: Scope) -> VisitQuerySet:
    """All visits of the campaign or of the school, whether or not they took place."""
    visits: VisitQuerySet = Visit.objects.all()
    return visits if scope.campaign is None else visits.filter(campaigns=scope.campaign)


def narrowed(visits: VisitQuerySet, scope: Scope) -> VisitQuerySet:
    """Of some visits those that the reader may see and the scope asks for, on whatever day."""
    asked = {"trip": scope.trip, "direction": scope.direction, "medium": scope.medium}
    visits = visits.filter(**{name: value for name, value in asked.items() if value})
    if scope.user is not None:
        visits = visits.visible_to(scope.user)
    if scope.led_by:
        visits = counting.led_by_role(visits, scope.led_by, on=scope.on)
    if scope.college is not None:
        visits = counting.of_college(visits, scope.college)
    for name in ("class_of", *OF_PLACES):
        if value := getattr(scope, name):
            visits = WAYS[name].narrowed(visits, value)  # type: ignore[assignment]
    for name in scope.unknown:
        visits = WAYS[name].narrowed(visits, None)  # type: ignore[assignment]
    return counting.with_any_of(visits, scope.leaders) if scope.leaders else visits


def within(scope: Scope) -> Q:
    """The days of the scope; what has no day counts up to a day, and never from one on."""
    if scope.since is not None:
        last = Q(starts_on__lte=scope.until) if scope.until else Q()
        return Q(starts_on__gte=scope.since) & last
    return Q(starts_on__lte=scope.until) | Q(starts_on__isnull=True) if scope.until else Q()


def keys(scope: Scope) -> QuerySet[Visit, Any]:
    """The numbers of the visits in the scope, for a subquery."""
    return visits_in(scope).order_by().values("pk")


def visited(scope: Scope) -> QuerySet[Enterprise]:
    """Distinct enterprises of the visits in the scope."""
    return Enterprise.objects.filter(pk__in=visits_in(scope).order_by().values("enterprise"))


def wherever(scope: Scope) -> Scope:
    """The same wherever the enterprises are: for rows whose own enterprise says where that is."""
    unknown = tuple(name for name in scope.unknown if name not in OF_PLACES)
    return replace(scope, unknown=unknown, province="", city="", industry="")

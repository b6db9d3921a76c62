"""Which figures a change after the check has moved: the figure's page says how often, by how much and why."""

from __future__ import annotations

from django.db.models import Q

from reports.figures.figure import Figure
from reports.figures.scope import Scope
from visits import counting
from visits.models.visits import Visit
from visits.selectors.amendments import Moved, moved_measures

# Which measure of a visit each figure counts (visits.selectors.amendments).
COUNTS = {
    "visits": "visits",
    "visits-outgoing": "outgoing",
    "visits-incoming": "incoming",
    "enterprises-visited": "enterprises",
    "new-enterprises": "new_enterprises",
    "openings": "openings",
    "posts-offered": "posts",
    "posts-used": "posts",
    "internships-offered": "internships",
    "internships-used": "internships",
    "leaders-who-visited": "leaders",
    "person-times": "school_people",
    "enterprise-participants": "enterprise_people",
    "intentions": "intentions",
    "demand-reports": "demand_reports",
}


def of_figure(figure: Figure, scope: Scope) -> list[Moved]:
    """None, or the one measure of the figure; no query for a figure that no report of a visit moves."""
    measure = COUNTS.get(figure.slug)
    if measure is None:
        return []
    moved = moved_measures(scope.campaign, among=_among(scope)).get(measure)
    return [moved] if moved else []


def _among(scope: Scope) -> Q:
    """Visits of the trip, the province and the role that the page is narrowed to, called off or not."""
    among = Q()
    if scope.trip is not None:
        among &= Q(visit__trip=scope.trip)
    if scope.province:
        among &= Q(visit__enterprise__province__code=f"{scope.province}0000")
    if scope.led_by:
        led = counting.led_by_role(Visit.objects.order_by(), scope.led_by, on=scope.on)
        among &= Q(visit__in=led.values("pk"))
    return among

"""Figures about visits: where we went, who went, what was offered, what is still to do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import CharField, F, Func, QuerySet, Value
from django.db.models.functions import ExtractDay
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.models.codes import Province
from partnerships.models.enterprises import Enterprise
from reports.figures.figure import Column, Figure, Rows, Scope, visible
from visits import counting
from visits.choices import Direction, Measure
from visits.models.campaigns import Trip
from visits.models.visits import Visit, VisitQuerySet
from visits.newly_opened import definition

ENTERPRISE = Column(_("Enterprise"), "enterprise")
VISIT_COLUMNS = (
    ENTERPRISE,
    Column(_("Date"), "starts_on"),
    Column(_("Province"), "enterprise.province"),
    Column(_("Direction"), "get_direction_display"),
    Column(_("Medium"), "get_medium_display"),
    Column(pgettext_lazy("visit", "State"), "get_state_display"),
)
ENTERPRISE_COLUMNS = (
    Column(_("Enterprise"), "__str__"),
    Column(_("Unified social credit code"), "credit_code"),
    Column(_("Province"), "province"),
    Column(_("City"), "city"),
    Column(_("Level"), "get_level_display"),
)


def visits_in(scope: Scope) -> VisitQuerySet:
    """Visits that took place, in the scope; every figure about visits begins here."""
    visits = counting.counted_visits(scope.campaign)
    if scope.user is not None:
        visits = visits.visible_to(scope.user)
    if scope.trip is not None:
        visits = visits.filter(trip=scope.trip)
    if scope.led_by:
        visits = counting.led_by_role(visits, scope.led_by, on=scope.on)
    return visits


def keys(scope: Scope) -> QuerySet[Visit, Any]:
    """The numbers of the visits in the scope, for a subquery."""
    return visits_in(scope).order_by().values("pk")


def visited(scope: Scope) -> QuerySet[Enterprise]:
    """Distinct enterprises of the visits in the scope."""
    return Enterprise.objects.filter(pk__in=visits_in(scope).order_by().values("enterprise"))


def with_month(scope: Scope) -> Rows:
    month = Func(F("starts_on"), Value("YYYY-MM"), function="TO_CHAR", output_field=CharField())
    return visits_in(scope).annotate(month=month)


def month_name(month: str) -> str:
    """2026-11 as the reader writes it."""
    return date_format(date.fromisoformat(f"{month}-01"), "YEAR_MONTH_FORMAT")


def _new(scope: Scope) -> Rows:
    return counting.new_enterprises(scope.campaign).filter(pk__in=visits_in(scope).order_by().values("enterprise"))


def _provinces(scope: Scope) -> Rows:
    return Province.objects.filter(pk__in=visited(scope).order_by().values("province"))


def _trips(scope: Scope) -> Rows:
    trips = visible(Trip.objects.standing().annotate(days_away=ExtractDay(F("ends_on") - F("starts_on")) + 1), scope)
    if scope.trip is not None:
        return trips.filter(pk=scope.trip.pk)
    return trips.filter(campaign=scope.campaign) if scope.campaign else trips


def _visit_figure(slug: str, name: object, definition: object, **narrowing: object) -> Figure:
    return Figure(
        slug=slug,
        name=name,  # type: ignore[arg-type]
        definition=definition,  # type: ignore[arg-type]
        counted=lambda scope: with_month(scope).filter(**narrowing),
        columns=VISIT_COLUMNS,
        link="visits:visit",
        province_path="enterprise__province",
        part_path="month",
        part_label=month_name,
        related=("enterprise__province",),
        measure=None if narrowing else Measure.VISITS,
    )


FIGURES = (
    _visit_figure(
        "visits",
        _("Visits"),
        _("Visits that took place, going out and inviting in, on site and online; a planned or cancelled one is none."),
    ),
    _visit_figure(
        "visits-outgoing",
        _("Visits going out"),
        _("Visits that took place at or towards the enterprise, on site and online."),
        direction=Direction.OUTGOING,
    ),
    _visit_figure(
        "visits-incoming",
        _("Enterprises received"),
        _("Visits that took place at our invitation."),
        direction=Direction.INCOMING,
    ),
    Figure(
        slug="enterprises-visited",
        name=_("Enterprises visited"),
        definition=_("Distinct enterprises with at least one visit that took place; three visits to one count once."),
        counted=visited,
        columns=ENTERPRISE_COLUMNS,
        link="partnerships:enterprise",
        province_path="province",
        related=("province",),
        measure=Measure.ENTERPRISES,
    ),
    Figure(
        slug="new-enterprises",
        name=_("Newly opened enterprises"),
        definition=definition(),
        counted=_new,
        among=visited,
        among_name=_("enterprises visited"),
        columns=ENTERPRISE_COLUMNS,
        link="partnerships:enterprise",
        province_path="province",
        related=("province",),
        measure=Measure.NEW_ENTERPRISES,
    ),
    Figure(
        slug="provinces-visited",
        name=_("Provinces visited"),
        definition=_("Provinces in which at least one visited enterprise is registered on its file."),
        counted=_provinces,
        columns=(Column(_("Province"), "__str__"), Column(_("Code"), "code")),
    ),
    Figure(
        slug="trips",
        name=_("Trips"),
        definition=_("Journeys of one or several days with visits as their stops."),
        counted=_trips,
        columns=(Column(_("Trip"), "name"), Column(_("From"), "starts_on"), Column(_("To"), "ends_on")),
        link="travel:trip",
    ),
    Figure(
        slug="trip-days",
        name=_("Days on trips"),
        definition=_("Days of all trips together; both the first and the last day of a trip count."),
        counted=_trips,
        columns=(Column(_("Trip"), "name"), Column(_("From"), "starts_on"), Column(_("Days"), "days_away")),
        link="travel:trip",
        sums="days_away",
    ),
)

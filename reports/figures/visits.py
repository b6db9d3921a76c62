"""Figures about visits: where we went, who went, what was offered, what is still to do."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import ExtractDay
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.school import School
from partnerships.choices.enterprises import FileBlock
from partnerships.models.codes import Province
from reports.figures.figure import Column, Figure, Rows, visible
from reports.figures.of_visits import visited, visits_in
from reports.figures.scope import Scope
from reports.figures.ways import plain
from visits import counting
from visits.choices import Direction, Measure, Medium
from visits.models.campaigns import Trip
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


def _new(scope: Scope) -> Rows:
    """In a period those that were visited for the first time, so that weeks add up."""
    new = counting.new_enterprises(scope.campaign).filter(pk__in=visits_in(scope).order_by().values("enterprise"))
    if scope.since is None:
        return new
    earlier = counting.counted_visits(scope.campaign).filter(
        Q(starts_on__lt=scope.since) | Q(starts_on__isnull=True), enterprise=OuterRef("pk")
    )
    return new.filter(~Exists(earlier.order_by()))


def our_province() -> Subquery:
    """The code of the school's province; none where it is not on file, and then nothing lies in it."""
    return Subquery(School.objects.exclude(province_code="").values("province_code")[:1])


def _in_province(scope: Scope) -> Rows:
    return visited(scope).filter(province__code=our_province())


def _provinces(scope: Scope) -> Rows:
    return Province.objects.filter(pk__in=visited(scope).order_by().values("province"))


def _trips(scope: Scope) -> Rows:
    trips = visible(Trip.objects.standing().annotate(days_away=ExtractDay(F("ends_on") - F("starts_on")) + 1), scope)
    if scope.trip is not None:
        return trips.filter(pk=scope.trip.pk)
    of = replace(scope, unknown=tuple(slug for slug in scope.unknown if slug != "campaign"))  # a trip has its own
    if any(of.narrowing):
        trips = trips.filter(pk__in=visits_in(of).order_by().values("trip"))
    return trips.filter(campaign=scope.campaign) if scope.campaign else trips


def _visit_figure(slug: str, name: object, definition: object, **narrowing: object) -> Figure:
    return Figure(
        slug=slug,
        name=name,  # type: ignore[arg-type]
        definition=definition,  # type: ignore[arg-type]
        counted=lambda scope: visits_in(scope).filter(**narrowing),
        columns=VISIT_COLUMNS,
        link="visits:visit",
        visits="",
        related=("enterprise__province",),
        measure="" if narrowing else Measure.VISITS,
    )


FIGURES = (
    _visit_figure(
        "visits",
        pgettext_lazy("count", "Visits"),
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
    _visit_figure(
        "visits-on-site",
        _("Visits on site"),
        _("Visits that took place face to face, at the enterprise or at the school."),
        medium=Medium.ON_SITE,
    ),
    _visit_figure(
        "visits-online",
        _("Visits online"),
        _("Visits that took place as an online meeting, whoever invited."),
        medium=Medium.ONLINE,
    ),
    Figure(
        slug="enterprises-visited",
        name=pgettext_lazy("count", "Distinct enterprises"),
        definition=_("Distinct enterprises with at least one visit that took place; three visits to one count once."),
        counted=visited,
        columns=ENTERPRISE_COLUMNS,
        link="partnerships:enterprise",
        visits="visits",
        block=FileBlock.IDENTITY,
        related=("province",),
        measure=Measure.ENTERPRISES,
    ),
    Figure(
        slug="enterprises-in-province",
        name=_("Enterprises visited in our province"),
        definition=_("Distinct enterprises visited that are registered in the school's province, of all visited."),
        counted=_in_province,
        among=visited,
        among_name=_("enterprises visited"),
        columns=ENTERPRISE_COLUMNS,
        link="partnerships:enterprise",
        visits="visits",
        block=FileBlock.IDENTITY,
        related=("province",),
    ),
    Figure(
        slug="new-enterprises",
        name=_("Newly opened enterprises"),
        definition=format_lazy("{} {}", definition(), _("In a period those count whose first visit lies in it.")),
        counted=_new,
        among=visited,
        among_name=_("enterprises visited"),
        columns=ENTERPRISE_COLUMNS,
        link="partnerships:enterprise",
        visits="visits",
        one_by_one=("month", "campaign"),
        block=FileBlock.IDENTITY,
        related=("province",),
        measure=Measure.NEW_ENTERPRISES,
    ),
    Figure(
        slug="provinces-visited",
        name=_("Provinces visited"),
        definition=_("Provinces in which at least one visited enterprise is registered on its file."),
        counted=_provinces,
        columns=(Column(_("Province"), "__str__"), Column(_("Code"), "code")),
        visits="enterprise__visits",
    ),
    Figure(
        slug="trips",
        name=_("Trips"),
        definition=_("Journeys of one or several days with visits as their stops."),
        counted=_trips,
        columns=(Column(_("Trip"), "name"), Column(_("From"), "starts_on"), Column(_("To"), "ends_on")),
        link="travel:trip",
        visits="visits",
        ways={"campaign": plain("campaign")},
    ),
    Figure(
        slug="trip-days",
        name=_("Days on trips"),
        definition=_("Days of all trips together; both the first and the last day of a trip count."),
        counted=_trips,
        columns=(Column(_("Trip"), "name"), Column(_("From"), "starts_on"), Column(_("Days"), "days_away")),
        link="travel:trip",
        visits="visits",
        ways={"campaign": plain("campaign")},
        sums="days_away",
    ),
)

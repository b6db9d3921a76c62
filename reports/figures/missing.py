"""Figures about what is still missing in what is known of visits, and about what was entered late."""

from __future__ import annotations

from django.db.models import DateField, Exists, F, OuterRef, Q
from django.db.models.functions import TruncWeek
from django.utils.translation import gettext_lazy as _

from core.days import midnight, midnight_after
from partnerships.choices.agreements import Side
from reports.figures.figure import Column, Figure, Rows
from reports.figures.of_visits import narrowed, of_campaign, visits_in, within
from reports.figures.scope import Scope
from reports.figures.visits import VISIT_COLUMNS
from visits.choices import AHEAD, VisitState
from visits.models.results import Evidence, Outcome
from visits.models.visits import Participant


def _none_of(model: type[Evidence] | type[Outcome]) -> Q:
    return Q(~Exists(model.objects.filter(visit=OuterRef("pk"))))


def _without_host() -> Q:
    received = Participant.objects.filter(visit=OuterRef("pk"), side=Side.ENTERPRISE, was_present=True)
    return Q(~Exists(received))


# What a visit that took place may lack: the figure, its name and sentence, and how such a visit is found.
LACKS = (
    (
        "visits-without-report",
        _("Without a report"),
        _("Visits that took place and are not reported yet, of all that took place."),
        Q(state=VisitState.HELD),
    ),
    (
        "visits-without-evidence",
        _("Without evidence"),
        _("Visits that took place without a photo, sign-in sheet, news link or any other paper, of all."),
        _none_of(Evidence),
    ),
    (
        "visits-without-host",
        _("Without a host"),
        _("Visits that took place for which nobody of the enterprise is named as present, of all."),
        _without_host(),
    ),
    (
        "visits-without-credit-code",
        _("Without a credit code"),
        _("Visits that took place to enterprises whose file has no unified social credit code, of all."),
        Q(enterprise__credit_code=""),
    ),
    (
        "visits-without-outcomes",
        _("Without posts or internships"),
        _("Visits that took place for which no post or internship of any major is written down, of all."),
        _none_of(Outcome),
    ),
    (
        "visits-not-checked",
        _("Not checked"),
        _("Visits that are reported and not yet checked by the office, of all that took place."),
        Q(state=VisitState.REPORTED),
    ),
)
LACKING = {slug: found for slug, _name, _definition, found in LACKS}


def _without_word(scope: Scope) -> Rows:
    """They count nowhere, since nobody has said whether they took place."""
    past = of_campaign(scope).filter(state__in=AHEAD, starts_on__lt=scope.on)
    return narrowed(past, scope).filter(within(scope))


def _reported_late(scope: Scope) -> Rows:
    """The period is that of the report, not of the visit."""
    week_of_report = TruncWeek("reported_at", output_field=DateField())
    visits = narrowed(of_campaign(scope).took_place(), scope).annotate(week_of_report=week_of_report)
    if scope.since is not None:
        visits = visits.filter(reported_at__gte=midnight(scope.since))
    if scope.until is not None:
        visits = visits.filter(reported_at__lt=midnight_after(scope.until))
    week = TruncWeek("starts_on", output_field=DateField())
    return visits.annotate(week_of_visit=week).filter(week_of_report__gt=F("week_of_visit"))


FIGURES = (
    *(
        Figure(
            slug=slug,
            name=name,
            definition=definition,
            counted=lambda scope, found=found: visits_in(scope).filter(found),  # type: ignore[misc]
            among=visits_in,
            among_name=_("visits"),
            columns=VISIT_COLUMNS,
            link="visits:visit",
            visits="",
            related=("enterprise__province",),
        )
        for slug, name, definition, found in LACKS
    ),
    Figure(
        slug="visits-without-word",
        name=_("Past their day without a word"),
        definition=_("Planned or confirmed visits whose day has passed; nobody has said whether they took place."),
        counted=_without_word,
        columns=VISIT_COLUMNS,
        link="visits:visit",
        visits="",
        is_checked=False,
        related=("enterprise__province",),
    ),
    Figure(
        slug="visits-reported-late",
        name=_("Reported after their week"),
        definition=_(
            "Visits reported in a later week, Monday to Sunday, than the one in which they took place; "
            "in a period, those reported within it."
        ),
        counted=_reported_late,
        columns=(*VISIT_COLUMNS, Column(_("Reported on"), "reported_at")),
        link="visits:visit",
        visits="",
        not_split_by=("month",),
        related=("enterprise__province",),
    ),
)

"""Figures of what visits brought: offers, people, things to do, reports, intentions."""

from __future__ import annotations

from functools import partial

from django.db.models import CharField, F, Min
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.choices.agreements import Side
from reports.figures.figure import Column, Figure, Rows
from reports.figures.of_visits import keys, visits_in
from reports.figures.scope import Scope
from reports.figures.splits import SPLITS
from reports.figures.ways import plain
from visits import counting
from visits.choices import EvidenceKind, FollowUpState, Measure, ParticipantPart
from visits.models.results import Evidence, FollowUp, Intention, Outcome
from visits.models.visits import Participant

OF_VISIT = (Column(_("Enterprise"), "visit.enterprise"), Column(_("Date"), "visit.starts_on"))
PERSON_COLUMNS = (
    Column(_("Name"), "__str__"),
    Column(_("Position"), "display_title"),
    *OF_VISIT,
    Column(_("Direction"), "visit.get_direction_display"),
    Column(_("Medium"), "visit.get_medium_display"),
)
GUEST_COLUMNS = (Column(_("Name"), "__str__", is_personal=True), *PERSON_COLUMNS[1:])
PERSON_RELATED = ("visit__enterprise", "user")
OUTCOME_COLUMNS = (
    *OF_VISIT,
    Column(_("Major"), "major"),
    Column(_("Posts"), "posts"),
    Column(_("Internships"), "internships"),
)


def _present(scope: Scope, **narrowing: object) -> Rows:
    return Participant.objects.filter(visit__in=keys(scope), was_present=True, **narrowing)


def _leaders(scope: Scope) -> Rows:
    """One row for each person: their first. A person without an account is told by the name."""
    leading = _present(scope, side=Side.SCHOOL, part=ParticipantPart.LEADS)
    person = Coalesce(Cast("user_id", CharField()), "name")
    firsts = leading.order_by().annotate(person=person).values("person").annotate(first=Min("pk"))
    return Participant.objects.filter(pk__in=firsts.values("first"))


def _outcomes(scope: Scope, **narrowing: object) -> Rows:
    return (
        Outcome.objects.filter(visit__in=keys(scope), **narrowing)
        .annotate(openings=F("posts") + F("internships"))
        .order_by("visit_id", "pk")
    )


def _follow_ups(scope: Scope) -> Rows:
    return FollowUp.objects.filter(visit__in=keys(scope))


def _cohorts(scope: Scope) -> Rows:
    """One intention for each graduating class spoken of: the first."""
    spoken = Intention.objects.filter(visit__in=keys(scope), class_of__isnull=False)
    firsts = spoken.order_by().values("class_of").annotate(first=Min("pk"))
    return Intention.objects.filter(pk__in=firsts.values("first")).order_by("class_of")


# A figure whose rows hang on visits.
_of_visits = partial(
    Figure,
    link="visits:visit",
    link_key="visit_id",
    visits="visit",
    related=("visit__enterprise",),
)


FIGURES = (
    _of_visits(
        "openings",
        _("Posts and internships offered"),
        _("Places that enterprises offered at visits, posts and internships of all majors together."),
        counted=_outcomes,
        columns=OUTCOME_COLUMNS,
        sums="openings",
        ways={"major": plain("major")},
        related=("visit__enterprise", "major"),
        measure=Measure.OPENINGS,
    ),
    _of_visits(
        "posts-offered",
        _("Posts offered"),
        _("Posts for graduates that enterprises offered at visits, summed over majors."),
        counted=lambda scope: _outcomes(scope, posts__gt=0),
        columns=OUTCOME_COLUMNS,
        sums="posts",
        ways={"major": plain("major")},
        related=("visit__enterprise", "major"),
    ),
    _of_visits(
        "internships-offered",
        _("Internships offered"),
        _("Internship places that enterprises offered at visits, summed over majors."),
        counted=lambda scope: _outcomes(scope, internships__gt=0),
        columns=OUTCOME_COLUMNS,
        sums="internships",
        ways={"major": plain("major")},
        related=("visit__enterprise", "major"),
    ),
    _of_visits(
        "leaders-who-visited",
        _("Leaders who visited"),
        _("Different people who led at least one visit for the school and were there."),
        counted=_leaders,
        columns=PERSON_COLUMNS,
        related=PERSON_RELATED,
        one_by_one=tuple(SPLITS),
    ),
    _of_visits(
        "person-times",
        pgettext_lazy("count", "Person-times"),
        _(
            "People of the school who were present at visits that took place, with or without an account: "
            "each counts once at each visit, so who was at two visits counts twice."
        ),
        counted=lambda scope: counting.person_times(visits_in(scope)),
        columns=PERSON_COLUMNS,
        related=PERSON_RELATED,
        measure=Measure.PERSON_TIMES,
    ),
    _of_visits(
        "enterprise-participants",
        _("Participants from enterprises"),
        _("Attendances of people of enterprises at visits that took place; who was at two visits counts twice."),
        counted=lambda scope: _present(scope, side=Side.ENTERPRISE),
        columns=GUEST_COLUMNS,
        related=PERSON_RELATED,
    ),
    _of_visits(
        "follow-ups-open",
        _("Follow-ups open"),
        _("Things agreed at visits that are not yet done or dropped, of all that were agreed."),
        counted=lambda scope: _follow_ups(scope).filter(state=FollowUpState.OPEN),
        among=_follow_ups,
        among_name=_("follow-ups"),
        columns=(
            Column(_("What is to be done"), "what"),
            Column(_("Enterprise"), "visit.enterprise"),
            Column(_("Owner"), "owner"),
            Column(_("Due on"), "due_on"),
        ),
        related=("visit__enterprise", "owner"),
    ),
    _of_visits(
        "demand-reports",
        _("Talent-demand reports"),
        _("Talent-demand reports filed with visits that took place."),
        counted=lambda scope: Evidence.objects.filter(visit__in=keys(scope), kind=EvidenceKind.TALENT_DEMAND_REPORT),
        columns=(Column(_("Report"), "name"), *OF_VISIT),
    ),
    _of_visits(
        "intentions",
        _("Intentions"),
        _("What both sides meant to do or agreed on at visits that took place."),
        counted=lambda scope: Intention.objects.filter(visit__in=keys(scope)),
        columns=(Column(_("Intention"), "name"), Column(_("Kind"), "get_kind_display"), *OF_VISIT),
    ),
    _of_visits(
        "campus-recruitments",
        _("Campus recruitments agreed"),
        _("Recruitments on campus that enterprises agreed to at visits that took place; merely meant ones are none."),
        counted=lambda scope: counting.recruitments_of(visits_in(scope)),
        columns=(Column(_("Intention"), "name"), Column(_("State"), "get_state_display"), *OF_VISIT),
        measure=Measure.RECRUITMENTS,
    ),
    _of_visits(
        "cohorts-spoken-of",
        _("Graduating classes spoken of"),
        _("Different graduating classes that intentions of visits name; the first intention of each is listed."),
        counted=_cohorts,
        columns=(Column(_("Graduating class"), "class_of"), Column(_("Intention"), "name"), *OF_VISIT),
        one_by_one=tuple(SPLITS),
    ),
)

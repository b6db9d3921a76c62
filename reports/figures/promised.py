"""Figures of what became of places that were promised at visits: published, applied for, filled."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from placements.choices import STANDING, ApplicationState
from placements.models.applications import Application
from placements.models.postings import Posting
from reports.figures.figure import Column, Figure, Rows, for_staff
from reports.figures.of_visits import keys
from reports.figures.scope import Scope
from reports.figures.visits import ENTERPRISE
from visits.models.results import Outcome
from visits.selectors.came_of_it import INTERNSHIPS, JOBS

COLUMNS = (
    Column(_("Posting"), "__str__"),
    ENTERPRISE,
    Column(_("Kind"), "get_kind_display"),
    Column(_("Places"), "headcount"),
    Column(_("Applications"), "applied"),
    Column(_("Filled"), "filled"),
)


def _number(**which: object) -> Coalesce:
    """How many applications of a posting, as a column."""
    sent = Application.objects.filter(posting=OuterRef("pk"), **which).order_by().values("posting")
    return Coalesce(Subquery(sent.annotate(number=Count("pk")).values("number")), 0)


def _postings(scope: Scope, kinds: tuple[str, ...]) -> QuerySet[Posting]:
    """Linked to a visit of the scope, each once, with numbers alone: no student is named."""
    links: Any = Posting.visits.through._default_manager.filter(visit__in=keys(scope))
    rows = Posting.objects.filter(pk__in=links.values("posting"), kind__in=kinds)
    return rows.annotate(applied=_number(), filled=_number(state=ApplicationState.ACCEPTED)).order_by("pk")


def _published(scope: Scope) -> Rows:
    return for_staff(_postings(scope, JOBS).filter(state__in=STANDING), scope)


def _jobs(scope: Scope) -> Rows:
    return for_staff(_postings(scope, JOBS), scope)


def _internships(scope: Scope) -> Rows:
    return for_staff(_postings(scope, INTERNSHIPS), scope)


def _promised(scope: Scope) -> Rows:
    return for_staff(Outcome.objects.filter(visit__in=keys(scope)).order_by("pk"), scope)


_figure = partial(
    Figure,
    columns=COLUMNS,
    link="placements:posting",
    visits="visits",
    about_employment=True,
    related=("enterprise",),
)


FIGURES = (
    _figure(
        "posts-published",
        _("Posts published"),
        _("Places in job postings that came of a visit and were published at some time, ended ones too."),
        _published,
        sums="headcount",
    ),
    _figure(
        "posts-applied",
        _("Applications for posts that came of visits"),
        _("Applications for job postings that came of a visit, whenever they were sent."),
        _jobs,
        sums="applied",
    ),
    _figure(
        "posts-used",
        _("Posts filled"),
        _("Students who took a post whose posting came of a visit, of the posts promised at visits."),
        _jobs,
        sums="filled",
        among=_promised,
        among_sums="posts",
        among_name=_("posts promised"),
    ),
    _figure(
        "internships-used",
        _("Places for interns filled"),
        _("Students who took an internship whose posting came of a visit, of the internships promised at visits."),
        _internships,
        sums="filled",
        among=_promised,
        among_sums="internships",
        among_name=_("internships promised"),
    ),
)

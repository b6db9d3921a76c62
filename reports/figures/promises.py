"""Figures about promises of both sides: made, due, kept, past their day."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.choices.agreements import CommitmentKind, CommitmentState, Side
from partnerships.models.commitments import Commitment
from reports.figures.figure import Column, Figure, Rows, for_staff, visible
from reports.figures.of_visits import keys, wherever
from reports.figures.scope import Scope
from reports.figures.visits import ENTERPRISE
from reports.figures.ways import month, of_enterprise, plain

# What a promise says of itself, rather than the visit at which it was made.
OWN = ("college", "month")
WAYS = {
    "college": plain("agreement__colleges", is_many=True),
    "month": month("due_on"),
    **of_enterprise("enterprise__"),
}
COLUMNS = (
    Column(_("Promise"), "description"),
    ENTERPRISE,
    Column(_("Promised by"), "get_side_display"),
    Column(_("Kind"), "get_kind_display"),
    Column(_("Number"), "number"),
    Column(_("Unit"), "unit"),
    Column(_("Due on"), "due_on"),
    Column(_("State"), "get_state_display"),
    Column(_("Owner"), "agreement.owner"),
    Column(_("Evidence"), "evidence"),
)
LINE = Concat("side", Value("."), "kind", Value("."), "unit")


def line_label(line: str) -> str:
    """Who promised what, and in which unit; raises ValueError for what is no such line."""
    side, kind, unit = line.split(".", 2)
    words = gettext("%(side)s: %(kind)s") % {"side": Side(side).label, "kind": CommitmentKind(kind).label}
    return f"{words} ({unit})" if unit else words


def promises(scope: Scope) -> Rows:
    """Of signed agreements or of none, as far as this person may see them; of some visits those made there."""
    rows: Rows = visible(for_staff(Commitment.objects.binding(), scope), scope)
    unknown = tuple(slug for slug in scope.unknown if slug not in OWN)
    of = replace(scope, college=None, since=None, until=None, unknown=unknown)
    if of.is_of_some_visits:
        links = Commitment.visits.through._default_manager.filter(visit__in=keys(wherever(of)))
        rows = rows.filter(pk__in=links.values("commitment"))
    named: Rows = rows.annotate(line=LINE)
    return named


def late(scope: Scope) -> Q:
    """Open past their day."""
    return Q(state=CommitmentState.OPEN, due_on__lt=scope.on)


def due(scope: Scope) -> Q:
    """Closed either way, or open past their day."""
    return ~Q(state=CommitmentState.OPEN) | late(scope)


def _due(scope: Scope) -> Rows:
    return promises(scope).filter(due(scope))


_figure = partial(
    Figure,
    columns=COLUMNS,
    link="agreements:promise",
    visits="visits",
    ways=WAYS,
    part_path="line",
    part_label=line_label,
    related=("enterprise", "agreement__owner"),
)


FIGURES = (
    _figure(
        "promises",
        _("Promises made"),
        _("Promises of either side, of signed agreements or of none; with a campaign, those made at its visits."),
        promises,
    ),
    _figure(
        "promises-due",
        _("Promises due"),
        _("Promises of signed agreements or of none that are closed, kept or not, or open past their day."),
        _due,
    ),
    _figure(
        "promises-kept",
        _("Promises kept"),
        _("Promises marked as kept, of those of signed agreements or of none that are closed or past their day."),
        lambda scope: promises(scope).filter(state=CommitmentState.KEPT),
        among=_due,
        among_name=_("promises due"),
    ),
    _figure(
        "promises-overdue",
        _("Promises past their day"),
        _("Promises of either side that are open although their day is over, of signed agreements or none."),
        lambda scope: promises(scope).filter(late(scope)),
    ),
)

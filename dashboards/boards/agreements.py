"""Agreements by their state, kind, college and end, and what was promised under them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Count, DateField
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from dashboards.board import Board, Content, part
from dashboards.charts import columns
from dashboards.pieces import bars, doors, months
from partnerships.choices.agreements import AgreementStage
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from reports.figures.splits import last_of_month
from reports.selectors.doors import href

HEADS = ("agreements-in-force", "agreements-expiring", "agreements-signed", "agreements-from-visits")
SECOND = ("practice-bases", "promises-kept", "investment-promised", "investment-received", "programmes", "plaques")
AHEAD = 12


def count(scope: Scope) -> Content:
    return {
        "four": doors(HEADS, scope),
        "second": doors(SECOND, scope),
        "stages": _stages(scope),
        "ending": _ending(scope),
        "signed": months("agreements-signed", scope),
        "colleges": bars("agreements-in-force", scope, "college"),
        "industries": bars("agreements-in-force", scope, "industry", most=12),
    }


def _stages(scope: Scope) -> list[Content]:
    """In the order of their life."""
    figure = FIGURES["agreements-by-state"]
    fits = figure.fitting(scope)
    found = figure.counts_by("stage", fits)
    return [
        part(stage.label, found[stage], href(figure.slug, replace(fits, part=stage.value)), stage=stage.value)
        for stage in AgreementStage
        if stage in found
    ]


def _ending(scope: Scope) -> Content:
    """How many in force end in each of the next twelve months by their date; those that renew themselves do not."""
    figure = FIGURES["agreements-in-force"]
    in_force = figure.rows(figure.fitting(scope)).filter(renews_itself=False, ends_on__isnull=False)
    by_month = in_force.order_by().values(month=TruncMonth("ends_on", output_field=DateField()))
    found = dict(by_month.annotate(number=Count("pk", distinct=True)).values_list("month", "number"))
    calendar = reverse("agreements:agreement_calendar")
    rows = [
        part(
            date_format(first, "YEAR_MONTH_FORMAT"),
            found.get(first, 0),
            f"{calendar}?year={first.year}#month-{first.month}",
            short=date_format(first, "n" if first.month > 1 else "Y"),
        )
        for first in _next_months(scope.on)
    ]
    return {"figure": str(figure.name), "lines": rows, "chart": columns(rows)}


def _next_months(on: date) -> list[date]:
    """The first days of this month and the eleven after it."""
    found = [on.replace(day=1)]
    while len(found) < AHEAD:
        found.append(last_of_month(found[-1]) + timedelta(days=1))
    return found


BOARD = Board(
    "agreements",
    _("Agreements"),
    _("In force, near their end, signed of late, and what was promised under them."),
    "file-earmark-text",
    count,
    choices=("college",),
)

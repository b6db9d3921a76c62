"""The ladder of partners: on which rung each enterprise stands by its evidence, and who rose or fell."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from dashboards.board import Board, Content, part
from reports.choices import Rung
from reports.figures.catalogue import FIGURES
from reports.figures.partners import RULES
from reports.figures.scope import Scope
from reports.figures.window import window, window_before
from reports.selectors.doors import asked, href

SHOWN = 10
DIFFERS = "partners-level-differs"


def count(scope: Scope) -> Content:
    """Two to five queries, however many enterprises there are."""
    figure = FIGURES["partners"]
    fits = figure.fitting(scope)
    counted = figure.rows(fits).order_by().values_list("rung", "rung_before").annotate(number=Count("pk"))
    moves = Counter({(now, before): number for now, before, number in counted})
    of, past = window(fits), window_before(fits)
    return {
        "all": part(figure.name, sum(moves.values()), partner_list(fits)),
        "figure": part(figure.name, sum(moves.values()), href(figure.slug, fits), definition=str(figure.definition)),
        "months": fits.months,
        "days": {"first": date_format(of.first, "DATE_FORMAT"), "last": date_format(of.last, "DATE_FORMAT")},
        "before": {"first": date_format(past.first, "DATE_FORMAT"), "last": date_format(past.last, "DATE_FORMAT")},
        "rungs": [_rung(rung, moves, fits) for rung in reversed(Rung)],
        "most": max((_standing(moves, rung, at=0) for rung in Rung), default=0),
        "moved": [
            _listed("partners-rose", fits, sum(number for (now, was), number in moves.items() if now > was)),
            _listed("partners-fell", fits, sum(number for (now, was), number in moves.items() if now < was)),
        ],
        "differs": _listed(DIFFERS, fits, FIGURES[DIFFERS].value(fits).number),
    }


def partner_list(scope: Scope, figure: str = "partners") -> str:
    """The page of these enterprises with their evidence."""
    words = [*([("figure", figure)] if figure != "partners" else []), *asked(scope)]
    return reverse("dashboards:partner_list") + (f"?{urlencode(words)}" if words else "")


def _standing(moves: Counter[tuple[str, str]], rung: Rung, *, at: int) -> int:
    """How many stand on a rung, now (0) or in the window before (1)."""
    return sum(number for pair, number in moves.items() if pair[at] == rung.value)


def _rung(rung: Rung, moves: Counter[tuple[str, str]], scope: Scope) -> Content:
    now, before = _standing(moves, rung, at=0), _standing(moves, rung, at=1)
    address = partner_list(replace(scope, part=rung.value))
    return part(rung.label, now, address, place=rung.value, rule=str(RULES[rung]), before=before, change=now - before)


def _listed(slug: str, scope: Scope, number: int) -> Content:
    """How many, and the first of them by name; where there is none, none is looked for."""
    figure = FIGURES[slug]
    rows = list(figure.rows(scope).order_by("legal_name", "pk")[:SHOWN]) if number else []
    return part(
        figure.name,
        number,
        partner_list(scope, slug),
        definition=str(figure.definition),
        rows=[
            {
                "label": str(row),
                "href": figure.href(row),
                "now": str(Rung(row.rung).label),
                "before": str(Rung(row.rung_before).label),
                "level": row.get_level_display(),
            }
            for row in rows
        ],
    )


BOARD = Board(
    "partners",
    _("Partners"),
    _("How far enterprises have come as partners, by what is on file of them, and who rose or fell."),
    "diagram-3",
    count,
    choices=("window", "college"),
)

"""Postings and what comes of them; rates are those of colleges and the school, never of people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dashboards.board import Board, Content
from dashboards.pieces import bars, doors, months
from reports.figures.scope import Scope

HEADS = ("postings-open", "places-open", "applications", "acceptances")
SECOND = ("students-applied", "postings-from-visits", "posts-used", "internships-used", "needs-open", "needs-people")


def count(scope: Scope) -> Content:
    return {
        "four": doors(HEADS, scope),
        "second": doors(SECOND, scope),
        "sent": months("applications", scope),
        "colleges": bars("students-applied", scope, "college"),
        "classes": bars("students-applied", scope, "class_of"),
        "industries": bars("places-open", scope, "industry", most=12),
        "provinces": bars("places-open", scope, "province", most=12),
    }


BOARD = Board(
    "postings",
    _("Postings"),
    _("What is open, who applied, and what came of it."),
    "briefcase",
    count,
    choices=("college",),
)

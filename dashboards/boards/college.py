"""What one college does with enterprises, and what its majors are asked for; no person of it is counted alone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models.school import Major
from dashboards.board import Board, Content, part
from dashboards.pieces import doors, months
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from reports.selectors.doors import href

HEADS = ("visits", "enterprises-visited", "openings", "agreements-in-force")
SECOND = (
    "person-times", "agreements-signed", "postings-open", "places-open", "applications", "students-applied",
    "acceptances", "needs-open",
)  # fmt: skip
OF_MAJORS = ("students", "students-applied", "applications", "needs-people", "openings", "postings-open", "places-open")


def count(scope: Scope) -> Content:
    return {
        "college": str(scope.college or ""),
        "four": doors(HEADS, scope),
        "second": doors(SECOND, scope),
        "months": months("visits", scope),
        "majors": _majors(scope),
        "columns": [
            {"label": str(FIGURES[slug].name), "definition": str(FIGURES[slug].definition)} for slug in OF_MAJORS
        ],
    }


def _majors(scope: Scope) -> list[Content]:
    """Supply and demand of each major of the college; a figure each is counted once for all majors."""
    found = {}
    for slug in OF_MAJORS:
        figure = FIGURES[slug]
        fits = figure.fitting(scope)
        found[slug] = (fits, figure.splits["major"], figure.parts(fits, "major"))
    rows = []
    for major in Major.objects.filter(college=scope.college):
        cells = []
        for slug, (fits, split, parts) in found.items():
            value = parts.get(major.pk)
            address = href(slug, split.part_of(fits, major.pk))
            cells.append(
                part(FIGURES[slug].name, value.rows if value else 0, address, of=value.denominator if value else None)
            )
        rows.append({"label": str(major), "code": major.code, "cells": cells})
    return rows


BOARD = Board(
    "college",
    _("College"),
    _("What a college does with enterprises, and what its majors are asked for."),
    "mortarboard",
    count,
    choices=("college",),
)

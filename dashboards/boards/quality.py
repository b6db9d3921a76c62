"""What is missing, stale, contradictory or there twice, per college; every number opens its rows, each with its fix."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.school import College
from dashboards.board import Board, Content, door, part
from reports.figures import doubles
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.missing import LACKS
from reports.figures.quality import CONTRADICTORY, MISSING
from reports.figures.scope import Scope
from reports.selectors.doors import href

STALE = ("enterprises-stale", "contacts-stale", "needs-stale")
WAITING = "visits-without-word"


def count(scope: Scope) -> Content:
    """Every college beside the others, and what belongs to none."""
    colleges = list(College.objects.all())
    visits = [FIGURES[slug] for slug in (*(slug for slug, *_rest in LACKS), WAITING)]
    return {
        "colleges": [str(college) for college in colleges],
        "groups": [
            _group(_("Missing on files and agreements"), MISSING, scope, colleges),
            _group(_("Missing at visits"), visits, scope, colleges),
            _group(_("Stale"), [FIGURES[slug] for slug in STALE], scope, colleges),
            _group(_("Contradictory"), CONTRADICTORY, scope, colleges),
            _group(_("There twice"), doubles.FIGURES, scope, colleges),
        ],
    }


def _group(title: str, figures: Iterable[Figure], scope: Scope, colleges: list[College]) -> Content:
    lines = [_line(figure, figure.fitting(scope), colleges) for figure in figures]
    return {"title": title, "lines": lines, "number": sum(line["whole"]["number"] for line in lines)}


def _line(figure: Figure, scope: Scope, colleges: list[College]) -> Content:
    """The whole, then each college, then what belongs to none; a row of two colleges counts for both."""
    split = figure.splits["college"]
    found = figure.tally(scope, "college")
    cells = [
        part(college, found.get(college.pk, 0), href(figure.slug, split.part_of(scope, college.pk)))
        for college in colleges
    ]
    nobody = part(_("No college"), found.get(None, 0), href(figure.slug, split.part_of(scope, None)))
    return {"whole": door(figure, scope), "cells": [*cells, nobody]}


BOARD = Board(
    "quality",
    gettext_lazy("Data quality"),
    gettext_lazy("What is missing, stale, contradictory or there twice; each row leads to where it is mended."),
    "clipboard-check",
    count,
)

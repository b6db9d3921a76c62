"""Majors beside industries: what enterprises ask for, and the students whom the school has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models.school import Major
from dashboards.board import Board, Content, part
from dashboards.choices import Balance
from dashboards.pieces import doors
from partnerships.selectors.enterprise_filters import months_before
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.figures.splits import NOT_STATED
from reports.selectors.doors import href

OFFERS_OF = 12  # months: what was offered at a visit longer ago is no demand of today
DEMAND = ("needs-people", "places-open", "openings")
WISHES = "students-wishing"
HEADS = ("students", WISHES, "needs-people", "places-open")
WORDS = {
    "needs-people": pgettext_lazy("in a cell of a grid", "needed"),
    "places-open": pgettext_lazy("in a cell of a grid", "open places"),
    "openings": pgettext_lazy("in a cell of a grid", "offered"),
    WISHES: pgettext_lazy("in a cell of a grid", "wish for it"),
}
MARGIN = 4  # a quarter more or less is still balanced
Key = tuple[Any, Any]


@dataclass(frozen=True)
class Counted:
    """One figure in every cell, and the scope whose rows it counts."""

    figure: Figure
    scope: Scope
    cells: Mapping[Key, int]

    def cell(self, major: Any, industry: Any) -> Content:
        """Its number in one cell, with the address of those very rows."""
        splits = self.figure.splits
        narrowed = splits["industry"].part_of(splits["major"].part_of(self.scope, major), industry)
        number = self.cells.get((major, industry), 0)
        return part(WORDS[self.figure.slug], number, href(self.figure.slug, narrowed))


def count(scope: Scope) -> Content:
    """Seven queries for any number of majors, beside the heads."""
    counted = {slug: _counted(slug, scope) for slug in (*DEMAND, WISHES)}
    industries = _industries(counted)
    majors = Major.objects.select_related("college").order_by("college__code", "code")
    if scope.college is not None:
        majors = majors.filter(college=scope.college)
    students = _students(scope)
    rows = [_row(major, counted, industries, students) for major in majors]
    return {
        "heads": doors(HEADS, scope),
        "industries": [{"label": name, "code": key or ""} for key, name in industries.items()],
        "colleges": [
            {"label": college, "majors": list(of_it)} for college, of_it in groupby(rows, lambda row: row["college"])
        ],
        "unnamed": _row(None, counted, industries, students) if scope.college is None else None,
        "definitions": [
            {"word": str(WORDS[slug]), "name": str(each.figure.name), "definition": str(each.figure.definition)}
            for slug, each in counted.items()
        ],
        "balances": [{"code": each.value, "label": str(each.label)} for each in Balance],
    }


def demand_scope(figure: Figure, scope: Scope) -> Scope:
    """Demand is that of all graduating classes; what was offered at visits is that of the last twelve months."""
    of_all = replace(scope, class_of=None)
    if figure.slug == "openings":  # a major's college, not the one whose visit it was
        return replace(of_all, college=None, since=months_before(scope.on, OFFERS_OF))
    return figure.fitting(of_all)


def _counted(slug: str, scope: Scope) -> Counted:
    figure = FIGURES[slug]
    fits = figure.fitting(scope) if slug == WISHES else demand_scope(figure, scope)
    return Counted(figure, fits, figure.pairs(fits, "major", "industry"))


def _whole(slug: str, scope: Scope) -> Counted:
    figure = FIGURES[slug]
    return Counted(figure, figure.fitting(scope), {})


def _industries(counted: Mapping[str, Counted]) -> dict[Any, str]:
    """Those that occur, by their code; what is not stated comes last."""
    found = {industry for each in counted.values() for _major, industry in each.cells}
    keys = sorted(key for key in found if key is not None)
    names = FIGURES["needs-people"].splits["industry"].names(keys)
    known = {key: names.get(key, str(key)) for key in keys}
    return known | ({None: str(NOT_STATED)} if None in found else {})


def _students(scope: Scope) -> Counted:
    """Students of each major and graduating class."""
    whole = _whole("students", scope)
    return replace(whole, cells=whole.figure.pairs(whole.scope, "major", "class_of"))


def _row(
    major: Major | None, counted: Mapping[str, Counted], industries: Mapping[Any, str], students: Counted
) -> Content:
    key = major.pk if major else None
    return {
        "label": str(major) if major else gettext("No single major named"),
        "code": major.code if major else "",
        "college": str(major.college) if major else "",
        "students": _supply(major.pk, students) if major else [],
        "cells": [
            _cell(name, [each.cell(key, industry) for each in counted.values()], is_of_major=bool(major))
            for industry, name in industries.items()
        ],
    }


def _supply(major: int, students: Counted) -> list[Content]:
    """All students of the major, then those of each class."""
    splits = students.figure.splits
    of_major = splits["major"].part_of(students.scope, major)
    classes = sorted((year, number) for (found, year), number in students.cells.items() if found == major)
    whole = part(gettext("students"), sum(number for _year, number in classes), href("students", of_major))
    years = [
        part(year, number, href("students", splits["class_of"].part_of(of_major, year))) for year, number in classes
    ]
    return [whole, *years] if len(years) > 1 else [whole]


def _cell(industry: str, parts: list[Content], *, is_of_major: bool) -> Content:
    """The same place may be a need, a posting and an offer: the largest of them counts, they are never added."""
    *demand, wishes = parts
    balance = balance_of(max(each["number"] for each in demand), wishes["number"]) if is_of_major else None
    return {
        "industry": industry,
        "parts": [each for each in parts if each["number"]],
        "balance": balance.value if balance else "",
        "word": str(balance.label) if balance else "",
    }


def balance_of(demand: int, supply: int) -> Balance | None:
    """Demand against supply; a quarter more or less is balanced. None where there is neither."""
    if not demand:
        return Balance.NO_DEMAND if supply else None
    if demand * MARGIN > supply * (MARGIN + 1):
        return Balance.SHORT
    return Balance.PLENTY if supply * MARGIN > demand * (MARGIN + 1) else Balance.BALANCED


BOARD = Board(
    "majors",
    _("Majors and industries"),
    _("What enterprises of each industry ask for in each major, beside the students who wish to go there."),
    "grid-3x3",
    count,
    choices=("college", "class_of"),
)

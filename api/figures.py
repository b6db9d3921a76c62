"""Figures by their addresses: definition, value, split, rows, and how they stood. `reports` counts, this tells."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Router

from api.answers import json_answer, next_address, refuse_unknown
from api.bearer import Bearer
from api.changes import as_of
from api.choices import Scope as TokenScope
from api.endpoints import QUERY, View, reader, taking
from api.figure_shapes import (
    NARROWING,
    Definitions,
    FigureDefinition,
    FigureRows,
    FigureSplit,
    FigureValue,
    RowsAsked,
    SnapshotPage,
    SnapshotsAsked,
    SplitAsked,
    ValueAsked,
)
from api.filters import Word
from api.paging import page_after
from api.problems import bad_request, not_found
from api.splits import can_split, split
from api.words import both, english
from reports.asking import scope_asked_for
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure, Scope
from reports.models.snapshots import Snapshot
from reports.selectors.figure import cells_of

SLUG: Any = Path(..., description=english(gettext_lazy("Its name in addresses.")))  # type: ignore[type-arg]
# What the address says, and the name of the same in a scope.
NAMES = {"role": "led_by", "leader": "leaders"}
MANY = ("leader",)
SNAPSHOT_COLUMNS = {"campaign": "campaign", "taken_on_from": "taken_on__gte", "taken_on_to": "taken_on__lte"}


def add_figures(router: Router) -> None:
    for path, view, schema, name, summary in (
        ("/figures/", taking(definitions), Definitions, "list", gettext_lazy("Every figure with its definition.")),
        ("/figures/{slug}/", _taking(value, ValueAsked), FigureValue, "value", gettext_lazy("A figure as it stands.")),
        ("/figures/{slug}/definition/", _taking(one), FigureDefinition, "one", gettext_lazy("One definition.")),
        (
            "/figures/{slug}/split/",
            _taking(parts, SplitAsked),
            FigureSplit,
            "split",
            gettext_lazy("By month or college."),
        ),
        ("/figures/{slug}/rows/", _taking(rows, RowsAsked), FigureRows, "rows", gettext_lazy("The rows it counts.")),
        (
            "/figures/{slug}/snapshots/",
            _taking(snapshots, SnapshotsAsked),
            SnapshotPage,
            "snapshots",
            gettext_lazy("How it stood on earlier days."),
        ),
    ):
        router.get(
            path,
            response=schema,
            auth=Bearer(TokenScope.FIGURES),
            tags=["figures"],
            operation_id=f"figures_{name}",
            url_name=f"figures_{name}",
            summary=english(summary),
            description=english(gettext_lazy("Figures: the numbers of the dashboard, each with its one definition.")),
        )(view)


def definitions(request: HttpRequest) -> HttpResponse:
    refuse_unknown(request, ())
    return json_answer(request, {"items": [_definition(figure) for figure in FIGURES.values()]})


def one(request: HttpRequest, *, slug: str) -> HttpResponse:
    refuse_unknown(request, ())
    return json_answer(request, _definition(_figure(slug)))


def value(request: HttpRequest, *, slug: str, asked: Any) -> HttpResponse:
    figure = _figure(slug)
    found = figure.value(_scope(request, figure))
    return json_answer(
        request,
        {
            "slug": slug,
            "number": found.number,
            "denominator": found.denominator,
            "is_minimum": found.is_minimum,
            "on_file": found.on_file,
            "source": found.source,
            "stale": found.stale,
            "definition_hash": definition_hash(figure),
            "asked": {name: request.GET.getlist(name) for name in request.GET},
            "as_of": timezone.localtime().isoformat(),
        },
    )


def parts(request: HttpRequest, *, slug: str, asked: Any) -> HttpResponse:
    figure = _figure(slug)
    refuse_unknown(request, SplitAsked.model_fields)
    if not can_split(figure, asked.by):
        raise bad_request([{"name": "by", "detail": _("This figure is not split in this way.")}])
    return json_answer(
        request,
        {
            "slug": slug,
            "by": asked.by,
            "items": split(figure, _scope(request, figure, "by"), asked.by),
            "definition_hash": definition_hash(figure),
            "as_of": timezone.localtime().isoformat(),
        },
    )


def rows(request: HttpRequest, *, slug: str, asked: Any) -> HttpResponse:
    """By their numbers and not in the order of the page, so that a page goes on where the last one ended."""
    figure = _figure(slug)
    counted = figure.page_rows(_scope(request, figure, "limit", "cursor"))
    found, cursor = page_after(counted, order="id", cursor=asked.cursor or "", limit=asked.limit)
    return json_answer(
        request,
        {
            "columns": [{"path": column.path, **both(column.label)} for column in figure.columns],
            "items": [{"id": row.pk, "cells": [_cell(cell) for cell in cells_of(figure, row)]} for row in found],
            "next": next_address(request, cursor),
            "as_of": timezone.localtime().isoformat(),
        },
    )


def snapshots(request: HttpRequest, *, slug: str, asked: Any) -> HttpResponse:
    figure, moment = _figure(slug), as_of()
    refuse_unknown(request, SnapshotsAsked.model_fields)
    kept = Snapshot.objects.filter(figure=figure.slug)
    kept = kept if reader(request).is_school_staff else kept.none()
    for name, column in SNAPSHOT_COLUMNS.items():
        if (wanted := getattr(asked, name)) is not None:
            kept = kept.filter(**{column: wanted})
    found, cursor = page_after(kept, order="-id", cursor=asked.cursor or "", limit=asked.limit)
    items = [_stood(snapshot) for snapshot in found]
    return json_answer(request, {"items": items, "next": next_address(request, cursor), "as_of": moment})


def definition_hash(figure: Figure) -> str:
    """Stable while the figure means the same: of its words in English, its unit and its denominator."""
    words = (figure.slug, figure.definition, figure.unit, figure.among_name, figure.sums, figure.measure)
    return hashlib.sha256("\n".join(both(word)["en"] for word in words).encode()).hexdigest()


def narrowing_of(figure: Figure) -> list[str]:
    """The parameters that narrow a figure."""
    of_visits = {*figure.narrowed_by} - (set() if figure.is_of_campaign else {"campaign", "trip"})
    named = {name for name in NARROWING if NAMES.get(name, name) in of_visits}
    named |= {"campaign", "trip"} if figure.is_of_campaign else set()
    named |= {"province"} if figure.province_path else set()
    named |= {"part"} if figure.part_path else set()
    return [name for name in NARROWING if name in named]


def _taking(view: View, asked: Any = None) -> View:
    more: dict[str, tuple[Any, Any]] = {"asked": (asked, QUERY)} if asked else {}
    return taking(view, slug=(Word, SLUG), **more)


def _figure(slug: str) -> Figure:
    if slug not in FIGURES:
        raise not_found()
    return FIGURES[slug]


def _scope(request: HttpRequest, figure: Figure, *page: str) -> Scope:
    """What the page of the figure makes of the same words; raises Problem (422) for what does not narrow it."""
    refuse_unknown(request, (*NARROWING, *page), several=MANY)
    unfit = [name for name in request.GET if name not in (*narrowing_of(figure), *page)]
    if unfit:
        detail = _("This does not narrow the figure.")
        raise bad_request([{"name": name, "detail": detail} for name in unfit])
    return figure.fitting(scope_asked_for(reader(request), request.GET))


def _definition(figure: Figure) -> dict[str, Any]:
    return {
        "slug": figure.slug,
        "name": both(figure.name),
        "definition": both(figure.definition),
        "unit": both(figure.unit),
        "among": both(figure.among_name) if figure.among else None,
        "narrowed_by": narrowing_of(figure),
        "definition_hash": definition_hash(figure),
    }


def _stood(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "id": snapshot.pk,
        "taken_on": snapshot.taken_on,
        "campaign": snapshot.campaign_id,
        "number": snapshot.numerator,
        "denominator": snapshot.denominator,
        "rows_hash": snapshot.rows_hash,
    }


def _cell(cell: Any) -> Any:
    if cell is None or isinstance(cell, bool | int):
        return cell
    if isinstance(cell, datetime):
        return timezone.localtime(cell).isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)

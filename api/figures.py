"""Figures by their addresses: definition, value, split, rows, and how they stood. `reports` counts, this tells."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Router

from accounts.models.people import User
from accounts.models.school import College, Major
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
from api.values import LANGUAGES, chosen
from api.words import both, english
from reports.asking import scope_asked_for
from reports.choices import SnapshotReason
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.figures.splits import NOT_STATED, SPLITS
from reports.models.snapshots import Snapshot
from reports.selectors.doors import about
from reports.selectors.figure import cells_of
from visits.models.campaigns import Campaign, Trip

SLUG: Any = Path(..., description=english(gettext_lazy("Its name in addresses.")))  # type: ignore[type-arg]
# What the address says, and the name of the same in a scope.
NAMES = {"role": "led_by", "leader": "leaders"}
MANY = ("leader", "unknown")
SNAPSHOT_COLUMNS = {"taken_on_from": "taken_on__gte", "taken_on_to": "taken_on__lte"}

# A scope that is narrowed by everything at once; nobody counts in it.
EVERYTHING = Scope(
    campaign=Campaign(pk=1),
    trip=Trip(pk=1),
    on=date.min,
    user=None,
    led_by="leader",
    college=College(pk=1),
    leaders=(User(pk=1),),
    direction="outgoing",
    medium="online",
    class_of=2026,
    since=date.min,
    until=date.max,
    province="51",
    city="510100",
    industry="I",
    unknown=tuple(SPLITS),
    major=Major(pk=1),
    part="part",
    window=12,
)
NOTHING = ("", None, ())


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
    scope = _scope(request, figure)
    found, doubts = figure.value(scope), figure.doubts(scope)
    return json_answer(
        request,
        {
            "slug": slug,
            "number": found.number,
            "denominator": found.denominator,
            "is_minimum": found.is_minimum,
            "on_file": found.on_file,
            "source": found.source,
            "stale": doubts.stale,
            "unchecked": doubts.unchecked,
            "definition_hash": figure.digest,
            "asked": {name: request.GET.getlist(name) for name in request.GET},
            "as_of": timezone.localtime().isoformat(),
        },
    )


def parts(request: HttpRequest, *, slug: str, asked: Any) -> HttpResponse:
    figure = _figure(slug)
    scope = _scope(request, figure, "by")
    if asked.by not in figure.splits or (asked.by == "city" and not scope.province):
        raise bad_request([{"name": "by", "detail": _("This figure is not split in this way.")}])
    return json_answer(
        request,
        {
            "slug": slug,
            "by": asked.by,
            "items": _parts(figure, scope, asked.by),
            "definition_hash": figure.digest,
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
    """Those of the same words in the address, as the page of the figure shows them to all staff."""
    figure, moment = _figure(slug), as_of()
    scope = _scope(request, figure, *SNAPSHOT_COLUMNS, "limit", "cursor")
    kept = Snapshot.objects.filter(figure=figure.slug, about=about(scope))
    for name, column in SNAPSHOT_COLUMNS.items():
        if (wanted := getattr(asked, name)) is not None:
            kept = kept.filter(**{column: wanted})
    found, cursor = page_after(kept, order="-id", cursor=asked.cursor or "", limit=asked.limit)
    items = [_stood(snapshot) for snapshot in found]
    return json_answer(request, {"items": items, "next": next_address(request, cursor), "as_of": moment})


def narrowing_of(figure: Figure) -> list[str]:
    """The parameters that narrow a figure: those that it leaves in a scope that is narrowed by all."""
    fitted = figure.fitting(EVERYTHING)
    left = {name for name in NARROWING if getattr(fitted, NAMES.get(name, name)) not in NOTHING}
    return [name for name in NARROWING if name in left and (figure.is_of_campaign or name not in ("campaign", "trip"))]


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
        "splits": list(figure.splits),
        "narrowed_by": narrowing_of(figure),
        "definition_hash": figure.digest,
    }


def _parts(figure: Figure, scope: Scope, by: str) -> list[dict[str, Any]]:
    """In the order of their keys; what says nothing comes last. The names are asked once for each language."""
    found = figure.parts(scope, by)
    keys, names = [key for key in found if key is not None], {}
    for language, code in LANGUAGES.items():
        with translation.override(code):
            names[language] = {None: str(NOT_STATED), **figure.splits[by].names(keys)}
    return [
        {
            "key": _key(key),
            **{language: names[language].get(key, str(key)) for language in LANGUAGES},
            "number": found[key].number,
            "denominator": found[key].denominator,
        }
        for key in sorted(found, key=lambda key: (key is None, key or 0))
    ]


def _key(key: Any) -> str | None:
    """A month by its name in addresses, everything else as it is."""
    return f"{key:%Y-%m}" if isinstance(key, date) else None if key is None else str(key)


def _stood(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "id": snapshot.pk,
        "taken_on": snapshot.taken_on,
        "taken_at": snapshot.taken_at,
        "reason": chosen(SnapshotReason, snapshot.reason),
        "number": snapshot.numerator,
        "denominator": snapshot.denominator,
        "stale": snapshot.stale,
        "unchecked": snapshot.unchecked,
        "definition_hash": snapshot.definition,
        "rows_hash": snapshot.rows_id,
    }


def _cell(cell: Any) -> Any:
    if cell is None or isinstance(cell, bool | int):
        return cell
    if isinstance(cell, datetime):
        return timezone.localtime(cell).isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)

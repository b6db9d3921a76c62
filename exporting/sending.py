"""From a list to its file: the same address and filters, the columns and the kind of file that somebody chose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from accounts.http import PortalRequest
from core.decisions import Decision
from exporting import services
from exporting.choices import ExportFormat, ExportState
from exporting.files import as_file, parts_of
from exporting.models import TYPED, Export
from exporting.tables import Column, Table
from exporting.writing.workbooks import MOST_ROWS


def exported(
    request: PortalRequest,
    table: Table,
    rows: Any,
    *,
    filters: forms.Form | None = None,
    also: Sequence[str] = (),
    people: Decision | None = None,
    back: str = "",
) -> HttpResponseBase:
    """`rows` as the page shows them, all of them: as a file, or the page that asks for the columns and the kind.

    `filters` and `also` name what narrows the rows in the address. `people` says whether this reader may take
    names and numbers of people along, as they read them on the page; None where the list has no such columns.
    `back`: the page that the list stands on, where that is not its own address.
    """
    kept = _kept(request, filters, also)
    if request.GET.get("format") in ExportFormat.values:
        return _sent(request, table, rows, ExportFormat(request.GET["format"]), kept=kept, people=people)
    return _asked(request, table, rows, kept=kept, people=people, back=back or request.path)


def _kept(request: PortalRequest, filters: forms.Form | None, also: Sequence[str]) -> list[tuple[str, str, bool]]:
    """What narrows the list in its address: name, value, and whether somebody typed it."""
    fields: dict[str, forms.Field] = filters.fields if filters else {}
    names = [*(name for name, value in _cleaned(filters).items() if value), *also]
    return [
        (name, value, isinstance(fields.get(name), forms.CharField))
        for name in names
        for value in request.GET.getlist(name)
        if value and "\x00" not in value
    ]


def _cleaned(filters: forms.Form | None) -> dict[str, Any]:
    if filters is None:
        return {}
    filters.is_valid()  # cleans once; what is not offered falls out
    return filters.cleaned_data


def _asked(
    request: PortalRequest,
    table: Table,
    rows: Any,
    *,
    kept: list[tuple[str, str, bool]],
    people: Decision | None,
    back: str,
) -> HttpResponse:
    chosen = {column.key for column in table.chosen(request.GET.getlist("columns"))}
    groups = table.offered(people)
    pairs = [(name, value) for name, value, _typed in kept]
    context = {
        "table": table,
        "count": rows.count() if isinstance(rows, QuerySet) else len(rows),
        "groups": [(group.label, [(each, each.key in chosen) for each in group.columns]) for group in groups],
        "has_personal": any(column.is_personal for group in groups for column in group.columns),
        "kept": pairs,
        "address": request.path,
        "back": back,
        "query": urlencode(pairs),
        "most": MOST_ROWS,
    }
    return render(request, table.page, context)


def _sent(
    request: PortalRequest,
    table: Table,
    rows: Any,
    kind: ExportFormat,
    *,
    kept: list[tuple[str, str, bool]],
    people: Decision | None,
) -> StreamingHttpResponse:
    columns = table.chosen(request.GET.getlist("columns"))
    filters = urlencode([(name, TYPED if typed else value) for name, value, typed in kept])
    export = services.begin_export(
        table, columns, format=kind, address=request.path, filters=filters, people=people,
        by=request.user, at=timezone.now(),
    )  # fmt: skip
    return as_file(Sending(export, table, columns, rows), table.file, kind)


class Sending:
    """The file, part by part, in the language of whoever asked; the log is told how it ended, however it ends."""

    def __init__(self, export: Export, table: Table, columns: Sequence[Column], rows: Any) -> None:
        self.export, self.rows, self.is_over = export, 0, False
        self.language = translation.get_language() or ""
        about = {"table": table.key, "list": str(table.label), "made_at": export.at.isoformat()}
        lines = self._counted(columns, table.read(rows, columns))
        try:
            self.parts = parts_of(ExportFormat(export.format), columns, lines, about)
        except BaseException:
            self._end(ExportState.BROKEN)
            raise

    def _counted(self, columns: Sequence[Column], records: Iterable[Any]) -> Iterator[list[Any]]:
        for record in records:
            yield [column.of(record) for column in columns]
            self.rows += 1

    def __iter__(self) -> Sending:
        return self

    def __next__(self) -> bytes:
        try:
            with translation.override(self.language):
                return next(self.parts)
        except StopIteration:
            self._end(ExportState.COMPLETE)
            raise
        except BaseException:
            self._end(ExportState.BROKEN)
            raise

    def close(self) -> None:
        """The server calls this in any case; before the end it means that the reader went away."""
        self.parts.close()
        self._end(ExportState.BROKEN)

    def _end(self, state: ExportState) -> None:
        if not self.is_over:
            self.is_over = True
            services.end_export(self.export, rows=self.rows, state=state, at=timezone.now())

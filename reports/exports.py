"""The rows of a figure as a file: the columns of its page."""

from __future__ import annotations

from functools import cache

from exporting.tables import Column, Kind, Table, plain_table
from reports.figures.catalogue import FIGURES


@cache
def table_of(slug: str) -> Table:
    """A column of a figure is known by the way to its value; what it holds may be a word, a number or a day."""
    figure = FIGURES[slug]
    columns = (
        Column(
            column.path.strip("_").replace(".", "_"),
            column.label,
            column.of,
            kind=Kind.ANY,
            is_personal=column.is_personal,
        )
        for column in figure.columns
    )
    return plain_table("reports:figure", figure.name, figure.slug, *columns)

"""The rows of a figure as a file: the columns of its page."""

from __future__ import annotations

from functools import cache

from django.http import HttpResponseBase

from accounts.http import PortalRequest
from exporting.sending import exported
from exporting.tables import Column, Kind, Table, plain_table
from partnerships.rules import can_export_contacts
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.selectors.doors import asked
from reports.selectors.figure import ordered


def figure_file(request: PortalRequest, figure: Figure, scope: Scope) -> HttpResponseBase:
    """Exactly the rows that the figure counts in this scope; names of people outside are the office's to take along."""
    also = list(dict.fromkeys(name for name, _value in asked(scope)))
    rows = ordered(figure.page_rows(scope))
    return exported(request, table_of(figure.slug), rows, also=also, people=can_export_contacts(request.user))


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

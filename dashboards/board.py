"""What a dashboard is: a name, of what it is counted, who may open it, and how its content is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.models.people import User
from core.decisions import YES, Decision
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.figures.value import Value
from reports.selectors.doors import href

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Plain JSON: words in the reader's language, whole numbers, and addresses.
Content = dict[str, Any]


@dataclass(frozen=True)
class Board:
    """One dashboard. `choices` are the words of an address that it reads: of which campaign, college, province …

    `count` is asked again every quarter of an hour; what it returns is kept as JSON. Everybody of the same kind of
    readers sees the same content, so it must ask nothing of a reader but what they may see. What is to be true at
    this very moment is `asked_each_time` and never kept.
    """

    slug: str
    name: StrOrPromise
    lead: StrOrPromise
    icon: str
    count: Callable[[Scope], Content]
    choices: tuple[str, ...] = ()
    may_open: Callable[[User], Decision] = lambda user: YES
    asked_each_time: Callable[[Scope], dict[str, Any]] = lambda scope: {}

    @property
    def template(self) -> str:
        return f"dashboards/{self.slug}.html"


def door(figure: Figure, scope: Scope, value: Value | None = None, *, label: str = "") -> Content:
    """A number with its words and the page of its rows; a share prints both of its numbers."""
    found = figure.value(scope) if value is None else value
    return told(figure, found, href(figure.slug, scope), label=label)


def told(figure: Figure, value: Value, address: str, *, label: str = "") -> Content:
    """A value that is counted already."""
    return {
        "slug": figure.slug,
        "label": label or str(figure.name),
        "definition": str(figure.definition),
        "number": value.rows,
        "shown": value.shown,
        "note": value.note,
        "of": value.denominator,
        "of_what": str(figure.among_name) if value.denominator is not None else "",
        "percent": value.percent,
        "stale": value.stale_note,
        "unit": str(figure.unit),
        "href": address,
    }


def part(label: object, number: int, address: str, **more: Any) -> Content:
    """One bar, cell or band: its words, its number, and where its rows are."""
    return {"label": str(label), "number": number, "href": address, **more}

"""Pages of long lists at a fixed price."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from core.keys import KeyAmong

PER_PAGE = 25
COUNT_LIMIT = 10_000
FEW = 1_000
M = TypeVar("M", bound=Model)


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts at most 10,001 rows: beyond that the exact number costs more than it tells."""

    most = COUNT_LIMIT

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Model] = self.object_list  # type: ignore[assignment]
        return rows.order_by().values("pk")[: COUNT_LIMIT + 1].count()

    @property
    def is_capped(self) -> bool:
        return self.count > COUNT_LIMIT


class KeyedPaginator(CappedPaginator):
    """Finds the keys first, then reads what is shown of them; for lists of many thousands with costly columns.

    Few rows are found in any order and then sorted, so that a rare word never makes PostgreSQL walk the whole table
    in the order asked for. Of many rows only the page's own are read, however deep it lies.
    """

    def __init__(self, found: QuerySet[Model], shown: QuerySet[Model], per_page: int) -> None:
        super().__init__(found, per_page)
        self.shown = shown

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        part = slice(first, min(first + self.per_page, self.count))
        found: QuerySet[Model] = self.object_list  # type: ignore[assignment]
        unfiltered = self.shown.all()
        unfiltered.query.clear_where()  # the keys have passed the filters
        if self.count <= FEW:
            shown = unfiltered.filter(KeyAmong(found.order_by().values("pk")))[part]
        else:
            shown = unfiltered.filter(KeyAmong(found.values("pk")[part]))
        return Page(shown, number, self)


class ReadPaginator(CappedPaginator):
    """Of rows whose keys are read already, in their order; only those of the page are read whole."""

    def __init__(self, keys: list[int], shown: QuerySet[Any], per_page: int, *, has_more: bool) -> None:
        super().__init__(keys, per_page)
        self.shown, self.most, self.has_more = shown, len(keys), has_more

    @cached_property
    def count(self) -> int:
        return len(self.object_list)

    @property
    def is_capped(self) -> bool:
        return self.has_more

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        keys = self.object_list[(number - 1) * self.per_page : number * self.per_page]
        rows = {row.pk: row for row in self.shown.filter(pk__in=keys)}
        return Page([rows[key] for key in keys if key in rows], number, self)


def page_of(rows: QuerySet[M], request: HttpRequest, *, per_page: int = PER_PAGE, count: int | None = None) -> Page[M]:
    """The page that `?page=` asks for; a number out of range gives the nearest page.

    Two queries, or one where the rows are counted already.
    """
    return _page_asked_for(CappedPaginator(rows, per_page), request, count)


def page_by_key(found: QuerySet[M], shown: QuerySet[M], request: HttpRequest, *, count: int | None = None) -> Page[M]:
    """The same by a KeyedPaginator: `shown` are the rows of `found` in the same order with what is shown of each."""
    return _page_asked_for(KeyedPaginator(found, shown, PER_PAGE), request, count)


def page_of_keys(keys: list[int], shown: QuerySet[M], request: HttpRequest, *, has_more: bool) -> Page[M]:
    """The same of keys that a search has read in their order; `has_more`: there are others behind them."""
    return ReadPaginator(keys, shown, PER_PAGE, has_more=has_more).get_page(request.GET.get("page"))


def _page_asked_for(paginator: CappedPaginator, request: HttpRequest, count: int | None) -> Page[Any]:
    """`count`: how many there are, where that is known already."""
    if count is not None:
        paginator.count = min(count, COUNT_LIMIT + 1)
    return paginator.get_page(request.GET.get("page"))

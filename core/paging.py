"""Pages of long lists at a fixed price."""

from __future__ import annotations

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

PER_PAGE = 25
COUNT_LIMIT = 10_000
M = TypeVar("M", bound=Model)


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts at most 10,001 rows: beyond that the exact number costs more than it tells."""

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Model] = self.object_list  # type: ignore[assignment]
        return rows.order_by().values("pk")[: COUNT_LIMIT + 1].count()

    @property
    def is_capped(self) -> bool:
        return self.count > COUNT_LIMIT


def page_of(rows: QuerySet[M], request: HttpRequest, *, per_page: int = PER_PAGE, count: int | None = None) -> Page[M]:
    """The page that `?page=` asks for; a number out of range gives the nearest page.

    Two queries, or one where the rows are counted already.
    """
    paginator = CappedPaginator(rows, per_page)
    if count is not None:
        paginator.count = min(count, COUNT_LIMIT + 1)
    return paginator.get_page(request.GET.get("page"))

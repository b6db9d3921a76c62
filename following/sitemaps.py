"""The pages that search engines may list: what a visitor sees."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone

from placements.models.postings import Posting, PostingQuerySet


class Pages(Sitemap):  # type: ignore[type-arg]
    """The two pages that do not come and go."""

    def items(self) -> list[str]:
        return ["home", "placements:posting_list"]

    def location(self, item: str) -> str:
        return reverse(item)


class OpenPostings(Sitemap):  # type: ignore[type-arg]
    """A page of the map holds 5,000."""

    limit = 5_000

    def items(self) -> PostingQuerySet:
        return Posting.objects.open(timezone.localdate()).only("pk", "updated_at").order_by("-pk")

    def location(self, item: Posting) -> str:
        return reverse("placements:posting", args=[item.pk])

    def lastmod(self, item: Posting) -> datetime:
        return item.updated_at


SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {"pages": Pages, "postings": OpenPostings}

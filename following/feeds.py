"""Open postings as a feed: what a visitor may see, narrowed as the list is."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _

from accounts.selectors import school
from core.names import in_language
from following.selectors.searching import found_by, kept_query
from placements.models.postings import Posting

MOST = 50


class OpenPostings(Feed):  # type: ignore[type-arg]
    """Newest first; who reads it is never known, so it is the same for everyone."""

    def get_object(self, request: HttpRequest) -> str:
        return kept_query(request.GET.urlencode())

    def title(self, query: str) -> str:
        return _("%(school)s: open postings") % {"school": school()}

    def description(self, query: str) -> str:
        return _("Internships and jobs at enterprises that work with the school.")

    def link(self, query: str) -> str:
        address = reverse("placements:posting_list")
        return f"{address}?{query}" if query else address

    def items(self, query: str) -> list[Posting]:
        rows = found_by(AnonymousUser(), query, on=timezone.localdate())
        newest = rows.order_by("-published_at", "-pk").select_related("enterprise", "province")
        return list(newest.defer(None).defer("search", "enterprise__search", "enterprise__about")[:MOST])

    def item_title(self, item: Posting) -> str:
        return _("%(posting)s – %(enterprise)s") % {"posting": item, "enterprise": item.enterprise}

    def item_description(self, item: Posting) -> str:
        """HTML, with what people typed in it as text."""
        closes = _("Applications until %(day)s.") % {"day": date_format(item.closes_on)}
        facts = [item.get_kind_display(), item.location, closes]
        text = in_language(item.description, item.description_en)
        return linebreaks(escape(" · ".join(fact for fact in facts if fact))) + linebreaks(escape(text))

    def item_link(self, item: Posting) -> str:
        return reverse("placements:posting", args=[item.pk])

    def item_guid(self, item: Posting) -> str:
        return f"posting-{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Posting) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Posting) -> datetime:
        return item.updated_at

    def item_categories(self, item: Posting) -> list[str]:
        return [str(item.get_kind_display())]

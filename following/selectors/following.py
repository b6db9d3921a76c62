"""What the page of all that one follows shows, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models.people import User
from following.models import FollowedEnterprise, FollowedPosting, SavedSearch
from following.selectors.searching import search_form
from placements.models.applications import Application
from placements.models.postings import Posting


@dataclass(frozen=True)
class Asked:
    """One filter of a search in words; a tick has no value."""

    label: str
    value: str = ""

    def __str__(self) -> str:
        return _("%(label)s: %(value)s") % {"label": self.label, "value": self.value} if self.value else self.label


@dataclass(frozen=True)
class SearchRow:
    """A saved search with what it asks for."""

    search: SavedSearch
    asks: list[Asked]


def search_rows(user: User) -> list[SearchRow]:
    """The searches, and once for all of them what names their majors and provinces."""
    searches = list(SavedSearch.objects.filter(user=user))
    form = search_form(user, "") if searches else None
    return [SearchRow(search, _in_words(form, search.query)) for search in searches]


def asked_in_words(user: User, query: str) -> list[Asked]:
    """What one search asks for."""
    return _in_words(search_form(user, query), query)


def name_for(asks: list[Asked]) -> str:
    """What a search might be called."""
    said = pgettext("between the things of a list", ", ").join(ask.value or ask.label for ask in asks)
    return said[:80] or _("All postings")


def _in_words(form: Any, query: str) -> list[Asked]:
    """What an address asks for as a person would say it, by the labels and choices of the search's form."""
    said = []
    for name, values in QueryDict(query).lists():
        field = form.fields.get(name)
        if field is None or field.widget.is_hidden:
            continue
        choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        is_tick = not choices and values in (["on"], ["true"], ["True"])
        words = _("; ").join(choices.get(value, value) for value in values)
        said.append(Asked(str(field.label), "" if is_tick else words))
    return said


def followed_enterprises(user: User) -> QuerySet[FollowedEnterprise]:
    return FollowedEnterprise.objects.filter(user=user).select_related("enterprise__industry")


def followed_postings(user: User) -> QuerySet[FollowedPosting]:
    """Latest first, each with whether its follower has applied."""
    applied = Application.objects.filter(posting=OuterRef("posting"), student=user).order_by()
    rows = FollowedPosting.objects.filter(user=user).annotate(has_applied=Exists(applied))
    return rows.select_related("posting__enterprise", "posting__province").defer(
        "posting__description", "posting__description_en", "posting__search", "posting__enterprise__search"
    )


def opening_soon(user: User, *, on: date) -> QuerySet[Posting]:
    """What enterprises that one follows have announced and one does not follow yet."""
    enterprises = FollowedEnterprise.objects.filter(user=user).order_by().values("enterprise")
    mine = FollowedPosting.objects.filter(user=user).order_by().values("posting")
    rows = Posting.objects.announced(on).filter(enterprise__in=enterprises).exclude(pk__in=mine)
    return rows.select_related("enterprise").order_by("opens_on", "pk")

"""What stands above a list that people come back to: its saved views, and what is done with many of its rows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.template import Context

from partnerships import rules
from partnerships.choices.lists import BulkAction
from partnerships.forms.lists import known_query
from partnerships.selectors.saved_views import views_of

register = template.Library()


@register.inclusion_tag("partnerships/_list_views.html", takes_context=True)
def saved_views(context: Context) -> dict[str, Any]:
    """The saved views of the list that is open, and the way to keep what it shows now. One query."""
    request = context["request"]
    page = request.resolver_match.view_name
    query = known_query(page, request.GET)
    views = list(views_of(request.user, page))
    return {
        "views": views,
        "current": next((view for view in views if view.query == query), None),
        "is_filtered": bool(query),
        "here": request.path,
        "me": request.user,
        "new": urlencode({"page": page, "query": query}),
    }


@register.inclusion_tag("partnerships/_list_bulk.html", takes_context=True)
def bulk_bar(context: Context, page: Page[Any]) -> dict[str, Any]:
    """The bar that acts on the ticked rows or on all that are filtered; empty for who may change nothing."""
    request = context["request"]
    query = known_query(request.resolver_match.view_name, request.GET)
    paginator: Any = page.paginator
    return {
        "is_shown": bool(rules.can_change_many(request.user)),
        "actions": BulkAction.choices,
        "filter": query,
        "count": None if paginator.is_capped else paginator.count,
    }


@register.simple_tag(takes_context=True)
def kept_columns(context: Context) -> list[str]:
    """The columns of the address: a search must not lose them."""
    keys: list[str] = context["request"].GET.getlist("columns")
    return keys


@register.simple_tag(takes_context=True)
def may_pick(context: Context) -> bool:
    """Whether this person ticks rows at all."""
    return bool(rules.can_change_many(context["request"].user))

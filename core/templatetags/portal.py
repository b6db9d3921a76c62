"""Template tags of every page: icons, states as word and colour, the query string, the menu."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.http import QueryDict
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from core.money import in_yuan
from core.names import reads_chinese
from core.navigation import Menu, menu_for
from core.styles import style_names

register = template.Library()

NEUTRAL, INFO, PROGRESS, GOOD, WARN, BAD = "neutral", "info", "progress", "good", "warn", "bad"

# One table for the states of all records, so that the same word has the same colour everywhere.
TONES = {
    "abnormal": BAD,
    "accepted": GOOD,
    "agreed": PROGRESS,
    "answered": GOOD,
    "approved": GOOD,
    "asked": WARN,
    "awaiting_signatures": WARN,
    "broken_off": WARN,
    "cancelled": NEUTRAL,
    "changed": PROGRESS,
    "checked": GOOD,
    "checking": PROGRESS,
    "closed": NEUTRAL,
    "complete": GOOD,
    "confirmed": PROGRESS,
    "declined": NEUTRAL,
    "different": NEUTRAL,
    "differs": BAD,
    "done": GOOD,
    "draft": NEUTRAL,
    "dropped": NEUTRAL,
    "ended": NEUTRAL,
    "error": BAD,
    "expired": BAD,
    "expiring": WARN,
    "failed": BAD,
    "filled": GOOD,
    "granted": GOOD,
    "held": WARN,
    "in_force": GOOD,
    "in_review": PROGRESS,
    "intended": INFO,
    "interview": PROGRESS,
    "kept": GOOD,
    "left": WARN,
    "mapping": WARN,
    "matches": GOOD,
    "merged": GOOD,
    "met": GOOD,
    "new": GOOD,
    "no_reply": WARN,
    "not_found": WARN,
    "not_kept": BAD,
    "offered": PROGRESS,
    "open": INFO,
    "opened": PROGRESS,
    "overdue": BAD,
    "planned": INFO,
    "published": GOOD,
    "queued": INFO,
    "reading": PROGRESS,
    "rejected": BAD,
    "refused": BAD,
    "renewed": NEUTRAL,
    "reported": GOOD,
    "returned": WARN,
    "running": PROGRESS,
    "seen": INFO,
    "sending": PROGRESS,
    "sent": GOOD,
    "shortlisted": PROGRESS,
    "signed": GOOD,
    "silent": WARN,
    "stale": WARN,
    "stayed": WARN,
    "submitted": INFO,
    "suspect": WARN,
    "undoing": PROGRESS,
    "unreachable": BAD,
    "unverified": WARN,
    "valid": GOOD,
    "verified": GOOD,
    "withdrawn": NEUTRAL,
    "writing": PROGRESS,
    "written": GOOD,
}


@register.simple_tag
def stylesheets() -> tuple[str, ...]:
    """The files that style every page."""
    return style_names()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small picture beside words; it says nothing of its own to a screen reader."""
    if name not in icon_names():
        raise template.TemplateSyntaxError(f"No icon {name!r}: add it to static/icons.txt and run tools/icons.py.")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("icons.svg"),
        name,
    )


@register.simple_tag
def state_badge(value: Any, label: Any) -> SafeString:
    """A state as its word and a coloured dot; a value without a tone is neutral."""
    return format_html('<span class="state state-{}">{}</span>', tone(value), label)


@register.filter
def tone(value: Any) -> str:
    """The tone of a state, for progress bars and the like."""
    return TONES.get(str(value), NEUTRAL)


@register.filter
def listed(things: Iterable[Any]) -> str:
    """Names one after another, with the comma of the reader's language."""
    return pgettext("between the things of a list", ", ").join(str(thing) for thing in things)


@register.filter
def yuan(amount: Decimal | None) -> str:
    """A sum of money in the reader's way; nothing where there is none."""
    return "" if amount is None else in_yuan(amount)


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The query string of this page with changes, from its question mark on; None takes a key away."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def query_without(context: Context, name: str) -> str:
    """The query string of this page without one of its keys, from the first page on."""
    return query_with(context, **{name: None, "page": None})


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> Menu:
    """The menu of whoever looks at this page."""
    request = context.get("request")
    return menu_for(getattr(request, "user", None), request.path if request else "")


@register.simple_tag
def page_language() -> str:
    """The language of the page as browsers know it: zh-Hans or en."""
    return "zh-Hans" if reads_chinese() else "en"


@cache
def icon_names() -> frozenset[str]:
    """Names in static/icons.txt: exactly those that the sprite holds."""
    return frozenset((Path(settings.BASE_DIR) / "static" / "icons.txt").read_text().split())

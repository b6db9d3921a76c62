"""How an entry of the timeline reads and looks."""

from __future__ import annotations

from django import template

from partnerships.models.timeline import TimelineEntry
from partnerships.timeline import ICONS, describe

register = template.Library()


@register.filter
def sentence(entry: TimelineEntry) -> str:
    """The entry in the reader's language."""
    return describe(entry)


@register.filter
def entry_icon(entry: TimelineEntry) -> str:
    """The name of the icon of the entry's kind."""
    return ICONS.get(entry.kind, "chat-left-text")

"""How an entry of the timeline reads and looks."""

from __future__ import annotations

from django import template

from partnerships.change_words import ChangedField
from partnerships.change_words import changed_fields as fields_changed_by
from partnerships.models.timeline import TimelineEntry
from partnerships.timeline import ICONS, describe, letter_of

register = template.Library()


@register.filter
def sentence(entry: TimelineEntry) -> str:
    """The entry in the reader's language."""
    return describe(entry)


@register.filter
def entry_icon(entry: TimelineEntry) -> str:
    """The name of the icon of the entry's kind."""
    return ICONS.get(entry.kind, "chat-left-text")


@register.filter
def changed_fields(entry: TimelineEntry) -> list[ChangedField]:
    """What was and what is, field by field, in the reader's language."""
    return fields_changed_by(entry)


@register.filter
def has_letter(entry: TimelineEntry) -> bool:
    """Whether the text of an e-mail stands behind the entry."""
    return letter_of(entry) is not None

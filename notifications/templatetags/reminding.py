"""Tags of messages: why one was written, and whether mail reaches somebody."""

from __future__ import annotations

import re

from django import template

from accounts.models.people import User
from notifications.describing import why_words
from notifications.models.messages import OutgoingMessage
from notifications.occasions import rules
from notifications.selectors import bounces

register = template.Library()
SIGNED = re.compile(r"(https?://\S*?/)[\w:.=-]{24,}")


@register.filter
def why(message: OutgoingMessage) -> str:
    """The rule with its distance, or the matter."""
    return why_words(message)


@register.filter
def has_rule(message: OutgoingMessage) -> bool:
    """Was it written by a rule that still has its page?"""
    return message.rule in rules()


@register.filter
def without_keys(text: str) -> str:
    """A text without the signed parts of its addresses: they open or change something for their reader."""
    return SIGNED.sub("\\1…", text)


@register.simple_tag
def bounce_of(user: User) -> OutgoingMessage | None:
    """The last mail that did not reach a person of the school; one query."""
    return bounces.bounce_of(user)

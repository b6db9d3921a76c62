"""Asking the rules of reminders, and storing what they find."""

from __future__ import annotations

from datetime import datetime

from accounts.working_days import working_days
from notifications.models.reminding import RuleTerms
from notifications.occasions import Asked, Occasion, rules
from notifications.selectors.reminding import terms_of
from notifications.services.reminding import queue_reminders


def due(slug: str, now: datetime, *, only: int | None = None) -> list[Occasion]:
    """What a rule finds by now, on the terms that hold."""
    rule = rules()[slug]
    return list(rule.find(Asked(now=now, terms=terms_of(rule), days=working_days(), only=only)))


def told(slug: str, now: datetime) -> list[tuple[str, str]]:
    """The key and the person of everything a rule finds by now."""
    rule, terms = rules()[slug], terms_of(rules()[slug])
    return [(rule.key_of(each), str(person)) for each in due(slug, now) for person in each.told(terms.audiences)]


def queue(now: datetime, *slugs: str) -> int:
    """Store what these rules find by now; how many messages are new."""
    return queue_reminders(now=now, of=slugs)


def set_terms(slug: str, **fields: object) -> RuleTerms:
    """As if an administrator had set the terms of a rule; what is not said stays as it came."""
    came = rules()[slug].terms
    given = {
        name: getattr(came, name) for name in ("marks", "until", "every", "counting", "audiences", "number", "is_on")
    }
    listed = {name: list(value) if isinstance(value, tuple) else value for name, value in {**given, **fields}.items()}
    return RuleTerms.objects.create(rule=slug, **listed)

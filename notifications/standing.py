"""Whether a message still holds at the moment of sending."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.working_days import working_days
from notifications.models.messages import OutgoingMessage
from notifications.occasions import Asked, rules
from notifications.selectors.reminding import terms_of


def still_holds(message: OutgoingMessage, *, now: datetime) -> bool:
    """Is the recipient still here, and would the same be said to them now?"""
    if message.recipient and not message.recipient.is_active:
        return False
    if message.rule and message.recipient:
        return _rule_says_the_same(message, now=now)
    if not message.still_due:
        return True
    check = settings.STILL_DUE.get(message.still_due)  # an older version of the portal may have stored what is no more
    return check is not None and bool(import_string(check)(message.subject_id, now=now))


def _rule_says_the_same(message: OutgoingMessage, *, now: datetime) -> bool:
    """The rule is asked about this subject alone. A day that moved, a matter that was done, somebody who is not
    responsible any more, a rule that was switched off: it does not yield the same key for this person.
    """
    rule = rules().get(message.rule)
    if rule is None:
        return False
    terms = terms_of(rule)
    if not terms.is_on:
        return False
    asked = Asked(now=now, terms=terms, days=working_days(), only=message.subject_id)
    same = (occasion for occasion in rule.find(asked) if rule.key_of(occasion) == message.key)
    return any(message.recipient in occasion.told(terms.audiences) for occasion in same)

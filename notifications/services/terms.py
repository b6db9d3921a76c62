"""Setting rules, and the hours at which the portal writes."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models.people import User
from notifications import rules
from notifications.models.reminding import ReminderHours, RuleTerms
from notifications.occasions import Rule
from notifications.terms import Terms


@transaction.atomic
def set_terms(rule: Rule, terms: Terms, *, by: User) -> None:
    """From now on the rule speaks on these terms; those that it came with leave no row."""
    rules.can_set_reminders(by).or_raise()
    if terms == rule.terms:
        RuleTerms.objects.filter(rule=rule.slug).delete()
        return
    values: dict[str, Any] = {
        "is_on": terms.is_on, "marks": list(terms.marks), "every": terms.every, "until": terms.until,
        "counting": terms.counting, "audiences": list(terms.audiences), "number": terms.number,
    }  # fmt: skip
    RuleTerms.objects.update_or_create(rule=rule.slug, defaults=values)


@transaction.atomic
def set_hours(hours: ReminderHours, *, by: User) -> None:
    """From now on the portal writes at these hours; `hours` was checked by its form."""
    rules.can_set_reminders(by).or_raise()
    hours.pk = 1
    hours.save()

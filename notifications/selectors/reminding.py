"""How reminders are set, and what they would say in the days to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models.people import User
from accounts.working_days import WorkingDays, working_days
from notifications.choices import Counting
from notifications.models.messages import OutgoingMessage
from notifications.models.reminding import ReminderHours, RuleTerms
from notifications.occasions import Addressee, Asked, Occasion, Rule, rules
from notifications.terms import Terms

DAYS_AHEAD = 14
LOOKED_AT = time(9)
MOST_SHOWN = 200


def office_hours() -> ReminderHours:
    """The row of the settings, or its defaults."""
    return ReminderHours.objects.filter(pk=1).first() or ReminderHours(pk=1)


def terms_of(rule: Rule) -> Terms:
    """The terms as an administrator set them, else those that the rule came with."""
    return all_terms([rule])[rule.slug]


def all_terms(of: list[Rule] | None = None) -> dict[str, Terms]:
    """The terms of several rules, all by default; one query."""
    wanted = {rule.slug: rule for rule in (list(rules().values()) if of is None else of)}
    rows = {row.rule: row for row in RuleTerms.objects.filter(rule__in=wanted)}
    return {slug: _set_terms(rule, rows[slug]) if slug in rows else rule.terms for slug, rule in wanted.items()}


def _set_terms(rule: Rule, row: RuleTerms) -> Terms:
    return Terms(
        marks=tuple(row.marks),
        until=row.until,
        every=row.every,
        counting=Counting(row.counting),
        audiences=tuple(name for name in row.audiences if name in rule.audiences),
        number=row.number,
        is_on=row.is_on,
    )


def occasion_of(slug: str, subject_id: int, *, now: datetime) -> Occasion | None:
    """What a rule finds of one subject now; rules that write for themselves ask it once they hold the lock."""
    rule = rules()[slug]
    terms = terms_of(rule)
    if not terms.is_on:
        return None
    return next(rule.find(Asked(now=now, terms=terms, days=working_days(), only=subject_id)), None)


@dataclass(frozen=True)
class Ahead:
    """One person who would be told, the day, and of what."""

    day: date
    to: User | Addressee
    occasion: Occasion


@dataclass(frozen=True)
class Preview:
    """What a rule would say in the next days, as things stand; `more` counts what is not shown."""

    rows: list[Ahead]
    more: int

    @property
    def number(self) -> int:
        return len(self.rows) + self.more


def preview(rule: Rule, terms: Terms, *, now: datetime, most: int = MOST_SHOWN) -> Preview:
    """Everybody who would be told in the next 14 days and was not yet, by day; two queries beside the rule's own."""
    days = working_days()
    seen: set[tuple[str, object]] = set()
    found = list(_ahead(rule, terms, days, now=now))
    told = set(
        OutgoingMessage.objects.filter(key__in={rule.key_of(each.occasion) for each in found}).values_list(
            "key", "recipient"
        )
    )
    rows = []
    for each in found:
        mark = (rule.key_of(each.occasion), _number(each.to))
        if mark in seen or mark in told:
            continue
        seen.add(mark)
        rows.append(each)
    return Preview(rows[:most], max(len(rows) - most, 0))


def _ahead(rule: Rule, terms: Terms, days: WorkingDays, *, now: datetime) -> Iterator[Ahead]:
    if not terms.is_on:
        return
    for number in range(DAYS_AHEAD):
        day = timezone.localdate(now) + timedelta(days=number)
        moment = max(now, timezone.make_aware(datetime.combine(day, LOOKED_AT)))
        for occasion in rule.find(Asked(now=moment, terms=terms, days=days)):
            for person in occasion.told(terms.audiences):
                yield Ahead(day, person, occasion)


def _number(person: User | Addressee) -> object:
    return person.pk if isinstance(person, User) else person.email

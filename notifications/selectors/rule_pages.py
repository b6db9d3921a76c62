"""What the pages of the rules show."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Count
from django.utils import timezone, translation

from accounts.models.people import User
from notifications.choices import MessageState
from notifications.describing import when_words
from notifications.models.messages import OutgoingMessage
from notifications.models.reminding import RuleRun
from notifications.occasions import Rule, rules
from notifications.selectors.reminding import DAYS_AHEAD, Ahead, all_terms, preview
from notifications.terms import Terms
from notifications.texts import subject_and_body

logger = logging.getLogger(__name__)

LOOKED_BACK = timedelta(days=30)
MOST_OF_ONE = 100
MOST_OF_ALL = 100_000


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """One rule in the list: its terms, its last run, and how many messages of it were sent lately."""

    rule: Rule
    terms: Terms
    run: RuleRun | None
    sent: int

    @property
    def when(self) -> str:
        return when_words(self.terms)

    @property
    def audiences(self) -> list[str]:
        return [str(self.rule.audiences[name]) for name in self.terms.audiences]

    @property
    def is_changed(self) -> bool:
        return self.terms != self.rule.terms


def rule_lines(*, now: datetime, of: Rule | None = None) -> list[RuleLine]:
    """All rules, or one, with what is known of them; three queries."""
    wanted = [of] if of else list(rules().values())
    terms = all_terms(wanted)
    runs = {run.rule: run for run in RuleRun.objects.filter(rule__in=terms)}
    lately = OutgoingMessage.objects.filter(rule__in=terms, state=MessageState.SENT, sent_at__gte=now - LOOKED_BACK)
    sent = dict(lately.order_by().values_list("rule").annotate(Count("pk")))
    return [
        RuleLine(rule=rule, terms=terms[rule.slug], run=runs.get(rule.slug), sent=sent.get(rule.slug, 0))
        for rule in wanted
    ]


@dataclass(frozen=True)
class Foreseen:
    """One person who would be told, and of what, in the viewer's language."""

    name: str
    subject: str
    link: str


@dataclass(frozen=True, kw_only=True)
class RulePreview:
    """What a rule would say, day by day; `problem` stands instead of it when the rule fails."""

    days: list[tuple[date, list[Foreseen]]]
    number: int = 0
    more: int = 0
    problem: str = ""


def rule_preview(rule: Rule, terms: Terms, *, now: datetime) -> RulePreview:
    """The next 14 days of one rule, on terms that need not be saved."""
    try:
        found = preview(rule, terms, now=now, most=MOST_OF_ONE)
        days = [
            (day, [_foreseen(rule, each) for each in rows])
            for day, rows in groupby(found.rows, key=lambda each: each.day)
        ]
    except Exception as problem:
        logger.warning("Rule %s cannot be previewed.", rule.slug, exc_info=True)
        return RulePreview(days=[], problem=type(problem).__name__)
    return RulePreview(days=days, number=found.number, more=found.more)


def _foreseen(rule: Rule, ahead: Ahead) -> Foreseen:
    subject = str(rule.name)
    if rule.template and isinstance(ahead.to, User):
        language = translation.get_language() or ahead.to.language
        subject, _body = subject_and_body(rule.template, ahead.occasion.words(ahead.to), language=language)
    name = str(ahead.to) if isinstance(ahead.to, User) else ahead.to.name
    return Foreseen(name, subject, ahead.occasion.link)


@dataclass(frozen=True, kw_only=True)
class AheadLine:
    """How many people one rule would tell on each of the next days."""

    rule: Rule
    counts: list[int]
    is_on: bool
    problem: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class AheadTable:
    """Rules by days."""

    days: list[date]
    lines: list[AheadLine]

    @property
    def totals(self) -> list[int]:
        return [sum(line.counts[at] for line in self.lines) for at in range(len(self.days))]

    @property
    def total(self) -> int:
        return sum(self.totals)


def ahead_table(*, now: datetime) -> AheadTable:
    """What would leave in the next 14 days, as things stand; the cost is that of the rules."""
    today = timezone.localdate(now)
    days = [today + timedelta(days=number) for number in range(DAYS_AHEAD)]
    return AheadTable(days, list(_ahead_lines(days, now=now)))


def _ahead_lines(days: list[date], *, now: datetime) -> Iterator[AheadLine]:
    terms = all_terms()
    for rule in rules().values():
        problem, counted = "", Counter[date]()
        try:
            rows = preview(rule, terms[rule.slug], now=now, most=MOST_OF_ALL).rows
            counted.update(each.day for each in rows)
        except Exception as failure:
            logger.warning("Rule %s cannot be previewed.", rule.slug, exc_info=True)
            problem = type(failure).__name__
        yield AheadLine(rule=rule, counts=[counted[day] for day in days], is_on=terms[rule.slug].is_on, problem=problem)

"""Storing what the rules find; running it twice, or twice at once, changes nothing."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Container, Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.template import TemplateSyntaxError
from django.utils import translation

from accounts.models.people import User
from accounts.working_days import WorkingDays, working_days
from notifications.choices import Mode
from notifications.hours import leaves_at
from notifications.models.messages import OutgoingMessage
from notifications.models.reminding import ReminderHours, RuleRun
from notifications.occasions import Asked, Occasion, Rule, rules
from notifications.selectors.reminding import all_terms, office_hours
from notifications.services.running import on_behalf_of
from notifications.services.storing import Draft, store
from notifications.terms import Terms
from notifications.texts import subject_and_body

logger = logging.getLogger(__name__)

AT_ONCE = 500


def queue_reminders(*, now: datetime, of: Iterable[str] | None = None) -> int:
    """Store the reminders that should exist by now and do not; returns how many messages are new.

    `of` names the rules, all by default. A rule that fails stops no other one; the page of the rules shows it.
    """
    hours = office_hours()
    if hours.mode == Mode.SHOW:
        return 0
    terms, days = all_terms(), working_days()
    chosen = [rules()[slug] for slug in of] if of is not None else list(rules().values())
    return sum(_Run(rule, terms[rule.slug], hours, days, now=now).queue() for rule in chosen)


class _Run:
    """One rule, asked once."""

    def __init__(self, rule: Rule, terms: Terms, hours: ReminderHours, days: WorkingDays, *, now: datetime) -> None:
        self.rule, self.terms, self.hours, self.days, self.now = rule, terms, hours, days, now
        self.found = self.stored = self.problems = 0
        self.problem = ""

    def queue(self) -> int:
        if not self.terms.is_on:
            return 0
        try:
            occasions = self.rule.find(Asked(now=self.now, terms=self.terms, days=self.days))
            for chunk in _chunks(occasions):
                self.found += len(chunk)
                self.stored += self._write(chunk) if self.rule.write else self._store(chunk)
        except Exception as problem:  # noqa: BLE001 - whatever is wrong with one rule, the others are asked
            self._note(problem)
        self._keep()
        return self.stored

    def _write(self, chunk: list[Occasion]) -> int:
        """Rules that make links write for themselves."""
        assert self.rule.write is not None  # noqa: S101 - asked by the caller
        stored = 0
        for occasion in chunk:
            if not occasion.told(self.terms.audiences):
                continue
            try:
                with on_behalf_of(self.rule.slug, _because(occasion)):
                    stored += self.rule.write(occasion.subject_id, self.now)
            except Exception as problem:  # noqa: BLE001 - one letter that cannot be written stops no other
                self._note(problem)
        return stored

    def _store(self, chunk: list[Occasion]) -> int:
        told = set(
            OutgoingMessage.objects.of_people()
            .filter(key__in=[self.rule.key_of(occasion) for occasion in chunk])
            .values_list("key", "recipient")
        )
        with transaction.atomic():
            return store(list(self._drafts(chunk, told)), at=self.now)

    def _drafts(self, chunk: list[Occasion], told: Container[tuple[str, int | None]]) -> Iterator[Draft]:
        for occasion in chunk:
            key = self.rule.key_of(occasion)
            for person in occasion.told(self.terms.audiences):
                if not isinstance(person, User) or (key, person.pk) in told:
                    continue
                try:
                    yield self._draft(occasion, person, key)
                except Exception as problem:  # noqa: BLE001 - words that fail for one person stop no other
                    self._note(problem)

    def _draft(self, occasion: Occasion, person: User, key: str) -> Draft:
        with translation.override(person.language):
            words = dict(occasion.words(person))
        subject, body = subject_and_body(self.rule.template, words, language=person.language, zone=person.zone)
        content: dict[str, object] = {
            "language": person.language, "subject": subject, "body": body, "link": occasion.link,
            "rule": self.rule.slug, "subject_id": occasion.subject_id, "enterprise_id": occasion.enterprise_id,
            "because": _because(occasion),
        }  # fmt: skip
        leaves = leaves_at(self.now, person, on=occasion.on, terms=self.terms, hours=self.hours, days=self.days)
        return Draft(user=person, key=key, matter=self.rule.matter, content=content, send_after=leaves)

    def _note(self, problem: Exception) -> None:
        """What went wrong and where, of a template in its words; they name nobody."""
        self.problems += 1
        words = f": {problem}" if isinstance(problem, TemplateSyntaxError) else ""
        place = traceback.extract_tb(problem.__traceback__)[-1]
        self.problem = f"{type(problem).__name__}{words} ({Path(place.filename).name}:{place.lineno})"[:300]
        logger.warning("Rule %s failed for one reminder: %s", self.rule.slug, self.problem)

    def _keep(self) -> None:
        outcome = {
            "at": self.now, "found": self.found, "stored": self.stored, "problems": self.problems,
            "problem": self.problem,
        }  # fmt: skip
        RuleRun.objects.update_or_create(rule=self.rule.slug, defaults=outcome)


def _because(occasion: Occasion) -> dict[str, object]:
    """What the log shows beside the rule."""
    return {"on": occasion.on.isoformat(), "mark": occasion.mark, **occasion.because}


def _chunks(occasions: Iterator[Occasion]) -> Iterator[list[Occasion]]:
    while chunk := list(islice(occasions, AT_ONCE)):
        yield chunk

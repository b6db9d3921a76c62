"""Rules, and what they find: who is to be told of what by now.

A rule lives beside its subject (`<app>/reminders.py`) and is named in settings.REMINDER_RULES. It only reads. The
same question with one subject is asked again at the moment of sending: what it does not yield any more is not sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from accounts.models.people import User
from accounts.working_days import WorkingDays
from notifications.choices import Matter
from notifications.terms import Terms

M = TypeVar("M", bound=Model)
Words = Mapping[str, object]


class Addressee(Protocol):
    """Somebody outside the school who is written to by a rule that writes for itself."""

    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The question to a rule: by when, on which terms, and about which subject alone, if one."""

    now: datetime
    terms: Terms
    days: WorkingDays
    only: int | None = None

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def around(self) -> tuple[date, date]:
        """The range of days to look at; `mark_of` decides of each."""
        return self.terms.range_around(self.today)

    def mark_of(self, on: date) -> int | None:
        return self.terms.mark_of(on, self.today, self.days)

    def narrowed(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows that the question is about."""
        return rows if self.only is None else rows.filter(pk=self.only)


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """One matter of which people are to be told now.

    `on` is the day that it is about, and `mark` the band of the terms; both stand in the key, so that another day is
    another occasion and drops this one. `more` makes the key finer, as the hour of an appointment does. `people` are
    those of each audience. `words` are the template's, as plain values, made under the reader's language.
    """

    subject_id: int
    on: date
    mark: int
    people: Mapping[str, Sequence[User | Addressee | None]]
    words: Callable[[User], Words] = field(default=lambda user: {})
    link: str = ""
    more: str = ""
    enterprise_id: int | None = None
    because: Mapping[str, Any] = field(default_factory=dict)

    def told(self, audiences: Sequence[str]) -> list[User | Addressee]:
        """The people of the chosen audiences, each once, and of the school only those who may sign in."""
        found = [person for name in audiences for person in self.people.get(name, ()) if person is not None]
        return list({_identity(person): person for person in found if getattr(person, "is_active", True)}.values())


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing the portal reminds of. `write`, where there is one, writes the letter about a subject itself,
    because it makes a link for it; it is called once for each occasion and sees to it that it is written once.
    """

    slug: str
    name: str | Promise
    about: str | Promise
    matter: Matter
    terms: Terms
    audiences: Mapping[str, str | Promise]
    find: Callable[[Asked], Iterator[Occasion]]
    template: str = ""
    number_name: str | Promise = ""
    write: Callable[[int, datetime], int] | None = None

    def key_of(self, occasion: Occasion) -> str:
        """What would make it another message: the subject, the band and the day."""
        parts = [self.slug, str(occasion.subject_id), f"{occasion.mark:+d}d", f"{occasion.on:%Y%m%d}", occasion.more]
        return ":".join(part for part in parts if part)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its slug, in the order of settings.REMINDER_RULES."""
    found = [rule for path in settings.REMINDER_RULES for rule in import_string(path)]
    return {rule.slug: rule for rule in found}


def _identity(person: User | Addressee) -> object:
    return ("user", person.pk) if isinstance(person, User) else ("address", person.email)

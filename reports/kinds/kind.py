"""What a kind of report is: what is in it, what may be asked of it, in which steps and by whom it is built."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.db.models import Model
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.decisions import Decision
from core.errors import RuleBroken
from reports.choices import FileFormat

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from reports.kinds.work import Work


class CannotBuild(RuleBroken):
    """Building it makes no sense, and why; another attempt would not help."""


class KindForm(forms.Form):
    """What is asked of a kind; made from what somebody sends, or from what a build keeps.

    Each field holds one plain value, so that `parameters` can be kept as JSON and read back.
    """

    def __init__(self, data: Any = None, *, user: User, on: date, moves: bool = False, **kwargs: Any) -> None:
        """`on` is the day from which "last week" is reckoned; with `moves` no day is meant, as for a schedule."""
        super().__init__(data, **kwargs)
        self.user, self.on, self.moves = user, on, moves

    @property
    def parameters(self) -> dict[str, str]:
        """What was chosen, in plain words; nothing for what was left open."""
        return {name: _plain(value) for name, value in self.cleaned_data.items() if _plain(value)}

    @property
    def words(self) -> list[list[str]]:
        """Field, label and value of what was chosen, in the active language."""
        return [
            [name, str(self.fields[name].label), self.in_words(name, value)]
            for name, value in self.cleaned_data.items()
            if _plain(value)
        ]

    @property
    def words_by_language(self) -> dict[str, list[list[str]]]:
        """The same in every language; kept, so that it can be read when what it names is gone."""
        found = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                again = type(self)(self.data, user=self.user, on=self.on, moves=self.moves)
                again.is_valid()
                found[language] = again.words
        return found

    def in_words(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("yes")
        if isinstance(value, date):
            return date_format(value, "SHORT_DATE_FORMAT")
        choices = () if isinstance(value, Model) else getattr(self.fields[name], "choices", ())
        return next((str(label) for key, label in choices if str(key) == str(value)), str(value))

    def why_not(self, words: list[list[str]]) -> str:
        """Why what was asked for no longer makes sense; `words` are those of the day on which it was asked for."""
        named = {name: (label, value) for name, label, value in words}
        for name, errors in self.errors.as_data().items():
            label, value = named.get(name, (name, str(self.data.get(name, ""))))
            if any(error.code == "invalid_choice" for error in errors):
                return _("%(label)s: “%(name)s” is no longer on file.") % {"label": label, "name": value}
        return " ".join(str(message) for messages in self.errors.values() for message in messages)


def digest_of(*asked: Any) -> str:
    """The same for the same kind, filters, language and occasion."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True)
class Step:
    """One part of the work: what the page says of it, with %(done)s and %(total)s, and how long it is beside others."""

    slug: str
    words: StrOrPromise
    weight: int = 1


@dataclass(frozen=True)
class Kind:
    """One kind of report, complete: nothing else in the portal knows it by name."""

    slug: str
    name: StrOrPromise
    definition: StrOrPromise
    icon: str
    form: type[KindForm]
    steps: tuple[Step, ...]
    formats: tuple[FileFormat, ...]
    may_build: Callable[[User], Decision]
    build: Callable[[Work], None]

    @property
    def formats_shown(self) -> str:
        return " · ".join(str(each.label) for each in self.formats)

    def step_words(self, slug: str, done: int, total: int) -> str:
        """What is being done now."""
        words = next((str(step.words) for step in self.steps if step.slug == slug), "")
        return words % {"done": done, "total": total} if words else ""

    def percent(self, slug: str, done: int, total: int) -> int:
        """How far the whole is when so much of a step is done."""
        slugs = [step.slug for step in self.steps]
        place = slugs.index(slug)
        before = sum(step.weight for step in self.steps[:place])
        share = self.steps[place].weight * min(done, total) / total if total else 0
        return int(100 * (before + share) / sum(step.weight for step in self.steps))

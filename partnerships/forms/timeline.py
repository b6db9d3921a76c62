"""Which entries of a timeline are asked for, and the chips that take each choice away again."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.filters import Filter, find_field
from core.forms import DateInput
from partnerships.choices.timeline import KINDS_OF, TimelineGroup, TimelineKind
from partnerships.selectors.codes import Choices
from partnerships.selectors.timeline import Period

KINDS: list[Any] = [
    ("", _("Everything")),
    *(
        (group.label, [(group.value, pgettext_lazy("of a kind", "All of this")), *((k.value, k.label) for k in kinds)])
        for group, kinds in KINDS_OF.items()
    ),
]


class Quick(NamedTuple):
    """A quick choice in words, and the address with it."""

    label: str
    address: str
    is_current: bool = False


class TimelineFilter(Filter):
    find = find_field(_("Words in entries and changes"))
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    who = forms.ChoiceField(label=pgettext_lazy("timeline", "Done by"))
    since = forms.DateField(label=_("From"), widget=DateInput)
    until = forms.DateField(label=_("Until"), widget=DateInput)

    def __init__(self, data: Any, *, people: Choices) -> None:
        super().__init__(data)
        self.offer("who", _("Anyone"), people)
        kinds = {choice.value: choice.label for choice in (*TimelineGroup, *TimelineKind)}
        self.words: dict[str, dict[str, Any]] = {"kind": kinds, "who": dict(people)}

    def _address(self, **changes: date | None) -> str:
        """The address of this page with other choices, from its question mark on, at its first page."""
        query: QueryDict = self.data.copy()  # type: ignore[attr-defined]  # request.GET
        for name in ("page", *changes):
            query.pop(name, None)
        query.update({name: value.isoformat() for name, value in changes.items() if value})
        return f"?{query.urlencode()}"

    def _in_words(self, name: str, value: Any) -> str:
        return str(self.words[name].get(value, value)) if name in self.words else super()._in_words(name, value)

    def periods(self, offered: list[Period]) -> list[Quick]:
        """Quick choices of a period."""
        since, until = self.chosen.get("since"), self.chosen.get("until")
        return [
            Quick(each.label, self._address(since=each.since, until=None), each.since == since and until is None)
            for each in offered
        ]

"""Filters of the lists: what stays in the address. A value that is not offered is passed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DateInput
from partnerships.choices.agreements import AgreementStage
from partnerships.choices.needs import NeedKind, NeedState
from partnerships.choices.timeline import TimelineKind
from partnerships.selectors.codes import Choices


@dataclass(frozen=True)
class Chip:
    """A filter that is chosen, in words; `name` is its key in the address."""

    name: str
    label: str
    value: str


class Filter(forms.Form):
    """Optional fields; `chosen` holds those that are filled in and make sense."""

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")
        for field in self.fields.values():
            field.required = False

    def offer(self, name: str, any_label: object, choices: Choices) -> None:
        """Fill a choice field with what the database offers."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = [("", any_label), *choices]

    @property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()  # cleans once; what is not offered falls out
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def chips(self) -> list[Chip]:
        """What narrows the list, each part of it with the words of its choice; the order does not narrow."""
        return [
            Chip(name, str(self.fields[name].label), self._in_words(name, value))
            for name, value in self.chosen.items()
            if name != "sort"
        ]

    def _in_words(self, name: str, value: Any) -> str:
        choices = getattr(self.fields[name], "choices", ())
        return next((str(label) for key, label in choices if str(key) == str(value)), str(value))


def find_field(hint: object) -> forms.CharField:
    """The search box that every list begins with."""
    return forms.CharField(
        label=_("Search"), max_length=100, widget=forms.TextInput(attrs={"type": "search", "placeholder": hint})
    )


class AgreementFilter(Filter):
    find = find_field(_("Title, number or enterprise"))
    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("Any stage")), *AgreementStage.choices])
    kind = forms.ChoiceField(label=_("Kind"))
    days = forms.ChoiceField(
        label=_("Ends within"),
        choices=[("", _("Any end")), ("30", _("30 days")), ("90", _("90 days")), ("180", _("180 days"))],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[("", _("Newest first")), ("ending", _("Ending soonest first")), ("title", _("By title"))],
    )

    def __init__(self, data: Any, *, kinds: Choices) -> None:
        super().__init__(data)
        self.offer("kind", _("Any kind"), kinds)


class NeedFilter(Filter):
    find = find_field(_("What is needed, or enterprise"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any kind")), *NeedKind.choices])
    major = forms.ChoiceField(label=_("Major"))
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", pgettext_lazy("need", "Open needs")),
            (NeedState.MET.value, _("Met")),
            (NeedState.DROPPED.value, _("Dropped")),
            ("all", _("Any state")),
        ],
    )

    def __init__(self, data: Any, *, majors: Choices) -> None:
        super().__init__(data)
        self.offer("major", _("Any major"), majors)


class TimelineFilter(Filter):
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Everything")), *TimelineKind.choices])
    since = forms.DateField(label=_("From"), widget=DateInput)
    until = forms.DateField(label=_("Until"), widget=DateInput)

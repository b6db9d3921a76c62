"""Filters of the lists: what stays in the address. A value that is not offered is passed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

Choices = Iterable[tuple[Any, Any]]


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
        if isinstance(value, date):
            return date_format(value, "SHORT_DATE_FORMAT")
        choices = getattr(self.fields[name], "choices", ())
        return next((str(label) for key, label in choices if str(key) == str(value)), str(value))


def find_field(hint: object) -> forms.CharField:
    """The search box that every list begins with."""
    return forms.CharField(
        label=_("Search"), max_length=100, widget=forms.TextInput(attrs={"type": "search", "placeholder": hint})
    )

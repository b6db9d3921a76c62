"""Filters of the lists: what stays in the address. A value that is not offered is passed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.school import College
from partnerships.choices.agreements import AgreementStage
from partnerships.choices.enterprises import SuspectState
from partnerships.choices.needs import PEOPLE, NeedKind, NeedSource, NeedState
from partnerships.selectors.codes import Choices
from partnerships.selectors.needs import NeedChoices

ALL_PEOPLE = _("Graduates, interns and order training")


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


class ContactFilter(Filter):
    find = find_field(_("Name, phone, e-mail or enterprise"))
    state = forms.ChoiceField(
        label=_("Who"),
        choices=[("", _("Who works there")), ("past", _("Who has left")), ("all", _("Everyone"))],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("By name")),
            ("enterprise", _("By enterprise")),
            ("stale", _("Longest not confirmed first")),
        ],
    )
    mine = forms.BooleanField(label=_("Known by me"))
    stale = forms.BooleanField(label=_("Stale"))


class NeedFilter(Filter):
    find = find_field(_("What is needed, or enterprise"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any kind")), (PEOPLE, ALL_PEOPLE), *NeedKind.choices])
    college = forms.ChoiceField(label=_("College"))
    major = forms.ChoiceField(label=_("Major"))
    owner = forms.ChoiceField(label=_("Owner"))
    source = forms.ChoiceField(label=_("Learnt from"), choices=[("", _("From anywhere")), *NeedSource.choices])
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", pgettext_lazy("need", "Open needs")),
            (NeedState.MET.value, _("Met")),
            (NeedState.DROPPED.value, _("Dropped")),
            ("all", _("Any state")),
        ],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("Most pressing first")),
            ("newest", _("Newest first")),
            ("most", _("Most people first")),
            ("stale", _("Longest not confirmed first")),
        ],
    )
    overdue = forms.BooleanField(label=_("Overdue"))
    stale = forms.BooleanField(label=_("Stale"))
    shared = forms.BooleanField(label=_("For several majors"))

    def __init__(self, data: Any, *, offered: NeedChoices) -> None:
        super().__init__(data)
        self.offer("major", _("Any major"), [("none", str(_("Without a major"))), *offered.majors])
        self.offer("college", _("Any college"), offered.colleges)
        self.offer("owner", _("Any owner"), [("none", str(_("Without owner"))), *offered.owners])


class DemandFilter(Filter):
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", ALL_PEOPLE), *NeedKind.choices, ("all", _("Any kind"))])
    college = forms.ChoiceField(label=_("College"))
    class_of = forms.ChoiceField(label=_("Graduating class"))

    def __init__(self, data: Any, *, colleges: Iterable[College], classes: Iterable[int]) -> None:
        super().__init__(data)
        self.offer("college", _("Any college"), [(str(college.pk), str(college)) for college in colleges])
        self.offer("class_of", _("The next class to graduate"), [(str(year), str(year)) for year in classes])


class SuspectFilter(Filter):
    state = forms.ChoiceField(
        choices=[(state.value, state.label) for state in (SuspectState.OPEN, SuspectState.DIFFERENT)]
    )
    of = forms.IntegerField(min_value=1, max_value=2**62)

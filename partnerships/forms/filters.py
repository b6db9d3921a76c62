"""Filters of the lists: what stays in the address. A value that is not offered is passed over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.school import College
from core.filters import Filter, find_field
from partnerships.choices.enterprises import SuspectState
from partnerships.choices.needs import PEOPLE, NeedKind, NeedSource, NeedState
from partnerships.selectors.needs import NeedChoices

ALL_PEOPLE = _("Graduates, interns and order training")


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

"""Filters of the lists: what stays in the address. A value that is not offered is passed over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput
from visits.choices import Direction, Medium, VisitState
from visits.selectors.choices import Choices


class Filter(forms.Form):
    """Optional fields; `chosen` holds those that are filled in and make sense."""

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")
        for field in self.fields.values():
            field.required = False

    @property
    def chosen(self) -> dict[str, Any]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class VisitFilter(Filter):
    find = forms.CharField(
        label=_("Search"),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name of the enterprise")}),
    )
    campaign = forms.ChoiceField(label=_("Campaign"))
    state = forms.ChoiceField(label=_("State"), choices=[("", _("Any state")), *VisitState.choices])
    direction = forms.ChoiceField(label=_("Direction"), choices=[("", _("Any direction")), *Direction.choices])
    medium = forms.ChoiceField(label=_("Medium"), choices=[("", _("Any medium")), *Medium.choices])
    leader = forms.ChoiceField(label=_("Led by"))
    since = forms.DateField(label=_("From"), widget=DateInput)
    until = forms.DateField(label=_("Until"), widget=DateInput)
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("Newest first")),
            ("oldest", _("Oldest first")),
            ("enterprise", _("By enterprise")),
            ("posts", _("Most places first")),
        ],
    )
    mine = forms.BooleanField(label=_("Mine only"))
    unreported = forms.BooleanField(label=_("Without report"))

    def __init__(self, data: Any, *, campaigns: Choices, leaders: Choices) -> None:
        super().__init__(data)
        for name, any_label, choices in (
            ("campaign", _("Any campaign"), campaigns),
            ("leader", _("Anybody"), leaders),
        ):
            self.fields[name].choices = [("", any_label), *choices]  # type: ignore[attr-defined]


class EnterpriseSearch(Filter):
    """The first step of planning: which enterprise?"""

    find = forms.CharField(
        label=_("Enterprise"),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name or credit code")}),
    )

"""Filters of the lists: what stays in the address. A value that is not offered is passed over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.filters import Choices, Filter
from core.forms import DateInput
from visits.choices import Direction, Medium, VisitState


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
        self.offer("campaign", _("Any campaign"), campaigns)
        self.offer("leader", _("Anybody"), leaders)


class EnterpriseSearch(Filter):
    """The first step of planning: which enterprise?"""

    find = forms.CharField(
        label=_("Enterprise"),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name or credit code")}),
    )

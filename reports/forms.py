"""What people type about reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.filters import Choices, Filter
from core.forms import DateInput, OnceForm
from visits.models.campaigns import Campaign


class ReportForm(OnceForm):
    """Of which campaign; the report is in the reader's language."""

    campaign: forms.ModelChoiceField[Campaign] = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign"), empty_label=None
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.visible_to(user)  # type: ignore[attr-defined]


class WeekFilter(Filter):
    """Any day of the week, and whose figures; nothing chosen is the last full week of the whole school."""

    week = forms.DateField(label=_("A day of the week"), widget=DateInput)
    campaign = forms.ChoiceField(label=_("Campaign"))

    def __init__(self, data: Any, *, campaigns: Choices) -> None:
        super().__init__(data)
        self.offer("campaign", _("The whole school, all years"), campaigns)

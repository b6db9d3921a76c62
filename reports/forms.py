"""What people type about reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import College
from core.filters import Choices, Filter
from core.forms import DateInput, OnceForm
from reports.figures.figure import Figure
from reports.selectors.people import people_of_figures
from visits.models.campaigns import Campaign


class ReportForm(OnceForm):
    """Of which campaign; the report is in the reader's language."""

    campaign: forms.ModelChoiceField[Campaign] = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign"), empty_label=None
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.visible_to(user)  # type: ignore[attr-defined]


class TargetForm(OnceForm):
    """How far a figure is to come, by when; of a college only where the figure is split by colleges."""

    number = forms.IntegerField(label=_("Target"), min_value=1, max_value=10**12)
    starts_on = forms.DateField(label=_("From"), widget=DateInput)
    ends_on = forms.DateField(label=_("To"), widget=DateInput)
    college = forms.ModelChoiceField(
        College.objects.all(), label=_("College"), required=False, empty_label=_("The whole school")
    )
    note = forms.CharField(label=_("Where it comes from"), max_length=200, required=False)

    def __init__(self, *args: Any, figure: Figure, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("starts_on", on.replace(month=1, day=1))
        self.initial.setdefault("ends_on", on.replace(month=12, day=31))
        if "college" not in figure.splits:
            self.fields["college"].disabled = True
            self.fields["college"].help_text = _("This figure is not counted by colleges.")


class OwnerForm(forms.Form):
    """Who answers for a figure."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Who answers for it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people_of_figures().filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["user"].empty_label = _("Whoever has the role of the definition")  # type: ignore[attr-defined]


class WeekFilter(Filter):
    """Any day of the week, and whose figures; nothing chosen is the last full week of the whole school."""

    week = forms.DateField(label=_("A day of the week"), widget=DateInput)
    campaign = forms.ChoiceField(label=_("Campaign"))

    def __init__(self, data: Any, *, campaigns: Choices) -> None:
        super().__init__(data)
        self.offer("campaign", _("The whole school, all years"), campaigns)

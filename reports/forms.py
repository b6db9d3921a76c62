"""What people type about reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.forms import OnceForm
from visits.models.campaigns import Campaign


class ReportForm(OnceForm):
    """Of which campaign; the report is in the reader's language."""

    campaign: forms.ModelChoiceField[Campaign] = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign"), empty_label=None
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.visible_to(user)  # type: ignore[attr-defined]

"""What is asked of a new token."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from api.choices import PERSONAL, Scope
from core.forms import OnceForm

LIVES = (30, 90, 180, 365)


class TokenForm(OnceForm):
    """The scopes with personal data are not ticked by themselves: least access is what one gets."""

    name = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("For example: weekly figures for the province.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("May read"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than you may see yourself. Requests for personal data are noted."),
    )
    days = forms.TypedChoiceField(label=_("Holds for"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lives = [days for days in LIVES if days <= settings.API_TOKEN_DAYS] or [settings.API_TOKEN_DAYS]
        choices = [(days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days}) for days in lives]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]
        self.fields["days"].initial = lives[min(1, len(lives) - 1)]
        self.fields["scopes"].initial = [scope.value for scope in Scope if scope not in PERSONAL]

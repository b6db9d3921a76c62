"""What a student types to apply."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import OnceForm


class ApplyForm(OnceForm):
    """What a student adds to what the portal knows."""

    letter = forms.CharField(
        label=_("A few words to the enterprise"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Optional, at most 2,000 characters."),
    )

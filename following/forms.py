"""What people type about what they follow."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import OnceForm, VersionedForm
from following.choices import Frequency


class _SearchFields(forms.Form):
    name = forms.CharField(label=pgettext_lazy("of a saved search", "Name"), max_length=80)
    frequency = forms.ChoiceField(
        label=_("Tell me of new postings"),
        choices=Frequency.choices,
        initial=Frequency.DAILY,
        widget=forms.RadioSelect,
        help_text=_("Daily and weekly messages come in the morning, weekly ones on Monday."),
    )


class SaveSearchForm(OnceForm, _SearchFields):
    """A search under a name; the token makes sending it twice harmless."""

    query = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class ChangeSearchForm(VersionedForm, _SearchFields):
    """Another name or another pace."""

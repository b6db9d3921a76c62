"""What people type about events."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.choices import EventKind


class EventFilter(forms.Form):
    """What staff narrow the list of events to."""

    find = forms.CharField(label=_("Search"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("of an event", "Kind"), required=False, choices=[("", _("All kinds")), *EventKind.choices]
    )

    @property
    def wanted(self) -> dict[str, Any]:
        """What is understood of it; a value that makes no sense narrows nothing."""
        self.is_valid()
        return self.cleaned_data

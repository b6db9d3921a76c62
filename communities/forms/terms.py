"""Days of a term that stand in one form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class TermForm(forms.ModelForm):  # type: ignore[type-arg]
    """`from_on` and `to_on` in order; the service and the database hold it too."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        from_on, to_on = cleaned.get("from_on"), cleaned.get("to_on")
        if from_on and to_on and to_on < from_on:
            self.add_error("to_on", _("The end cannot lie before the beginning."))
        return cleaned

"""What comes after the report: evidence, and follow-ups that are closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, OnceForm
from core.uploads import CheckedFileField
from visits.choices import EvidenceKind


class EvidenceForm(OnceForm):
    """A file or an address, and what it is."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EvidenceKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=pgettext_lazy("of a piece of evidence", "Name"), max_length=200)
    file = CheckedFileField(label=_("File"), required=False, help_text=_("PDF, Word, Excel or picture."))
    url = forms.URLField(label=_("or its address"), max_length=200, required=False, assume_scheme="https")
    dated_on = forms.DateField(label=_("Dated"), widget=DateInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("file") and not cleaned.get("url") and not {"file", "url"} & set(self.errors):
            self.add_error("file", gettext("Choose a file, or give an address."))
        return cleaned

    @property
    def evidence(self) -> dict[str, Any]:
        entered = {name: value for name, value in self.cleaned_data.items() if name != "form_token"}
        return {**entered, "kind": EvidenceKind(entered["kind"])}

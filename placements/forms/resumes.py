"""What a student types for a résumé."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DateInput, OnceForm, VersionedForm
from core.uploads import CheckedFileField
from placements.forms.applications import KINDS
from placements.models.resumes import ResumeEntry


class ResumeForm(OnceForm):
    """One file more."""

    file = CheckedFileField(label=gettext_lazy("File"), kinds=KINDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = filesizeformat(settings.UPLOAD_LIMIT)
        self.fields["file"].help_text = _("PDF, Word, JPEG or PNG, at most %(limit)s.") % {"limit": limit}


class _EntryFields(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ResumeEntry
        fields = ["section", "title", "title_en", "place", "place_en", "from_on", "to_on", "text", "text_en"]
        widgets = {
            "from_on": DateInput,
            "to_on": DateInput,
            "text": forms.Textarea(attrs={"rows": 4}),
            "text_en": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "title": gettext_lazy("For example the school and degree, the position, the name of the work or prize."),
            "title_en": gettext_lazy("Empty: the English résumé says it in Chinese."),
            "to_on": gettext_lazy("Empty: until today."),
        }

    def clean(self) -> dict[str, Any]:
        """Say what cannot be beside the field concerned; the database refuses the same."""
        entered = super().clean() or self.cleaned_data
        begins, ends = entered.get("from_on"), entered.get("to_on")
        if begins and ends and ends < begins:
            self.add_error("to_on", _("The end is before the start."))
        return entered


class NewEntryForm(OnceForm, _EntryFields):
    """A new line; the token makes sending it twice harmless."""


class EntryForm(VersionedForm, _EntryFields):
    """A change; the version is compared when it is saved."""

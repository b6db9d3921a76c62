"""What people type about a posting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, OnceForm, VersionedForm
from placements.models.postings import Posting


class _PostingFields(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Posting
        fields = [
            "kind", "title", "title_en", "description", "headcount", "majors", "class_of", "level",
            "province", "city", "pay_min", "pay_max", "opens_on", "closes_on", "answer_by",
        ]  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 8}),
            "majors": forms.CheckboxSelectMultiple,
            "opens_on": DateInput,
            "closes_on": DateInput,
            "answer_by": DateInput,
        }
        labels = {"level": _("Level of study, at least")}
        help_texts = {
            "opens_on": _("Empty: from the day it is published."),
            "closes_on": _("The last day on which students apply."),
            "answer_by": _("Students see this promise; the response rate of the enterprise is counted by it."),
            "class_of": _("Empty: every graduating class."),
        }

    def clean(self) -> dict[str, Any]:
        """Say what cannot be beside the field concerned; the database refuses the same."""
        entered = super().clean() or self.cleaned_data
        opens, closes, answer = (entered.get(name) for name in ("opens_on", "closes_on", "answer_by"))
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The posting cannot close before it opens."))
        if answer and closes and answer < closes:
            self.add_error("answer_by", _("The answer is promised for a day after the closing day."))
        low, high = entered.get("pay_min"), entered.get("pay_max")
        if low is not None and high is not None and high < low:
            self.add_error("pay_max", _("The upper end of the pay is below the lower end."))
        if entered.get("headcount") == 0:
            self.add_error("headcount", _("At least one place."))
        return entered

    @property
    def posting_fields(self) -> dict[str, Any]:
        """What the service sets on the posting itself."""
        names = set(self._meta.fields or ()) - {"majors"}
        return {name: value for name, value in self.cleaned_data.items() if name in names}


class NewPostingForm(OnceForm, _PostingFields):
    """A draft; the token makes sending it twice harmless."""


class PostingForm(VersionedForm, _PostingFields):
    """A change; the version is compared when it is saved."""

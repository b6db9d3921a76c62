"""The questions to ask at a visit."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import VersionedForm


class QuestionsForm(VersionedForm):
    questions = forms.CharField(
        label=_("Questions to ask"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line. Left empty, three are suggested from what is on file."),
    )

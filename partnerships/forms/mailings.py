"""Writing one letter to many."""

from __future__ import annotations

import unicodedata

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import OnceForm
from partnerships.selectors.mailings import unknown_placeholders


class MailingForm(OnceForm):
    """Subject and text; `count` is how many files the page said were meant."""

    subject = forms.CharField(label=_("Subject"), max_length=150)
    body = forms.CharField(
        label=_("Text"),
        max_length=8000,
        widget=forms.Textarea({"rows": 12}),
        help_text=_("Plain text. {contact} becomes the name of the contact, {enterprise} the name of the enterprise."),
    )
    count = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_subject(self) -> str:
        subject: str = self.cleaned_data["subject"]
        if any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in subject):
            raise forms.ValidationError(gettext("The subject is a single line."))
        return _with_known_placeholders(subject)

    def clean_body(self) -> str:
        return _with_known_placeholders(self.cleaned_data["body"])


def _with_known_placeholders(text: str) -> str:
    unknown = unknown_placeholders(text)
    if unknown:
        raise forms.ValidationError(
            gettext("%(word)s would stand in the letter as it is: only {contact} and {enterprise} are replaced.")
            % {"word": unknown[0]}
        )
    return text

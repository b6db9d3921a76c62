"""Forms of notes and of papers kept with a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import OnceForm
from core.uploads import CheckedFileField
from partnerships.choices.enterprises import NoteVisibility
from partnerships.models.enterprises import Enterprise
from partnerships.models.notes import Note


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]
    text = forms.CharField(label=_("Note"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    visibility = forms.ChoiceField(
        label=_("Who reads it"),
        choices=[
            (NoteVisibility.PRIVATE.value, _("Only I: nobody else sees it, neither the office nor an administrator")),
            (NoteVisibility.OFFICE.value, _("Employment office: colleagues of the office, and I")),
            (NoteVisibility.STAFF.value, _("All staff of the school; it is also printed on the brief")),
        ],
        widget=forms.RadioSelect,
    )
    we_spoke = forms.BooleanField(
        label=_("We spoke with the enterprise"),
        required=False,
        help_text=_("The note also stands on the timeline. Unless only you read it, it counts as the last contact."),
    )

    class Meta:
        model = Note
        fields = ["text", "contact", "visibility"]

    field_order = ["text", "contact", "we_spoke", "visibility"]

    def __init__(self, *args: Any, enterprise: Enterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about: Any = self.fields["contact"]
        about.queryset = enterprise.contacts.all()
        about.empty_label = _("The enterprise as a whole")

    def clean_visibility(self) -> NoteVisibility:
        return NoteVisibility(self.cleaned_data["visibility"])


class NoteNewForm(NoteForm, OnceForm):
    """Writes a note."""


class PaperForm(OnceForm):
    name = forms.CharField(label=_("What it is"), max_length=120, help_text=_("Business licence, brochure, letter …"))
    file = CheckedFileField(label=_("File"))

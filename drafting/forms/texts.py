"""Forms of texts, templates, documents and the letterhead."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import OnceForm, VersionedForm
from core.models import offered
from core.uploads import PICTURES, CheckedFileField
from drafting.choices import DocumentFormat, DocumentLanguage
from drafting.models.texts import AgreementTemplate, Letterhead, Revision
from partnerships.models.codes import AgreementKind


class BeginForm(OnceForm):
    """Which template a text begins with."""

    template = forms.ModelChoiceField(label=_("Template"), queryset=AgreementTemplate.objects.none(), empty_label=None)


class TextForm(forms.Form):
    """What goes with the clauses: the revision that was open, and what changed."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What changed"),
        max_length=300,
        required=False,
        help_text=_("In a few words, for the list of revisions."),
    )

    def rebase(self, number: int) -> None:
        """Show the form again with what was typed, on the revision that is the last one now."""
        typed = self.data.copy()  # type: ignore[attr-defined]  # a form that was sent
        typed["based_on"] = str(number)
        self.data = typed


class CompareForm(forms.Form):
    """Two revisions out of those there are."""

    def __init__(self, data: Any, *, revisions: list[Revision]) -> None:
        super().__init__(data)
        choices = [(each.number, _("Revision %(number)s") % {"number": each.number}) for each in revisions]
        for name, label in (("from", _("From revision")), ("to", _("to revision"))):
            self.fields[name] = forms.TypedChoiceField(label=label, choices=choices, coerce=int)


class DocumentForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=DocumentLanguage.choices)
    format = forms.ChoiceField(label=_("Format"), choices=DocumentFormat.choices)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class TemplateForm(forms.Form):
    name_zh = forms.CharField(label=_("Chinese name"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=160, required=False)
    kind = forms.ModelChoiceField(
        label=_("Kind"), queryset=AgreementKind.objects.none(), required=False, empty_label=_("Every kind")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = offered(AgreementKind.objects.all(), timezone.localdate())  # type: ignore[attr-defined]


class TemplateNewForm(TemplateForm, OnceForm):
    copy_of = forms.ModelChoiceField(
        label=_("Clauses of"),
        queryset=AgreementTemplate.objects.all(),
        required=False,
        empty_label=_("Begin without clauses"),
    )


class TemplateEditForm(TemplateForm, VersionedForm):
    is_active = forms.BooleanField(label=_("offered in forms"), required=False)


class LetterheadForm(VersionedForm, forms.ModelForm):  # type: ignore[type-arg]
    new_logo = CheckedFileField(
        label=_("New emblem"), kinds=PICTURES, required=False, help_text=_("A picture; it is printed 12 mm high.")
    )
    remove_logo = forms.BooleanField(label=_("Without an emblem"), required=False)

    class Meta:
        model = Letterhead
        fields = ["name_zh", "name_en", "address_zh", "address_en", "phone", "website"]

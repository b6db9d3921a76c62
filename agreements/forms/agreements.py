"""Forms of agreements, signatures and files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import College
from core.forms import DateInput, LinesField, OnceForm, VersionedForm
from core.models import offered
from core.uploads import CheckedFileField
from partnerships.choices.agreements import AgreementFileKind, AgreementState, Side, SignatureWay
from partnerships.choosing import offer_staff
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise


class AgreementForm(forms.ModelForm):  # type: ignore[type-arg]
    fields_of_cooperation = LinesField(
        label=_("Fields of cooperation"),
        required=False,
        help_text=_("One per line, such as: textbook development."),
        widget=forms.Textarea({"rows": 3}),
    )

    class Meta:
        model = Agreement
        fields = [
            "kind", "title", "number", "track", "starts_on", "ends_on", "renews_itself", "renewed_from",
            "colleges", "majors", "owner", "enterprise_owner", "originals", "kept_where",
        ]  # fmt: skip
        widgets = {"starts_on": DateInput, "ends_on": DateInput}

    def __init__(self, *args: Any, enterprise: Enterprise, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].queryset = offered(fields["kind"].queryset, timezone.localdate())
        fields["enterprise_owner"].queryset = enterprise.contacts.filter(to_on__isnull=True)
        older = Agreement.objects.filter(enterprise=enterprise, state=AgreementState.SIGNED)
        fields["renewed_from"].queryset = older.exclude(pk=self.instance.pk)
        if not user.is_office:
            fields["colleges"].queryset = College.objects.filter(pk__in=user.college_ids)
            fields["colleges"].required = True
        offer_staff(self, "owner")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", gettext("The agreement cannot end before it starts."))
        number = cleaned.get("number")
        if number and Agreement.objects.filter(number=number).exclude(pk=self.instance.pk).exists():
            self.add_error("number", gettext("An agreement with this number is on file already."))
        return cleaned

    def validate_constraints(self) -> None:
        """The two rules above are said beside their fields; the database holds them too."""


class AgreementNewForm(AgreementForm, OnceForm):
    """Draws up an agreement."""


class AgreementEditForm(AgreementForm, VersionedForm):
    """Changes an agreement."""

    def __init__(self, *args: Any, instance: Agreement, **kwargs: Any) -> None:
        names = [field.name for field in instance.fields.all()]
        initial = {"version": instance.version, "fields_of_cooperation": "\n".join(names)}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)


class MoveForm(forms.Form):
    """Where an agreement goes next; ending it early asks why."""

    to = forms.ChoiceField(choices=AgreementState.choices)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean_to(self) -> AgreementState:
        return AgreementState(self.cleaned_data["to"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("to") == AgreementState.ENDED and not cleaned.get("note"):
            self.add_error("note", gettext("Say why the agreement ends early."))
        return cleaned


class SignatureForm(OnceForm):
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Signed by"), max_length=80)
    title = forms.CharField(label=_("Position"), max_length=120, required=False)
    signed_on = forms.DateField(label=_("Signed on"), widget=DateInput)
    way = forms.ChoiceField(label=_("How"), choices=SignatureWay.choices, widget=forms.RadioSelect)

    def clean_side(self) -> Side:
        return Side(self.cleaned_data["side"])

    def clean_way(self) -> SignatureWay:
        return SignatureWay(self.cleaned_data["way"])


class AgreementFileForm(OnceForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=AgreementFileKind.choices, widget=forms.RadioSelect)
    file = CheckedFileField(label=_("File"), help_text=_("PDF, Word, Excel or picture."))

    def clean_kind(self) -> AgreementFileKind:
        return AgreementFileKind(self.cleaned_data["kind"])

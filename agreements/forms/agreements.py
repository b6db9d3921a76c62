"""Forms of agreements, signatures, files and promises."""

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
from partnerships.choices.agreements import AgreementFileKind, AgreementState, CommitmentState, Side
from partnerships.choosing import offer_staff
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
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


class AgreementFileForm(OnceForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=AgreementFileKind.choices, widget=forms.RadioSelect)
    file = CheckedFileField(label=_("File"), help_text=_("PDF, Word, Excel or picture."))

    def clean_kind(self) -> AgreementFileKind:
        return AgreementFileKind(self.cleaned_data["kind"])


class CommitmentForm(OnceForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Commitment
        fields = ["side", "kind", "description", "number", "unit", "due_on"]
        widgets = {"due_on": DateInput, "side": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = Side.choices  # type: ignore[attr-defined]  # without the empty one


class CommitmentCloseForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[
            (CommitmentState.KEPT.value, CommitmentState.KEPT.label),
            (CommitmentState.NOT_KEPT.value, CommitmentState.NOT_KEPT.label),
        ],
        widget=forms.RadioSelect,
    )
    delivered = forms.DecimalField(label=_("Delivered"), max_digits=14, decimal_places=2, min_value=0, required=False)
    evidence = forms.CharField(
        label=_("Evidence"), max_length=300, help_text=_("What shows it: a list, a receipt, a news report.")
    )
    on = forms.DateField(label=_("On"), widget=DateInput)

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        self.commitment = commitment
        super().__init__(*args, **kwargs)
        if commitment.number is None:
            del self.fields["delivered"]

    def clean_state(self) -> CommitmentState:
        return CommitmentState(self.cleaned_data["state"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kept = cleaned.get("state") == CommitmentState.KEPT
        if kept and "delivered" in self.fields and cleaned.get("delivered") is None and "delivered" not in self.errors:
            self.add_error("delivered", gettext("Say how much was delivered."))
        return cleaned

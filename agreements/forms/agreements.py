"""Forms of agreements, signatures and files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import College
from core.forms import DateInput, LinesField, MoneyField, OnceForm, VersionedForm
from core.models import offered
from core.uploads import CheckedFileField
from partnerships.choices.agreements import AgreementFileKind, AgreementState
from partnerships.choosing import offer_staff
from partnerships.models.agreements import Agreement
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise


class AgreementForm(forms.ModelForm):  # type: ignore[type-arg]
    amount = MoneyField(label=_("sum"), required=False)
    fields_of_cooperation = LinesField(
        label=_("Fields of cooperation"),
        required=False,
        help_text=_("One per line, such as: textbook development."),
        widget=forms.Textarea({"rows": 3}),
    )

    class Meta:
        model = Agreement
        fields = [
            "kind", "title", "number", "track", "starts_on", "ends_on", "renews_itself", "renewed_from", "framework",
            "content", "amount", "colleges", "majors", "owner", "deputy", "enterprise_owner", "enterprise_deputy",
            "originals", "kept_where", "archived_on",
        ]  # fmt: skip
        widgets = {
            "starts_on": DateInput, "ends_on": DateInput, "archived_on": DateInput,
            "content": forms.Textarea({"rows": 4}),
        }  # fmt: skip
        help_texts = {"number": _("Leave it empty: the next number of the school is given when it is approved.")}

    def __init__(self, *args: Any, enterprise: Enterprise, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].queryset = offered(fields["kind"].queryset, timezone.localdate())
        self._offer_people(enterprise)
        self._offer_agreements(enterprise, user)
        if not user.is_office:
            fields["colleges"].queryset = College.objects.filter(pk__in=user.college_ids)
            fields["colleges"].required = True
        offer_staff(self, "owner", "deputy")

    def _offer_people(self, enterprise: Enterprise) -> None:
        """Contacts of every enterprise among the parties, and whoever is named already."""
        fields: Any = self.fields
        keys = {enterprise.pk} | (self.instance.enterprise_keys() if self.instance.pk else set())
        named = Q(pk__in=[self.instance.enterprise_owner_id or 0, self.instance.enterprise_deputy_id or 0])
        people = Contact.objects.filter(Q(enterprise__in=keys, to_on__isnull=True) | named)
        fields["enterprise_owner"].queryset = fields["enterprise_deputy"].queryset = people

    def _offer_agreements(self, enterprise: Enterprise, user: User) -> None:
        """What makes sense is offered; what does not is refused by the service, in words."""
        visible = Agreement.objects.visible_to(user)
        keys = {enterprise.pk} | (self.instance.enterprise_keys() if self.instance.pk else set())
        with_them = visible.filter(parties__enterprise__in=keys, state=AgreementState.SIGNED).distinct()
        above = visible.filter(kind__needs_leadership=True).exclude(state=AgreementState.ENDED)
        offered_rows = {
            "renewed_from": with_them.exclude(pk=self.instance.pk),
            "framework": above.exclude(pk=self.instance.pk),
        }
        for name, rows in offered_rows.items():
            field: Any = self.fields[name]
            chosen = getattr(self.instance, name)
            found = [*rows, *([chosen] if chosen and chosen not in rows else [])]
            field.queryset = visible
            field.choices = [("", "---------"), *((row.pk, str(row)) for row in found)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", gettext("The agreement cannot end before it starts."))
        number = cleaned.get("number")
        if number and Agreement.objects.filter(number=number).exclude(pk=self.instance.pk).exists():
            self.add_error("number", gettext("An agreement with this number is on file already."))
        if self.instance.pk and cleaned.get("renewed_from") == self.instance:
            self.add_error("renewed_from", gettext("An agreement cannot renew itself."))
        return cleaned


class AgreementNewForm(AgreementForm, OnceForm):
    """Draws up an agreement."""


class AgreementEditForm(AgreementForm, VersionedForm):
    """Changes an agreement."""

    def __init__(self, *args: Any, instance: Agreement, **kwargs: Any) -> None:
        names = [field.name for field in instance.fields.all()]
        initial = {"version": instance.version, "fields_of_cooperation": "\n".join(names)}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)


class MoveForm(forms.Form):
    """Where an agreement goes next, from the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    to = forms.ChoiceField(choices=AgreementState.choices)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean_to(self) -> AgreementState:
        return AgreementState(self.cleaned_data["to"])


class AgreementFileForm(OnceForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=AgreementFileKind.choices, widget=forms.RadioSelect)
    file = CheckedFileField(label=_("File"), help_text=_("PDF, Word, Excel or picture."))

    def clean_kind(self) -> AgreementFileKind:
        return AgreementFileKind(self.cleaned_data["kind"])

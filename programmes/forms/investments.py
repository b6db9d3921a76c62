"""Forms of investments: what is promised, and what comes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.forms import DateInput, MoneyField, OnceForm, VersionedForm
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Investment, InvestmentReceipt
from partnerships.models.enterprises import Enterprise


class InvestmentForm(forms.ModelForm):  # type: ignore[type-arg]
    promised = MoneyField(label=_("promised, yuan"))

    class Meta:
        model = Investment
        fields = ["kind", "promised", "description", "agreement", "programme", "promised_on", "due_on"]
        widgets = {"promised_on": DateInput, "due_on": DateInput}

    def __init__(self, *args: Any, enterprise: Enterprise, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["agreement"].queryset = Agreement.objects.visible_to(user).filter(enterprise=enterprise)
        fields["programme"].queryset = enterprise.programmes.all()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        promised_on, due_on = cleaned.get("promised_on"), cleaned.get("due_on")
        if promised_on and due_on and due_on < promised_on:
            self.add_error("due_on", gettext("What is promised cannot be due before the promise."))
        return cleaned


class InvestmentNewForm(InvestmentForm, OnceForm):
    """Enters a promise."""


class InvestmentEditForm(InvestmentForm, VersionedForm):
    """Changes a promise."""

    def __init__(self, *args: Any, instance: Investment, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"version": instance.version}, **kwargs)


class ReceiptForm(forms.ModelForm):  # type: ignore[type-arg]
    amount = MoneyField(label=_("received, yuan"))

    class Meta:
        model = InvestmentReceipt
        fields = ["amount", "received_on", "note"]
        widgets = {"received_on": DateInput}

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if amount is not None and amount <= 0:
            raise forms.ValidationError(gettext("A receipt is of more than nothing."))
        return amount

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(gettext("What came in cannot have come in after today."))
        return day


class ReceiptNewForm(ReceiptForm, OnceForm):
    """Enters what came in."""

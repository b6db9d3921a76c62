"""Forms of promises: made, changed, closed; and the filters of their list."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import RuleBroken
from core.filters import Choices, Filter, find_field
from core.forms import DateInput, OnceForm, VersionedForm
from core.money import WAN, read_yuan
from partnerships.choices.agreements import CommitmentKind, CommitmentState, Side
from partnerships.models.commitments import Commitment
from partnerships.models.enterprises import Enterprise

YUAN = "元"
WAN_WORDS = ("万元", "万")
PLAIN = forms.DecimalField(max_digits=14, decimal_places=2, required=False)


class PromiseForm(forms.ModelForm):  # type: ignore[type-arg]
    """Money is read as people write it, such as 500万, and kept in yuan; all else is a plain number."""

    number = forms.CharField(
        label=pgettext_lazy("of things", "Number"),
        max_length=60,
        required=False,
        help_text=_("Of money, in yuan or such as 500万."),
    )

    class Meta:
        model = Commitment
        fields = ["side", "kind", "description", "number", "unit", "due_on"]
        widgets = {"due_on": DateInput, "side": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = Side.choices  # type: ignore[attr-defined]  # without the empty one
        if self.instance.number is not None:
            self.initial["number"] = f"{self.instance.number.normalize():f}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_money = cleaned.get("kind") == CommitmentKind.MONEY
        try:
            cleaned["number"] = self._number(cleaned.get("number") or "", cleaned.get("unit") or "", is_money=is_money)
        except forms.ValidationError as error:
            self.add_error("number", error)
        if is_money:
            cleaned["unit"] = YUAN
        return cleaned

    def _number(self, text: str, unit: str, *, is_money: bool) -> Decimal | None:
        """More than nothing, or None where nothing is said; raises ValidationError."""
        number: Decimal | None
        if not is_money:
            number = PLAIN.clean(text)
        else:
            try:
                number = read_yuan(text) if text else None
            except RuleBroken as refusal:
                raise forms.ValidationError(str(refusal)) from None
            if number is not None and unit in WAN_WORDS and text.strip().isdecimal():
                number *= WAN
        if number is not None and number <= 0:
            raise forms.ValidationError(gettext("A promise is of more than nothing."))
        return number


class PromiseNewForm(PromiseForm, OnceForm):
    """Writes down a promise; asks of which enterprise where several are parties of the agreement."""

    def __init__(self, *args: Any, enterprises: Collection[Enterprise] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(enterprises) > 1:
            keys = [enterprise.pk for enterprise in enterprises]
            self.fields["enterprise"] = forms.ModelChoiceField(
                Enterprise.objects.filter(pk__in=keys), label=_("Enterprise"), empty_label=None
            )
            self.order_fields(["enterprise"])


class PromiseEditForm(PromiseForm, VersionedForm):
    """Changes a promise."""

    def __init__(self, *args: Any, instance: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"version": instance.version}, **kwargs)


class CommitmentCloseForm(forms.Form):
    """What became of a promise; `counted` is what its rows of evidence add up to, where they say it."""

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

    def __init__(self, *args: Any, commitment: Commitment, is_counted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].required = not is_counted
        if commitment.number is None or is_counted:
            del self.fields["delivered"]

    def clean_state(self) -> CommitmentState:
        return CommitmentState(self.cleaned_data["state"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kept = cleaned.get("state") == CommitmentState.KEPT
        if kept and "delivered" in self.fields and cleaned.get("delivered") is None and "delivered" not in self.errors:
            self.add_error("delivered", gettext("Say how much was delivered."))
        return cleaned


class PromiseFilter(Filter):
    find = find_field(_("Promise, agreement or enterprise"))
    side = forms.ChoiceField(label=_("Promised by"), choices=[("", _("Either side")), *Side.choices])
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any kind")), *CommitmentKind.choices])
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("Any state")),
            ("overdue", pgettext_lazy("promise", "Overdue")),
            ("soon", _("Due in 14 days")),
            *CommitmentState.choices,
        ],
    )
    owner = forms.ChoiceField(label=_("Owner"))
    college = forms.ChoiceField(label=_("College"))
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[("", _("Due soonest first")), ("newest", _("Newest first")), ("enterprise", _("By enterprise"))],
    )

    def __init__(self, data: Any, *, owners: Choices = (), colleges: Choices = ()) -> None:
        super().__init__(data)
        self.offer("owner", _("Anybody"), owners)
        self.offer("college", _("Any college"), colleges)

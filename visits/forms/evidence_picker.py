"""Which records show a promise: ticked, each with the number that counts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agreements.services.evidence import Words
from core.forms import DateInput, VersionedForm
from visits.selectors.evidence_picker import Typed

COUNTED = forms.DecimalField(
    max_digits=14,
    decimal_places=2,
    min_value=Decimal("0.01"),
    required=False,
    error_messages={"min_value": _("More than nothing; leave it empty where it counts nothing.")},
)


class EvidenceForm(VersionedForm):
    """`offered` are the keys of the records on the page; a key that is not among them is refused."""

    picked = forms.MultipleChoiceField(required=False)
    was = forms.MultipleChoiceField(required=False)
    words = forms.CharField(
        label=_("In words"),
        max_length=300,
        required=False,
        help_text=_("What is not a record of the portal: a list, a photo, a news report."),
    )
    words_number = forms.DecimalField(
        label=_("Number that counts"), max_digits=14, decimal_places=2, min_value=Decimal("0.01"), required=False
    )
    words_on = forms.DateField(label=_("On"), widget=DateInput, required=False)

    def __init__(self, *args: Any, offered: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, key) for key in offered]
        self.fields["picked"].choices = choices  # type: ignore[attr-defined]
        self.fields["was"].choices = choices  # type: ignore[attr-defined]
        self.numbers: dict[str, Decimal | None] = {}
        self.wrong: dict[str, str] = {}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for key in cleaned.get("picked", ()):
            try:
                self.numbers[key] = COUNTED.clean(self.data.get(f"number-{key}", ""))
            except forms.ValidationError as error:
                self.wrong[key] = " ".join(error.messages)
        if self.wrong:
            self.add_error(None, _("A number is wrong; it is marked below."))
        if (cleaned.get("words_number") or cleaned.get("words_on")) and not cleaned.get("words"):
            self.add_error("words", _("Say what shows it."))
        return cleaned

    @property
    def typed(self) -> Typed | None:
        """What was ticked and typed, to be shown again; nothing before the form was sent."""
        if not self.is_bound:
            return None
        data: QueryDict = self.data  # type: ignore[assignment]  # a form that was sent
        numbers = {name.removeprefix("number-"): str(data[name]) for name in data if name.startswith("number-")}
        return Typed(data.getlist("picked"), data.getlist("was"), numbers, self.wrong)

    @property
    def said(self) -> Words | None:
        entered = self.cleaned_data
        return Words(entered["words"], entered["words_number"], entered["words_on"]) if entered["words"] else None

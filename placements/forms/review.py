"""What the office types about holds, and into the lists that the review reads."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, OnceForm
from core.models import offered
from partnerships.models.codes import Province
from placements.choices import HoldRule
from placements.holding import WORD_RULES
from placements.models.review import HeldWord, MinimumWage, TrustedEnterprise


class LiftForm(forms.Form):
    reason = forms.CharField(label=_("Why may it pass?"), max_length=300, widget=forms.Textarea({"rows": 2}))


class WordForm(OnceForm, forms.ModelForm):  # type: ignore[type-arg]
    rule = forms.ChoiceField(
        label=_("What it stands for"), choices=[(rule.value, rule.label) for rule in HoldRule if rule in WORD_RULES]
    )

    class Meta:
        model = HeldWord
        fields = ["word", "rule", "is_active"]
        help_texts = {"word": _("As it stands in a text; “no deposit” and “不收押金” are not held for “押金”.")}

    def validate_unique(self) -> None:
        """The service says it, whichever way the word is written."""


class WageForm(OnceForm, forms.ModelForm):  # type: ignore[type-arg]
    monthly = forms.IntegerField(label=_("Yuan a month"), min_value=1, max_value=100_000)
    hourly = forms.DecimalField(label=_("Yuan an hour"), min_value=Decimal("0.1"), max_value=1000, decimal_places=2)

    class Meta:
        model = MinimumWage
        fields = ["province", "city", "monthly", "hourly", "valid_from", "source"]
        widgets = {"valid_from": DateInput}
        help_texts = {"source": _("The notice it stands in, with its number.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces: Any = self.fields["province"]
        provinces.queryset = offered(Province.objects.all(), timezone.localdate())

    def validate_unique(self) -> None:
        """The service says it, beside the day."""


class TrustForm(OnceForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = TrustedEnterprise
        fields = ["since", "until", "reason"]
        widgets = {"since": DateInput, "until": DateInput, "reason": forms.Textarea({"rows": 2})}
        help_texts = {
            "until": _("Empty: until it is ended."),
            "reason": _("Such as years of good postings, or an agreement that says so."),
        }

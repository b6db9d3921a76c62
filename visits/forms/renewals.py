"""The question of the renewal review."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.choices import RenewalDecision
from core.forms import OnceForm


class RenewalForm(OnceForm):
    """`seen` is the decision that the page showed, 0 for none; the page writes it, also after a refusal."""

    decision = forms.ChoiceField(
        label=_("What is to become of it"), choices=RenewalDecision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def clean_decision(self) -> RenewalDecision:
        return RenewalDecision(self.cleaned_data["decision"])

"""Forms of checks and sites."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, OnceForm
from core.models import offered
from core.uploads import PICTURES, CheckedFileField
from partnerships.choices.enterprises import CheckResult, CheckSource
from partnerships.models.enterprises import Site


class CheckForm(OnceForm):
    """What an official source said of name and code."""

    source = forms.ChoiceField(label=_("Looked up in"), choices=CheckSource.choices, widget=forms.RadioSelect)
    checked_on = forms.DateField(label=_("Checked on"), widget=DateInput)
    result = forms.ChoiceField(label=_("Result"), choices=CheckResult.choices, widget=forms.RadioSelect)
    screenshot = CheckedFileField(
        label=_("Screenshot"), required=False, kinds=(*PICTURES, "pdf"), help_text=_("Picture or PDF of what it said.")
    )
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def clean_checked_on(self) -> date:
        day: date = self.cleaned_data["checked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("A check cannot have been made on a day to come."))
        return day

    def clean_source(self) -> CheckSource:
        return CheckSource(self.cleaned_data["source"])

    def clean_result(self) -> CheckResult:
        return CheckResult(self.cleaned_data["result"])


class SiteForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Site
        fields = ["name", "province", "city", "address", "staff_count"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province: Any = self.fields["province"]
        province.queryset = offered(province.queryset, timezone.localdate())


class SiteNewForm(SiteForm, OnceForm):
    """Enters a site."""


class SiteCloseForm(forms.Form):
    on = forms.DateField(label=_("Closed on"), widget=DateInput)

"""Forms of what enterprises ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.school import Major
from core.forms import DateInput, OnceForm, VersionedForm
from partnerships.choices.needs import NeedState
from partnerships.choosing import offer_staff
from partnerships.models.needs import Need


class NeedForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Need
        fields = ["kind", "source", "description", "majors", "headcount", "monthly_pay", "wanted_by", "owner"]
        widgets = {"wanted_by": DateInput, "majors": forms.SelectMultiple(attrs={"size": 6})}
        help_texts = {"majors": _("Hold Ctrl (or ⌘) to choose several.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].required = False
        offer_staff(self, "owner")
        majors: Any = self.fields["majors"]
        majors.queryset = Major.objects.all()

    def clean_source(self) -> str:
        return self.cleaned_data["source"] or str(self.instance.source)


class NeedNewForm(NeedForm, OnceForm):
    """Writes down a need."""


class NeedEditForm(NeedForm, VersionedForm):
    """Corrects a need."""

    def __init__(self, *args: Any, instance: Need, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"version": instance.version}, **kwargs)


class NeedCloseForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[(NeedState.MET.value, NeedState.MET.label), (NeedState.DROPPED.value, NeedState.DROPPED.label)],
        widget=forms.RadioSelect,
    )
    result = forms.CharField(label=_("Result"), max_length=300, widget=forms.Textarea({"rows": 3}))

    def clean_state(self) -> NeedState:
        return NeedState(self.cleaned_data["state"])

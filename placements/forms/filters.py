"""What the lists are narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.school import Major
from partnerships.selectors.codes import ListChoices
from placements.choices import ApplicationState
from placements.models.postings import Posting


class EmployerFilter(forms.Form):
    """What the list of employers is narrowed to."""

    find = forms.CharField(label=_("Search"), max_length=100, required=False)
    province = forms.ChoiceField(label=_("Province"), required=False)
    industry = forms.ChoiceField(label=_("Industry"), required=False)
    open = forms.BooleanField(label=_("With open postings"), required=False)
    mine = forms.BooleanField(label=_("With open postings for my major"), required=False)

    def __init__(self, *args: Any, codes: ListChoices, for_student: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province"].choices = [("", _("All provinces")), *codes.provinces]  # type: ignore[attr-defined]
        self.fields["industry"].choices = [("", _("All industries")), *codes.industries]  # type: ignore[attr-defined]
        if not for_student:
            del self.fields["mine"]

    @property
    def wanted(self) -> dict[str, Any]:
        """What is understood of it; a value that makes no sense narrows nothing and is shown as an error."""
        self.is_valid()
        return self.cleaned_data


class ApplicationFilter(forms.Form):
    """What staff narrow the list of applications to."""

    find = forms.CharField(label=_("Name or student number"), max_length=60, required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *ApplicationState.choices]
    )
    major = forms.ModelChoiceField(Major.objects.all(), label=_("Major"), required=False, empty_label=_("All majors"))
    posting = forms.ModelChoiceField(Posting.objects.all(), required=False, widget=forms.HiddenInput)

    @property
    def wanted(self) -> dict[str, Any]:
        """See EmployerFilter.wanted."""
        self.is_valid()
        return self.cleaned_data

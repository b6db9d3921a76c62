"""What people type about postings and applications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.school import Major
from core.forms import DateInput, OnceForm, VersionedForm
from partnerships.selectors.codes import ListChoices
from placements.choices import ApplicationState, PostingKind, PostingState
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.selectors.postings import filter_choices


class _PostingFields(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Posting
        fields = [
            "kind", "title", "title_en", "description", "headcount", "majors", "class_of", "level",
            "province", "city", "pay_min", "pay_max", "opens_on", "closes_on", "answer_by",
        ]  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 8}),
            "majors": forms.CheckboxSelectMultiple,
            "opens_on": DateInput,
            "closes_on": DateInput,
            "answer_by": DateInput,
        }
        labels = {"level": _("Level of study, at least")}
        help_texts = {
            "opens_on": _("Empty: from the day it is published."),
            "closes_on": _("The last day on which students apply."),
            "answer_by": _("Students see this promise; the response rate of the enterprise is counted by it."),
            "class_of": _("Empty: every graduating class."),
        }

    def clean(self) -> dict[str, Any]:
        """Say what cannot be beside the field concerned; the database refuses the same."""
        entered = super().clean() or self.cleaned_data
        opens, closes, answer = (entered.get(name) for name in ("opens_on", "closes_on", "answer_by"))
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The posting cannot close before it opens."))
        if answer and closes and answer < closes:
            self.add_error("answer_by", _("The answer is promised for a day after the closing day."))
        low, high = entered.get("pay_min"), entered.get("pay_max")
        if low is not None and high is not None and high < low:
            self.add_error("pay_max", _("The upper end of the pay is below the lower end."))
        if entered.get("headcount") == 0:
            self.add_error("headcount", _("At least one place."))
        return entered

    @property
    def posting_fields(self) -> dict[str, Any]:
        """What the service sets on the posting itself."""
        names = set(self._meta.fields or ()) - {"majors"}
        return {name: value for name, value in self.cleaned_data.items() if name in names}


class NewPostingForm(OnceForm, _PostingFields):
    """A draft; the token makes sending it twice harmless."""


class PostingForm(VersionedForm, _PostingFields):
    """A change; the version is compared when it is saved."""


class MoveForm(VersionedForm):
    """One step of a posting or an application; the button that was pressed says where to."""

    to = forms.ChoiceField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Note or reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, states: type[PostingState] | type[ApplicationState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.states = states
        self.fields["to"].choices = states.choices  # type: ignore[attr-defined]


class ApplyForm(OnceForm):
    """What a student adds to what the portal knows."""

    letter = forms.CharField(
        label=_("A few words to the enterprise"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Optional, at most 2,000 characters."),
    )


class PostingFilter(forms.Form):
    """What a list of postings is narrowed to; it stays in the address."""

    find = forms.CharField(label=_("Search"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *PostingKind.choices])
    major = forms.TypedChoiceField(label=_("Major"), required=False, coerce=int)
    province = forms.TypedChoiceField(label=_("Province"), required=False, coerce=int)
    class_of = forms.IntegerField(label=_("Graduating class"), required=False, min_value=1990, max_value=2100)
    pay_from = forms.IntegerField(label=_("Pay from"), required=False, min_value=0, max_value=1_000_000)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All states")), *PostingState.choices])
    mine = forms.BooleanField(label=_("For my major"), required=False)
    enterprise = forms.IntegerField(required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("Newest")), ("closes", _("Closes soonest")), ("pay", _("Best paid"))],
    )

    def __init__(self, *args: Any, for_staff: bool, for_student: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        majors, provinces = filter_choices()
        self.fields["major"].choices = [("", _("All majors")), *majors]  # type: ignore[attr-defined]
        self.fields["province"].choices = [("", _("All provinces")), *provinces]  # type: ignore[attr-defined]
        if not for_staff:
            del self.fields["state"]
        if not for_student:
            del self.fields["mine"]

    @property
    def wanted(self) -> dict[str, Any]:
        """What is understood of it; a value that makes no sense narrows nothing and is shown as an error."""
        self.is_valid()
        return self.cleaned_data


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
        """See PostingFilter.wanted."""
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
        """See PostingFilter.wanted."""
        self.is_valid()
        return self.cleaned_data


def answer_form(application: Application, data: Any = None) -> MoveForm:
    """The form of one step of an application, at the version that the page shows."""
    return MoveForm(data, states=ApplicationState, initial={"version": application.version})


def decision_form(posting: Posting, data: Any = None) -> MoveForm:
    """The form of one step of a posting, at the version that the page shows."""
    return MoveForm(data, states=PostingState, initial={"version": posting.version})

"""The report of a visit, written on a phone in three minutes; rows that stay empty are none."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.due_days import DueDateInput, propose
from accounts.models.people import User
from accounts.models.school import Facility, Major
from core.forms import DateInput, LinesField, OnceForm, VersionedForm
from core.uploads import PICTURES, CheckedFileField
from partnerships.choices.agreements import CommitmentKind, Side
from visits.choices import Direction, EvidenceKind, IntentionKind
from visits.forms.people import PeopleField, offer_people
from visits.models.visits import Participant, Visit
from visits.selectors.choices import people_of_staff
from visits.services.reporting import FollowUpLine, Guest, IntentionLine, OutcomeLine, PromiseLine

MOST_ROWS = 30
MOST = 100_000


class ReportForm(OnceForm, VersionedForm):
    present = PeopleField(
        Participant.objects.none(), label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others_enterprise = LinesField(
        label=_("Others from the enterprise"),
        required=False,
        help_text=_("One per line: name, position."),
        widget=forms.Textarea({"rows": 2}),
    )
    others_school = LinesField(
        label=_("Others from the school"),
        required=False,
        help_text=_("One per line: name, position."),
        widget=forms.Textarea({"rows": 2}),
    )
    minutes = forms.CharField(label=_("What was said"), max_length=10000, widget=forms.Textarea({"rows": 6}))
    feedback = forms.CharField(
        label=_("The enterprise's feedback on teaching"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    places_shown = forms.ModelMultipleChoiceField(
        Facility.objects.all(), label=_("Places shown"), required=False, widget=forms.CheckboxSelectMultiple
    )
    what = forms.CharField(label=_("What is to be done"), max_length=300, required=False)
    owner = forms.ModelChoiceField(User.objects.filter(is_active=True), label=_("By whom"), required=False)
    due_on = forms.DateField(label=_("Until when"), widget=DueDateInput, required=False)
    demand_report = CheckedFileField(
        label=_("Talent-demand report"), required=False, help_text=_("PDF, Word, Excel or picture.")
    )
    photo = CheckedFileField(kinds=PICTURES, label=_("Photo"), required=False)

    def __init__(self, data: Any, files: Any, *, visit: Visit, user: User, on: date) -> None:
        there = [person.pk for person in visit.participants.all() if person.was_present]
        initial = {"version": visit.version, "present": there, "owner": user.pk}
        super().__init__(data, files, initial=initial)
        offered: Any = self.fields
        self.visit, self.proposed = visit, propose(offered["due_on"], today=on)
        offered["present"].queryset = visit.participants.select_related("user")
        offer_people(offered["owner"], [person for person, _leads in people_of_staff(on=on)])
        if visit.direction != Direction.INCOMING:
            del self.fields["places_shown"]

    def clean(self) -> dict[str, Any]:
        """A follow-up is whole or none, and not due before the visit."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        due_on = cleaned.get("due_on")
        if cleaned.get("what"):
            if not cleaned.get("owner") and "owner" not in self.errors:
                self.add_error("owner", gettext("Who does it?"))
            if not due_on and "due_on" not in self.errors:
                self.add_error("due_on", gettext("Until when?"))
        elif due_on and due_on != self.proposed and "what" not in self.errors:
            self.add_error("what", gettext("What is to be done until then?"))
        if due_on and self.visit.starts_on and due_on < self.visit.starts_on:
            self.add_error("due_on", gettext("This is before the visit."))
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """What report_visit takes of this form."""
        entered = self.cleaned_data
        taken = ("version", "minutes", "feedback", "present", "demand_report", "photo")
        follow_up = None
        if entered["what"]:
            follow_up = FollowUpLine(what=entered["what"], owner=entered["owner"], due_on=entered["due_on"])
        guests = [*_guests(Side.ENTERPRISE, entered["others_enterprise"])]
        guests += _guests(Side.SCHOOL, entered["others_school"])
        return {
            **{name: entered[name] for name in taken},
            "places_shown": entered.get("places_shown", ()),
            "also_present": guests,
            "follow_up": follow_up,
        }


def _guests(side: Side, lines: list[str]) -> list[Guest]:
    """Names with their positions, parted by a comma of either script."""
    parted = [line.replace("，", ",").partition(",") for line in lines]
    return [Guest(side, name.strip()[:80], title.strip()[:120]) for name, _comma, title in parted]


class OutcomeLineForm(forms.Form):
    major = forms.ModelChoiceField(Major.objects.select_related("college"), label=_("Major"))
    posts = forms.IntegerField(label=_("Posts"), min_value=0, max_value=MOST, required=False)
    post_pay = forms.IntegerField(
        label=_("Starting pay, yuan a month"), min_value=0, max_value=1_000_000, required=False
    )
    internships = forms.IntegerField(label=_("Internships"), min_value=0, max_value=MOST, required=False)
    internship_pay = forms.IntegerField(
        label=_("Internship pay, yuan a month"), min_value=0, max_value=1_000_000, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.has_changed() and not self.errors and not cleaned.get("posts") and not cleaned.get("internships"):
            self.add_error("posts", gettext("How many posts or internships?"))
        return cleaned

    @property
    def line(self) -> OutcomeLine:
        entered = self.cleaned_data
        numbers = {name: entered[name] or 0 for name in ("posts", "internships")}
        return OutcomeLine(
            major=entered["major"], post_pay=entered["post_pay"], internship_pay=entered["internship_pay"], **numbers
        )


class PromiseLineForm(forms.Form):
    side = forms.ChoiceField(label=_("Promised by"), choices=Side.choices, initial=Side.ENTERPRISE)
    kind = forms.ChoiceField(label=_("Kind"), choices=CommitmentKind.choices, initial=CommitmentKind.OTHER)
    description = forms.CharField(label=_("Promise"), max_length=300)
    number = forms.DecimalField(label=_("Number"), min_value=0, max_digits=14, decimal_places=2, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=30, required=False)
    due_on = forms.DateField(label=_("Due on"), widget=DateInput, required=False)

    @property
    def line(self) -> PromiseLine:
        entered = self.cleaned_data
        kind, side = CommitmentKind(entered["kind"]), Side(entered["side"])
        return PromiseLine(**{**entered, "kind": kind, "side": side})


class IntentionLineForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=IntentionKind.choices, initial=IntentionKind.OTHER)
    name = forms.CharField(label=_("Intention"), max_length=200)
    terms = forms.CharField(label=_("Terms"), max_length=300, required=False)

    @property
    def line(self) -> IntentionLine:
        return IntentionLine(**{**self.cleaned_data, "kind": IntentionKind(self.cleaned_data["kind"])})


class Lines(BaseFormSet):  # type: ignore[type-arg]
    """Rows of the report; those that stay empty are left out."""

    @property
    def lines(self) -> list[Any]:
        return [row.line for row in self.forms if row.has_changed()]


class OutcomeLines(Lines):
    """The names of the majors are read once, not once for each row."""

    def clean(self) -> None:
        majors = [row.cleaned_data.get("major") for row in self.forms if row.has_changed() and not row.errors]
        if len(set(majors)) < len(majors):
            raise forms.ValidationError(gettext("Each major stands in one row only."))

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if not hasattr(self, "_majors"):
            self._majors = [("", "---------"), *((major.pk, str(major)) for major in Major.objects.all())]
        form.fields["major"].choices = self._majors  # type: ignore[attr-defined]


_limits: dict[str, Any] = {"max_num": MOST_ROWS, "absolute_max": MOST_ROWS, "validate_max": True}
OutcomeFormSet = formset_factory(OutcomeLineForm, formset=OutcomeLines, extra=2, **_limits)
PromiseFormSet = formset_factory(PromiseLineForm, formset=Lines, extra=2, **_limits)
IntentionFormSet = formset_factory(IntentionLineForm, formset=Lines, extra=1, **_limits)


class EvidenceForm(OnceForm):
    """A file or an address, and what it is."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EvidenceKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=pgettext_lazy("of a piece of evidence", "Name"), max_length=200)
    file = CheckedFileField(label=_("File"), required=False, help_text=_("PDF, Word, Excel or picture."))
    url = forms.URLField(label=_("or its address"), max_length=200, required=False, assume_scheme="https")
    dated_on = forms.DateField(label=_("Dated"), widget=DateInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("file") and not cleaned.get("url") and not {"file", "url"} & set(self.errors):
            self.add_error("file", gettext("Choose a file, or give an address."))
        return cleaned

    @property
    def evidence(self) -> dict[str, Any]:
        entered = {name: value for name, value in self.cleaned_data.items() if name != "form_token"}
        return {**entered, "kind": EvidenceKind(entered["kind"])}

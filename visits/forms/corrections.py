"""Checking a report and correcting it: what it says, filled in as it stands, with the rows that keep their number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.school import College, Major
from core.forms import DateInput, LinesField, VersionedForm
from partnerships.choices.agreements import Side
from visits.choices import Direction, IntentionKind, IntentionState, Medium, VisitState
from visits.forms.people import PeopleField
from visits.models.campaigns import Campaign
from visits.models.visits import Participant, ResultForm, Visit
from visits.services.amending import Correction
from visits.services.presence import Guest
from visits.services.report_rows import IntentionRow, OutcomeRow

MOST_ROWS = 30
MOST, MOST_PAY = 100_000, 1_000_000


class ReturnForm(VersionedForm):
    remark = forms.CharField(
        label=_("What is to be put right?"), max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Who wrote the report gets a message and sees it on the page of the visit."),
    )  # fmt: skip


class CheckForm(VersionedForm):
    accepts_doubts = forms.BooleanField(label=_("I have weighed the doubts above"), required=False)
    note = forms.CharField(label=_("A word on it"), max_length=300, required=False)

    def __init__(self, *args: Any, has_doubts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_doubts:
            self.fields["accepts_doubts"].widget = forms.HiddenInput()


class ReasonForm(VersionedForm):
    reason = forms.CharField(
        label=_("Why?"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=_("The reason is kept, and shown beside every figure that moves."),
    )  # fmt: skip


class RemoveEvidenceForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}))


class CorrectionForm(VersionedForm):
    """The report as it stands. The office may also change what it counts in; after the check a reason is asked."""

    minutes = forms.CharField(label=_("What was said"), max_length=10000, widget=forms.Textarea({"rows": 6}))
    feedback = forms.CharField(
        label=_("The enterprise's feedback on teaching"), max_length=5000, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    result_form = forms.ModelChoiceField(ResultForm.objects.all(), label=_("Main form of result"), required=False)
    nothing_offered = forms.CharField(
        label=_("Why nothing was offered"), max_length=300, required=False,
        help_text=_("Where the enterprise offered no place."),
    )  # fmt: skip
    present = PeopleField(
        Participant.objects.none(), label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others_enterprise = LinesField(
        label=_("Others from the enterprise"), required=False, help_text=_("One per line: name, position."),
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    others_school = LinesField(
        label=_("Others from the school"), required=False, help_text=_("One per line: name, position."),
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    starts_on = forms.DateField(label=_("Date"), widget=DateInput, required=False)
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices)
    medium = forms.ChoiceField(label=_("Medium"), choices=Medium.choices)
    campaigns = forms.ModelMultipleChoiceField(
        Campaign.objects.all(), label=_("Counts in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    colleges = forms.ModelMultipleChoiceField(
        College.objects.all(), label=_("Colleges"), required=False, widget=forms.CheckboxSelectMultiple
    )
    answer = forms.CharField(
        label=_("Answer to the remark"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    reason = forms.CharField(
        label=_("Why is it changed after the check?"), max_length=500, required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The reason is kept, and shown beside every figure that moves."),
    )  # fmt: skip
    OFFICE = ("starts_on", "direction", "medium", "campaigns", "colleges")

    def __init__(self, data: Any, *, visit: Visit, is_office: bool, is_returned: bool) -> None:
        columns = (
            "version", "minutes", "feedback", "result_form", "nothing_offered", "starts_on", "direction", "medium",
        )  # fmt: skip
        initial = {name: getattr(visit, name) for name in columns}
        initial["present"] = [person.pk for person in visit.participants.all() if person.was_present]
        if is_office:
            initial |= {name: list(getattr(visit, name).all()) for name in ("campaigns", "colleges")}
        super().__init__(data, initial=initial)
        present: Any = self.fields["present"]
        present.queryset = visit.participants.select_related("user")
        self.is_checked = visit.state == VisitState.CHECKED
        gone: tuple[str, ...] = () if is_office else self.OFFICE
        gone += () if is_returned else ("answer",)
        gone += () if self.is_checked else ("reason",)
        for name in gone:
            del self.fields[name]

    @property
    def guests(self) -> list[Guest]:
        sides = ((Side.ENTERPRISE, "others_enterprise"), (Side.SCHOOL, "others_school"))
        return [_guest(side, line) for side, name in sides for line in self.cleaned_data[name]]

    def correction(self, outcomes: list[OutcomeRow], intentions: list[IntentionRow]) -> Correction:
        """What correct_report takes of this form and its rows."""
        entered = self.cleaned_data
        columns = ("minutes", "feedback", "result_form", "nothing_offered", *self.OFFICE[:3])
        return Correction(
            columns={name: entered[name] for name in columns if name in entered},
            outcomes=outcomes,
            intentions=intentions,
            present=list(entered["present"]),
            also_present=self.guests,
            campaigns=entered.get("campaigns"),
            colleges=entered.get("colleges"),
        )

    @property
    def words(self) -> dict[str, str]:
        """The reason and the answer, where they were asked for."""
        return {name: self.cleaned_data[name] for name in ("reason", "answer") if name in self.cleaned_data}


def _guest(side: Side, line: str) -> Guest:
    """A name with its position, parted by a comma of either script."""
    name, _comma, title = line.replace("，", ",").partition(",")
    return Guest(side, name.strip()[:80], title.strip()[:120])


def _number(label: object, most: int = MOST) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False)  # type: ignore[arg-type]


class _RowForm(forms.Form):
    """A row on file, or a new one; ticked, it goes."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    gone = forms.BooleanField(label=_("Take this row away"), required=False)

    @property
    def is_kept(self) -> bool:
        return self.has_changed_or_stands and not self.cleaned_data.get("gone")

    @property
    def has_changed_or_stands(self) -> bool:
        return bool(self.cleaned_data.get("number")) or self.has_changed()


class OutcomeRowForm(_RowForm):
    major = forms.ModelChoiceField(Major.objects.select_related("college"), label=_("Major"))
    posts = _number(_("Posts"))
    average_pay = _number(_("Average pay, yuan a month"), MOST_PAY)
    post_pay = _number(_("Starting pay, yuan a month"), MOST_PAY)
    graduates = _number(_("Graduates it means to take"))
    internships = _number(_("Internships"))
    internship_pay = _number(_("Internship pay, yuan a month"), MOST_PAY)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_empty = not cleaned.get("posts") and not cleaned.get("internships")
        if self.has_changed_or_stands and not cleaned.get("gone") and not self.errors and is_empty:
            self.add_error("posts", gettext("How many posts or internships?"))
        return cleaned

    @property
    def row(self) -> OutcomeRow:
        entered = {name: value for name, value in self.cleaned_data.items() if name != "gone"}
        return OutcomeRow(**{**entered, "posts": entered["posts"] or 0, "internships": entered["internships"] or 0})


class IntentionRowForm(_RowForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=IntentionKind.choices, initial=IntentionKind.OTHER)
    name = forms.CharField(label=_("Intention"), max_length=200)
    terms = forms.CharField(label=_("Terms"), max_length=300, required=False)
    class_of = forms.IntegerField(label=_("Graduating class"), min_value=1990, max_value=2100, required=False)
    state = forms.ChoiceField(label=_("State"), choices=IntentionState.choices, initial=IntentionState.INTENDED)

    @property
    def row(self) -> IntentionRow:
        return IntentionRow(**{name: value for name, value in self.cleaned_data.items() if name != "gone"})


class Rows(BaseFormSet):  # type: ignore[type-arg]
    """Rows as they stand, and empty ones for more; those that stay empty are left out."""

    @property
    def rows(self) -> list[Any]:
        return [form.row for form in self.forms if form.is_kept]


class OutcomeRows(Rows):
    """The names of the majors are read once, not once for each row."""

    def clean(self) -> None:
        majors = [form.cleaned_data.get("major") for form in self.forms if not form.errors and form.is_kept]
        if len(set(majors)) < len(majors):
            raise forms.ValidationError(gettext("Each major stands in one row only."))

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if not hasattr(self, "_majors"):
            self._majors = [("", "---------"), *((major.pk, str(major)) for major in Major.objects.all())]
        form.fields["major"].choices = self._majors  # type: ignore[attr-defined]


_limits: dict[str, Any] = {"max_num": MOST_ROWS, "absolute_max": MOST_ROWS, "validate_max": True, "extra": 1}
OutcomeRowFormSet = formset_factory(OutcomeRowForm, formset=OutcomeRows, **_limits)
IntentionRowFormSet = formset_factory(IntentionRowForm, formset=Rows, **_limits)


def rows_of(data: Any, visit: Visit) -> dict[str, Any]:
    """The two sets of rows of a report, filled in as they stand."""
    offered = ("major", "posts", "average_pay", "post_pay", "graduates", "internships", "internship_pay")
    meant = ("kind", "name", "terms", "class_of", "state")
    outcomes = [{"number": row.pk, **{name: getattr(row, name) for name in offered}} for row in visit.outcomes.all()]
    intentions = [{"number": row.pk, **{name: getattr(row, name) for name in meant}} for row in visit.intentions.all()]
    return {
        "outcomes": OutcomeRowFormSet(data, prefix="outcomes", initial=outcomes),
        "intentions": IntentionRowFormSet(data, prefix="intentions", initial=intentions),
    }

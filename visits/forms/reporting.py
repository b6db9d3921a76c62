"""The report of a visit, written on a phone in three minutes: what can be known is filled in already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import Facility
from core.forms import LinesField, OnceForm, VersionedForm
from core.models import offered
from core.uploads import CheckedFileField
from visits.choices import Direction, TopicKind
from visits.forms.people import PeopleField
from visits.forms.report_lines import (
    FollowUpFormSet,
    IntentionFormSet,
    OutcomeFormSet,
    PersonFormSet,
    PromiseFormSet,
)
from visits.models.visits import Participant, ResultForm, Visit
from visits.selectors.reporting import Known
from visits.selectors.words import topics_of

DUE_IN = timedelta(days=14)
ROWS = ("people", "outcomes", "promises", "intentions", "follow_ups")
_ROW = re.compile(rf"^({'|'.join(ROWS)})-(\d{{1,3}}-[a-z_]{{1,20}}|TOTAL_FORMS|INITIAL_FORMS)$")
NOT_KEPT = ("version", "revision", "demand_report", "photos")  # of a draft: what is not typed


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos at once; the view takes them in one by one, so that one that is wrong costs the others nothing."""

    widget = PhotosInput({"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        return list(data or ())


class ReportForm(OnceForm, VersionedForm):
    present = PeopleField(
        Participant.objects.none(), label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(
        label=_("Spoken of"), required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    own_topics = LinesField(
        label=_("Also spoken of"), required=False, help_text=_("One per line."), widget=forms.Textarea({"rows": 2})
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
    nothing_offered = forms.CharField(
        label=_("Why nothing was offered"),
        max_length=300,
        required=False,
        help_text=_("Where the enterprise offered no place."),
    )
    result_form = forms.ModelChoiceField(ResultForm.objects.none(), label=_("Main form of result"), required=False)
    demand_report = CheckedFileField(
        label=_("Talent-demand report"), required=False, help_text=_("PDF, Word, Excel or picture.")
    )
    photos = PhotosField(label=_("Photos"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    device = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, data: Any, files: Any, *, visit: Visit, on: date, revision: int) -> None:
        planned = list(dict.fromkeys(topics_of(visit, TopicKind.TOPIC)))
        people = visit.participants.all()
        there = [person.pk for person in people if person.was_present]
        initial = {"version": visit.version, "revision": revision, "present": there, "topics": planned}
        super().__init__(data, files, initial=initial)
        given: Any = self.fields
        given["present"].queryset = visit.participants.select_related("user")
        given["present"].choices = [(person.pk, given["present"].label_from_instance(person)) for person in people]
        given["topics"].choices = [(name, name) for name in planned]
        self._offer_result_forms(on)
        if visit.direction != Direction.INCOMING:
            del self.fields["places_shown"]

    def _offer_result_forms(self, on: date) -> None:
        """The list is the national platform's and is empty until the office enters it: then nothing is asked."""
        field: Any = self.fields["result_form"]
        field.queryset = offered(ResultForm.objects.all(), on)
        field.choices = [("", "---------"), *((form.pk, str(form)) for form in field.queryset)]
        if len(field.choices) == 1:
            del self.fields["result_form"]

    @property
    def said(self) -> dict[str, Any]:
        """What report_visit takes of this form."""
        entered = self.cleaned_data
        taken = (
            "version", "revision", "minutes", "feedback", "present", "demand_report", "result_form", "nothing_offered",
        )  # fmt: skip
        topics = dict.fromkeys([*entered["topics"], *entered["own_topics"]])
        places = entered.get("places_shown", ())
        return {
            **{name: entered[name] for name in taken if name in entered},
            "places_shown": places,
            "topics": list(topics),
        }


def _rows(kind: Any, data: Any, prefix: str, initial: list[dict[str, Any]] | None = None) -> Any:
    return kind(data, prefix=prefix, initial=initial)


class WholeReport:
    """The form with its rows, as one."""

    def __init__(
        self, data: Any, files: Any, *, visit: Visit, user: User, on: date, known: Known, revision: int
    ) -> None:
        self.form = ReportForm(data, files, visit=visit, on=on, revision=revision)
        due = max(visit.starts_on or on, on) + DUE_IN
        self.people = _rows(PersonFormSet, data, "people")
        self.people.people, self.people.is_attended = known.people, not (data and data.get("unattended"))
        self.outcomes = _rows(OutcomeFormSet, data, "outcomes", [{"major": pk} for pk in known.majors])
        self.outcomes.proposed, self.outcomes.extra = known.majors, 0 if known.majors else 1
        self.promises = _rows(PromiseFormSet, data, "promises", [{"side": "enterprise"}, {"side": "school"}])
        self.intentions = _rows(IntentionFormSet, data, "intentions")
        self.follow_ups = _rows(FollowUpFormSet, data, "follow_ups", [{"owner": user.pk, "due_on": due}])
        self.follow_ups.staff = known.staff

    @property
    def rows(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ROWS}

    def is_valid(self) -> bool:
        """Every part says what is wrong with it."""
        parts = [part.is_valid() for part in (self.form, *self.rows.values())]
        return all(parts)

    @property
    def wrong(self) -> list[Any]:
        """The rows with something wrong in them."""
        return [part for part in self.rows.values() if part.is_bound and (any(part.errors) or part.non_form_errors())]

    def show_as_typed(self) -> None:
        """A draft is not judged before it is sent."""
        self.form._errors, self.form.cleaned_data = ErrorDict(), {}  # type: ignore[attr-defined]
        for part in self.rows.values():
            part._errors, part._non_form_errors = [], ErrorList()
            for row in part.forms:
                row._errors = ErrorDict()

    def refuse_photos(self, reasons: list[str]) -> None:
        """Say beside the photos which of them were not taken in."""
        if reasons:
            self.form.add_error("photos", reasons)

    def take_version(self, version: int) -> None:
        """After a refusal the person may send again on purpose, whatever was changed of the visit meanwhile."""
        self.form.refresh_version(version)

    def take_revision(self, revision: int) -> None:
        typed: QueryDict = self.form.data.copy()  # type: ignore[attr-defined]  # a form that was sent
        typed["revision"] = str(revision)
        self.form.data = typed

    @property
    def said(self) -> dict[str, Any]:
        return {
            **self.form.said,
            "also_present": self.people.lines,
            "outcomes": self.outcomes.lines,
            "commitments": self.promises.lines,
            "intentions": self.intentions.lines,
            "follow_ups": self.follow_ups.lines,
        }


def typed_in(data: QueryDict) -> dict[str, list[str]]:
    """What a draft keeps of a form that was sent: its own fields, as they were typed."""
    return dict(_kept(data))


def _kept(data: QueryDict) -> Iterator[tuple[str, list[str]]]:
    for name, values in data.lists():
        is_field = name in ReportForm.base_fields and name not in NOT_KEPT
        if (is_field and name not in ("form_token", "device")) or _ROW.match(name):
            yield name, [str(value) for value in values]


def as_sent(said: dict[str, list[str]], **more: str) -> QueryDict:
    """What a draft keeps, as a form takes it."""
    data = QueryDict(mutable=True)
    for name, values in said.items():
        data.setlist(name, values)
    for name, value in more.items():
        data[name] = value
    return data

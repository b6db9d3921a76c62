"""The outcomes of a year in one form: a measure, its number, whether it is more than that, and its source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import VersionedForm
from partnerships.choices.programmes import CollegeTask, ProgrammeKind, ProgrammeMeasure
from partnerships.models.programmes import Programme, ProgrammeCohort
from programmes.selectors.outcomes import YearOutcomes
from programmes.services.outcomes import OutcomeLine

M = ProgrammeMeasure
MOST = 100_000
FRACTION = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})")
PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*%?")
# In the order in which people go through a programme.
ORDER = (M.ENROLLED, M.TRAINED, M.EMPLOYED, M.HIRED, M.EMPLOYMENT_RATE)


class RateField(forms.CharField):
    """A rate as people write it: "85 %", "85" or "170/200"; cleaned to (ratio, out of) or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        text = unicodedata.normalize("NFKC", str(super().clean(value) or "")).strip()
        if not text:
            return None
        if found := FRACTION.fullmatch(text):
            part, whole = int(found[1]), int(found[2])
            if not whole:
                raise forms.ValidationError(gettext("A rate of nobody says nothing: leave it empty."))
            if part > whole:
                raise forms.ValidationError(gettext("The part cannot be larger than the whole."))
            return round(Decimal(part) / whole, 4), whole
        found = PERCENT.fullmatch(text)
        if found is None or Decimal(found[1]) > 100:
            raise forms.ValidationError(gettext("Write a rate such as 85 % or 170/200."))
        return Decimal(found[1]) / 100, None


@dataclass(frozen=True)
class MeasureRow:
    """One row of the table: the measure and its fields."""

    label: str
    fields: list[forms.BoundField]


class ChoiceOfYearForm(forms.Form):
    """Of which year and class outcomes are entered; in the address."""

    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=1980,
        max_value=2100,
        help_text=_("Empty where the source gives none."),
    )
    cohort = forms.ModelChoiceField(
        ProgrammeCohort.objects.none(), label=_("Class"), required=False, empty_label=_("The whole programme")
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["cohort"].queryset = programme.cohorts.all()


class OutcomesForm(VersionedForm):
    """All measures of a year; a measure that is left empty is not on file."""

    def __init__(self, data: Any, *, programme: Programme, known: YearOutcomes) -> None:
        super().__init__(data, initial={"version": programme.version, **_initial(known)})
        self.is_college = programme.kind == ProgrammeKind.INDUSTRY_COLLEGE
        for measure in ORDER:
            if measure == M.EMPLOYMENT_RATE:
                number: forms.Field = RateField(label=_("Number"), required=False)
            else:
                number = forms.IntegerField(label=_("Number"), required=False, min_value=0, max_value=MOST)
                least = forms.BooleanField(label=pgettext_lazy("outcome", "At least"), required=False)
                self.fields[f"{measure}_least"] = least
            self.fields[f"{measure}_number"] = number
            self.fields[f"{measure}_source"] = forms.CharField(label=_("Source"), required=False, max_length=200)
            if self.is_college:
                choices = [("", "---------"), *CollegeTask.choices]
                self.fields[f"{measure}_task"] = forms.ChoiceField(label=_("Task"), required=False, choices=choices)
        for name, field in self.fields.items():
            if name != "version":
                field.widget.attrs["aria-label"] = f"{M(name.rpartition('_')[0]).label}: {field.label}"

    @property
    def rows(self) -> Iterator[MeasureRow]:
        for measure in ORDER:
            names = [f"{measure}_{part}" for part in ("number", "least", "source", "task")]
            yield MeasureRow(str(measure.label), [self[name] for name in names if name in self.fields])

    @property
    def lines(self) -> dict[ProgrammeMeasure, OutcomeLine]:
        """What was entered, as the service takes it."""
        said, found = self.cleaned_data, {}
        for measure in ORDER:
            number, out_of = said[f"{measure}_number"], None
            if number is None:
                continue
            if measure == M.EMPLOYMENT_RATE:
                number, out_of = number
            found[measure] = OutcomeLine(
                number=Decimal(number),
                is_minimum=said.get(f"{measure}_least", False),
                source=said[f"{measure}_source"],
                out_of=out_of,
                task=said.get(f"{measure}_task", ""),
            )
        return found


def _initial(known: YearOutcomes) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for measure, outcome in known.by_measure.items():
        number: Any = int(outcome.number)
        if measure == M.EMPLOYMENT_RATE:
            number = f"{(outcome.number * 100).normalize():f} %"
            if outcome.out_of:
                number = f"{round(outcome.number * outcome.out_of)}/{outcome.out_of}"
        initial[f"{measure}_number"] = number
        initial[f"{measure}_least"] = outcome.is_minimum
        initial[f"{measure}_source"] = outcome.source
        initial[f"{measure}_task"] = outcome.task
    return initial

"""What somebody answers by signed link: the questions of one survey, and to whom they pass it on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Level
from accounts.models.school import Major
from surveys.choices import DOES_NOT_APPLY, MOST_LINES, NOT_APPLICABLE, OPTIONS, AnswerKind, Part, SurveyKind
from surveys.models.surveys import Survey, SurveyItem
from surveys.services.answering import Said

LONGEST = 3000
MOST_PEOPLE, MOST_PAY = 10_000, 1_000_000
LINE = ("major", "wanted", "number", "level", "monthly_pay")
LEVELS = [("", "---------"), *Level.choices]
# Kinds whose steps stand beside each other, also on a phone.
IN_A_ROW = (AnswerKind.SCALE, AnswerKind.MATCH)


@dataclass(frozen=True)
class Question:
    field: forms.BoundField
    is_row: bool


@dataclass(frozen=True)
class Heading:
    label: str
    questions: list[Question]


class AnswerForm(forms.Form):
    """Every question of the survey as it is now; a question that was taken out meanwhile is passed over."""

    comment = forms.CharField(
        label=_("Anything else you would like to say"), required=False, max_length=LONGEST, widget=forms.Textarea
    )

    def __init__(self, data: Any = None, *, survey: Survey) -> None:
        super().__init__(data)
        self.survey = survey
        self.items = list(survey.items.all())
        for item in self.items:
            self.fields[_name(item)] = _field(item)
        self.asks_lines = survey.kind == SurveyKind.DEMAND
        if self.asks_lines:
            majors = [("", "---------"), *((major.pk, str(major)) for major in Major.objects.all())]
            for number in range(1, MOST_LINES + 1):
                self.fields |= {f"line{number}_{name}": field for name, field in _line_fields(majors).items()}

    def headings(self) -> list[Heading]:
        """The questions under their headings, in the order of the survey."""
        found: dict[str, list[Question]] = {}
        for item in self.items:
            found.setdefault(item.part, []).append(Question(self[_name(item)], item.answer in IN_A_ROW))
        return [Heading(str(part.label), found[part]) for part in Part if part in found]

    def lines(self) -> list[list[forms.BoundField]]:
        numbers = range(1, MOST_LINES + 1) if self.asks_lines else ()
        return [[self[f"line{number}_{name}"] for name in LINE] for number in numbers]

    def more_lines(self) -> list[list[forms.BoundField]]:
        return self.lines()[1:]

    def is_unfolded(self) -> bool:
        """Was something typed in a line beyond the first?"""
        return any(field.value() or field.errors for line in self.more_lines() for field in line)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, MOST_LINES + 1) if self.asks_lines else ():
            line = self._line(number, cleaned)
            if any(line.values()) and not (line["major"] or line["wanted"]):
                self.add_error(f"line{number}_major", _("Choose a major, or write which post it is."))
        return cleaned

    def _line(self, number: int, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {name: cleaned.get(f"line{number}_{name}") for name in LINE}

    def said(self) -> Said:
        """What a valid form says."""
        cleaned = self.cleaned_data
        lines = [self._line(number, cleaned) for number in range(1, MOST_LINES + 1)] if self.asks_lines else []
        return Said(
            ratings={item.pk: cleaned.get(_name(item), "") for item in self.items},
            lines=[_columns(line) for line in lines if any(line.values())],
            comment=cleaned["comment"],
        )

    def typed(self) -> list[tuple[str, str]]:
        """What was typed in words, to be copied where it cannot be sent any more."""
        fields = [self[name] for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)]
        return [(str(field.label), str(field.value())) for field in fields if field.value()]


def _columns(line: dict[str, Any]) -> dict[str, Any]:
    major = line.pop("major")
    return {**line, "major_id": int(major) if major else None}


def _name(item: SurveyItem) -> str:
    return f"item_{item.pk}"


def _field(item: SurveyItem) -> forms.Field:
    if item.answer == AnswerKind.TEXT:
        return forms.CharField(label=str(item), required=False, max_length=LONGEST, widget=forms.Textarea)
    choices = [*OPTIONS[item.answer], (NOT_APPLICABLE, DOES_NOT_APPLY)]
    return forms.ChoiceField(
        label=str(item), choices=choices, widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose one of the steps, or that it does not apply."),
            "invalid_choice": _("Please choose one of the steps, or that it does not apply."),
        },
    )  # fmt: skip


def _line_fields(majors: Iterable[tuple[Any, Any]]) -> dict[str, forms.Field]:
    return {
        "major": forms.ChoiceField(label=_("Major"), choices=list(majors), required=False),
        "wanted": forms.CharField(label=_("Another major, or the post"), required=False, max_length=120),
        "number": forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=MOST_PEOPLE),
        "level": forms.ChoiceField(label=_("Level at least"), choices=LEVELS, required=False),
        "monthly_pay": forms.IntegerField(
            label=_("Pay, yuan a month"), required=False, min_value=1, max_value=MOST_PAY
        ),
    }  # fmt: skip


class ForwardForm(forms.Form):
    """The colleague who should answer."""

    name = forms.CharField(label=_("Name of your colleague"), max_length=80)
    email = forms.EmailField(label=_("E-mail address of your colleague"), max_length=254)

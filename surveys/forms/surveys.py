"""Opening a survey, its times and questions; the set of questions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.filters import Filter, find_field
from core.forms import DateInput, OnceForm, VersionedForm
from surveys.choices import PARTS_OF, AnswerKind, Part, SurveyKind, SurveyState
from surveys.models.surveys import SetItem, Survey, SurveyItem

RUNS_FOR = timedelta(days=60)
TITLES = {
    SurveyKind.EMPLOYER: ("用人单位满意度调查", "Employer satisfaction survey"),
    SurveyKind.DEMAND: ("用人单位人才需求调查", "Survey of talent demand"),
    SurveyKind.GRADUATE: ("毕业生意见调查", "Survey of graduates' opinions"),
}


class _Words(forms.Form):
    """A name in one language at least."""

    name_zh = forms.CharField(label=_("In Chinese"), max_length=200, required=False)
    name_en = forms.CharField(label=_("In English"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("name_zh") and not cleaned.get("name_en") and not self.errors:
            self.add_error("name_zh", _("Write it in at least one language."))
        return cleaned


class _Times(_Words):
    class_of = forms.IntegerField(label=_("Graduating class"), required=False, min_value=1990, max_value=2100)
    opens_on = forms.DateField(label=_("From"), widget=DateInput)
    closes_on = forms.DateField(label=_("To"), widget=DateInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The survey cannot end before it begins."))
        return cleaned


class SetChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Questions of the set under their headings."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_part_display()} · {obj}"


class SurveyNewForm(_Times, OnceForm):
    items = SetChoice(
        label=_("Questions"), queryset=SetItem.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("In the order of the set. You can change the order and add your own before you send it."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, kind: SurveyKind, on: date) -> None:
        chinese, english = TITLES[kind]
        rows = SetItem.objects.filter(kind=kind, is_active=True)
        initial = {
            "name_zh": chinese, "name_en": english, "opens_on": on, "closes_on": on + RUNS_FOR,
            "items": [row.pk for row in rows],
        }  # fmt: skip
        super().__init__(data, initial=initial)
        field = self.fields["items"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - narrows the type
        field.queryset = rows
        field.choices = [(row.pk, field.label_from_instance(row)) for row in rows]


class SurveyEditForm(_Times, VersionedForm):
    def __init__(self, data: Any = None, *, survey: Survey) -> None:
        names = ("name_zh", "name_en", "class_of", "opens_on", "closes_on", "version")
        super().__init__(data, initial={name: getattr(survey, name) for name in names})


class ItemForm(_Words, OnceForm):
    """A question of one's own for one survey, or for the set of a kind."""

    part = forms.ChoiceField(label=_("Heading"))
    answer = forms.ChoiceField(label=_("Answered"), choices=AnswerKind.choices)

    def __init__(self, data: Any = None, *, kind: str, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        parts = [(part.value, part.label) for part in PARTS_OF[kind]]
        self.fields["part"].choices = parts  # type: ignore[attr-defined]
        self.order_fields(["part", "answer", "name_zh", "name_en"])


class SetItemEditForm(ItemForm):
    place = forms.IntegerField(
        label=_("Place"), min_value=1, max_value=30_000, help_text=_("Questions stand in the order of these numbers.")
    )
    is_active = forms.BooleanField(label=_("Offered for new surveys"), required=False)

    def __init__(self, data: Any = None, *, item: SetItem) -> None:
        names = ("part", "answer", "name_zh", "name_en", "place", "is_active")
        super().__init__(data, kind=item.kind, initial={name: getattr(item, name) for name in names})


class SurveyFilter(Filter):
    find = find_field(_("Title"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any kind")), *SurveyKind.choices])
    state = forms.ChoiceField(label=_("State"), choices=[("", _("Any state")), *SurveyState.choices])


def parts_of(items: list[SurveyItem]) -> list[tuple[str, list[SurveyItem]]]:
    """Questions under their headings."""
    found: dict[str, list[SurveyItem]] = {}
    for item in items:
        found.setdefault(item.part, []).append(item)
    return [(str(part.label), found[part]) for part in Part if part in found]

"""Rows of the form of a posting: questions to everyone who applies, and languages asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language, LanguageLevel
from core.forms import LinesField
from placements.choices import QuestionKind
from placements.models.postings import Posting
from placements.services.posting_rows import MOST_QUESTIONS, LanguageRow, PostingRows, QuestionRow


class _RowForm(forms.Form):
    """A row that stays empty is none; one on file that is ticked goes."""

    gone = forms.BooleanField(label=_("Take this row away"), required=False)

    @property
    def is_kept(self) -> bool:
        return (bool(self.initial) or self.has_changed()) and not self.cleaned_data.get("gone")


class QuestionForm(_RowForm):
    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label=pgettext_lazy("to applicants", "Question"), max_length=200)
    text_en = forms.CharField(label=_("Question in English"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=QuestionKind.choices, initial=QuestionKind.TEXT)
    choices = LinesField(
        label=_("Answers to choose from"),
        max_each=80,
        max_lines=12,
        required=False,
        help_text=_("One per line, for “one of several” only."),
        widget=forms.Textarea({"rows": 3}),
    )
    is_required = forms.BooleanField(label=_("Must be answered"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("gone"):
            self.errors.clear()  # what goes need not be right
            return cleaned
        is_choice = cleaned.get("kind") == QuestionKind.CHOICE
        if is_choice and "choices" not in self.errors and len(set(cleaned.get("choices") or ())) < 2:
            self.add_error("choices", gettext("At least two different answers to choose from."))
        return cleaned

    @property
    def row(self) -> QuestionRow:
        said = self.cleaned_data
        choices = tuple(dict.fromkeys(said["choices"])) if said["kind"] == QuestionKind.CHOICE else ()
        return QuestionRow(said["text"], said["text_en"], said["kind"], choices, said["is_required"], said["number"])


class LanguageForm(_RowForm):
    language = forms.ChoiceField(label=_("Language"), choices=[("", "---------"), *Language.choices])
    level = forms.ChoiceField(label=_("At least"), choices=LanguageLevel.choices, initial=LanguageLevel.B1)

    @property
    def row(self) -> LanguageRow:
        return LanguageRow(self.cleaned_data["language"], self.cleaned_data["level"])


class Rows(BaseFormSet):  # type: ignore[type-arg]
    @property
    def rows(self) -> list[Any]:
        return [form.row for form in self.forms if form.is_kept]


class LanguageRows(Rows):
    def clean(self) -> None:
        named = [form.cleaned_data.get("language") for form in self.forms if not form.errors and form.is_kept]
        if len(set(named)) < len(named):
            raise forms.ValidationError(gettext("Each language stands in one row only."))


def _formset(form: type[forms.Form], most: int, rows: type[Rows]) -> Any:
    return formset_factory(form, formset=rows, extra=1, max_num=most, absolute_max=most + 5, validate_max=True)


QuestionFormSet = _formset(QuestionForm, MOST_QUESTIONS, Rows)
LanguageFormSet = _formset(LanguageForm, len(Language.choices), LanguageRows)


class PostingRowForms:
    """Both sets of rows beside the form of a posting."""

    def __init__(self, data: Any, *, posting: Posting | None = None) -> None:
        questions: list[dict[str, Any]] = []
        languages: list[dict[str, Any]] = []
        if posting is not None:
            questions = [_as_typed(each) for each in posting.questions.all()]
            languages = [{"language": each.language, "level": each.level} for each in posting.languages.all()]
        self.questions: Any = QuestionFormSet(data, prefix="questions", initial=questions)
        self.languages: Any = LanguageFormSet(data, prefix="languages", initial=languages)

    @property
    def both(self) -> list[Any]:
        return [self.questions, self.languages]

    def are_valid(self) -> bool:
        return not self.wrong

    @property
    def wrong(self) -> list[Any]:
        """The sets in which something is wrong, for the list of errors; each is looked at."""
        return [each for each in self.both if each.is_bound and not each.is_valid()]

    @property
    def rows(self) -> PostingRows:
        return PostingRows(tuple(self.questions.rows), tuple(self.languages.rows))


def _as_typed(question: Any) -> dict[str, Any]:
    names = ("text", "text_en", "kind", "is_required")
    lines = "\n".join(question.choices)
    return {"number": question.pk, "choices": lines, **{name: getattr(question, name) for name in names}}

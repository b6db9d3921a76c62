"""The clauses of a template or of a text, all in one form: changed, added, taken out, put in another order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import RuleBroken
from drafting.facts import check_words
from drafting.models.texts import Clause
from drafting.services.templates import MOST_CLAUSES, ClauseText

NEW = 1  # empty clauses at the end of the form


class ClauseForm(forms.Form):
    """One clause; what is left wholly empty is none."""

    is_kept = False  # a fixed clause on the standard track: shown, not changed

    key = forms.IntegerField(widget=forms.HiddenInput, required=False)
    place = forms.IntegerField(label=_("Place"), min_value=1, max_value=MOST_CLAUSES, required=False)
    remove = forms.BooleanField(label=_("Take this clause out"), required=False)
    heading_zh = forms.CharField(label=_("Chinese heading"), max_length=120, required=False)
    heading_en = forms.CharField(label=_("English heading"), max_length=160, required=False)
    body_zh = forms.CharField(
        label=_("Chinese text"), max_length=6000, required=False, widget=forms.Textarea({"rows": 6})
    )
    body_en = forms.CharField(
        label=_("English text"), max_length=8000, required=False, widget=forms.Textarea({"rows": 6})
    )

    def _body(self, name: str) -> str:
        text = str(self.cleaned_data[name]).replace("\r\n", "\n").replace("\r", "\n")
        try:
            check_words(text)
        except RuleBroken as error:
            raise forms.ValidationError(str(error)) from error
        return text

    def clean_body_zh(self) -> str:
        return self._body("body_zh")

    def clean_body_en(self) -> str:
        return self._body("body_en")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("remove"):
            self.errors.clear()  # what goes need not be right
            return cleaned
        if not self.says_nothing(cleaned):
            for name in ("heading_zh", "body_zh"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, gettext("A clause has a heading and a text in Chinese."))
        return cleaned

    @staticmethod
    def says_nothing(cleaned: dict[str, Any]) -> bool:
        return not any(cleaned.get(name) for name in ("heading_zh", "heading_en", "body_zh", "body_en", "key"))

    def text(self) -> ClauseText:
        said = self.cleaned_data
        return ClauseText(
            heading_zh=said["heading_zh"],
            heading_en=said["heading_en"],
            body_zh=said["body_zh"],
            body_en=said["body_en"],
            is_fixed=bool(said.get("is_fixed")),
            key=said["key"],
        )

    def keep_as_it_is(self) -> None:
        """Shown for reading; the service refuses a change of it as well."""
        self.is_kept = True
        for name in ("heading_zh", "heading_en", "body_zh", "body_en"):
            self.fields[name].widget.attrs["readonly"] = True
        del self.fields["remove"]


class TemplateClauseForm(ClauseForm):
    is_fixed = forms.BooleanField(label=_("May not be changed on the standard track"), required=False)


class ClauseForms(forms.BaseFormSet):  # type: ignore[type-arg]
    """All clauses of a text."""

    def clauses(self) -> list[ClauseText]:
        """What was written, in the order asked for: a clause moved up goes before the one at its new place."""
        found = []
        for index, form in enumerate(self.forms):
            said = getattr(form, "cleaned_data", {})
            if not said or said.get("remove") or form.says_nothing(said):
                continue
            stood = index + 1 if index < self.initial_form_count() else MOST_CLAUSES + 1
            place = said.get("place") or stood
            found.append(((place, (place > stood) - (place < stood), index), form.text()))
        return [clause for _order, clause in sorted(found, key=lambda each: each[0])]

    def keep_fixed(self, keys: set[int]) -> None:
        """Clauses with these keys are shown for reading alone."""
        for form in self.forms:
            if str(form["key"].value() or "") in {str(key) for key in keys}:
                form.keep_as_it_is()


def clause_forms(data: Any, clauses: Iterable[Clause], form: type[ClauseForm] = ClauseForm) -> ClauseForms:
    """The forms of stored clauses, as they are or as they were sent."""
    made = forms.formset_factory(form, formset=ClauseForms, extra=NEW, max_num=MOST_CLAUSES + NEW)
    initial = [
        {
            "key": clause.pk,
            "place": number,
            "heading_zh": clause.heading_zh,
            "heading_en": clause.heading_en,
            "body_zh": clause.body_zh,
            "body_en": clause.body_en,
            "is_fixed": clause.is_fixed,
        }
        for number, clause in enumerate(clauses, start=1)
    ]
    return cast(ClauseForms, made(data, initial=initial, prefix="clauses"))

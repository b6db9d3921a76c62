"""What is said of a posting, whoever types it: staff, or the enterprise itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, LinesField
from placements.broad_classes import broad_classes
from placements.choices import DocumentKind
from placements.models.postings import Posting
from placements.services.postings import DAYS


class PostingFields(forms.ModelForm):  # type: ignore[type-arg]
    skills = LinesField(
        label=_("Skills asked for"),
        max_each=60,
        max_lines=20,
        required=False,
        help_text=_("One per line, such as Blender or 剪辑."),
        widget=forms.Textarea({"rows": 4}),
    )
    major_classes = forms.MultipleChoiceField(
        label=_("Broad classes"),
        required=False,
        help_text=_("Every major of a class ticked here fits, beside the majors ticked above."),
        widget=forms.CheckboxSelectMultiple,
    )
    documents = forms.MultipleChoiceField(
        label=_("Documents wanted"),
        required=False,
        choices=DocumentKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Posting
        fields = [
            "kind", "title", "title_en", "description", "description_en", "skills", "headcount", "majors",
            "major_classes", "class_of", "level", "province", "city", "address", "mode", "pay_min", "pay_max",
            "pay_period", "pay_months", "pay_negotiable", "starts_on", "ends_on", "days_a_week", "documents",
            "contact_shown", "opens_on", "closes_on", "answer_by",
        ]  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 8}),
            "description_en": forms.Textarea(attrs={"rows": 8}),
            "majors": forms.CheckboxSelectMultiple,
            **dict.fromkeys(DAYS, DateInput),
        }
        labels = {"level": _("Level of study, at least")}
        help_texts = {
            "opens_on": _("Empty: from the day it is published."),
            "closes_on": _("The last day on which students apply."),
            "answer_by": _("Students see this promise; the response rate of the enterprise is counted by it."),
            "class_of": _("Empty: every graduating class."),
            "pay_months": _("12 to 24; empty where it is not said."),
            "contact_shown": _("Name, position, phone and e-mail stand on the posting for students who signed in."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial["skills"] = "\n".join(self.instance.skills)
        self.fields["major_classes"].choices = broad_classes()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Say what cannot be beside the field concerned; the database refuses the same."""
        entered = super().clean() or self.cleaned_data
        for name, text in self.troubles(entered):
            if name not in self.errors:
                self.add_error(name, text)
        return entered

    def troubles(self, entered: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        opens, closes, answer, starts, ends = (entered.get(name) for name in DAYS)
        if opens and closes and closes < opens:
            yield "closes_on", _("The posting cannot close before it opens.")
        if answer and closes and answer < closes:
            yield "answer_by", _("The answer is promised for a day after the closing day.")
        if starts and ends and ends < starts:
            yield "ends_on", _("The work cannot end before it begins.")
        low, high = entered.get("pay_min"), entered.get("pay_max")
        if low is not None and high is not None and high < low:
            yield "pay_max", _("The upper end of the pay is below the lower end.")
        if entered.get("headcount") == 0:
            yield "headcount", _("At least one place.")
        if entered.get("days_a_week") is not None and not 1 <= entered["days_a_week"] <= 7:
            yield "days_a_week", _("From 1 to 7 days.")
        if entered.get("pay_months") is not None and not 12 <= entered["pay_months"] <= 24:
            yield "pay_months", _("From 12 to 24 months.")

    @property
    def posting_fields(self) -> dict[str, Any]:
        """What the service sets on the posting itself."""
        names = set(self._meta.fields or ()) - {"majors"}
        return {name: value for name, value in self.cleaned_data.items() if name in names}

"""Setting one rule, and the hours at which the portal writes."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import TimeInput
from notifications.choices import Counting
from notifications.models.reminding import ReminderHours
from notifications.occasions import Rule
from notifications.terms import Terms

FARTHEST = 400  # days
MOST_MARKS = 12
LARGEST_NUMBER = 1000


class DaysField(forms.CharField):
    """Numbers of days such as "7, 1"; cleaned to the numbers, each once."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(number) for number in value) if isinstance(value, tuple) else value

    def clean(self, value: Any) -> Any:
        text = unicodedata.normalize("NFKC", super().clean(value))
        words = [word for word in re.split(r"[\s,;、]+", text) if word]
        if not all(word.isascii() and word.isdigit() for word in words):
            raise forms.ValidationError(_("Please give numbers of days, such as 7, 1."))
        days = {int(word) for word in words}
        if any(not 1 <= number <= FARTHEST for number in days):
            raise forms.ValidationError(_("Each is between 1 and %(most)s days.") % {"most": FARTHEST})
        if len(days) > MOST_MARKS:
            raise forms.ValidationError(_("At most %(most)s of them.") % {"most": MOST_MARKS})
        return tuple(sorted(days, reverse=True))


class TermsForm(forms.Form):
    """When one rule speaks, and to whom; `terms` are what was entered, once it is valid."""

    is_on = forms.BooleanField(label=gettext_lazy("Remind of this"), required=False)
    before = DaysField(
        label=gettext_lazy("Days before"), help_text=gettext_lazy("Such as 7, 1."), required=False, max_length=80
    )
    on_day = forms.BooleanField(label=gettext_lazy("On the day itself"), required=False)
    after = DaysField(
        label=gettext_lazy("Days after"), help_text=gettext_lazy("Such as 1, 7."), required=False, max_length=80
    )
    every = forms.IntegerField(
        label=gettext_lazy("Then again every so many days"),
        help_text=gettext_lazy("Empty: not again."),
        required=False,
        min_value=1,
        max_value=FARTHEST,
    )
    until = forms.IntegerField(
        label=gettext_lazy("No longer than so many days after"),
        help_text=gettext_lazy("0 is the day itself, -1 the day before."),
        min_value=-FARTHEST,
        max_value=FARTHEST,
    )
    counting = forms.ChoiceField(
        label=gettext_lazy("How days are counted"), choices=Counting.choices, widget=forms.RadioSelect
    )
    audiences = forms.MultipleChoiceField(
        label=gettext_lazy("Who is reminded"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Somebody has to be reminded; else switch the rule off.")},
    )  # fmt: skip

    def __init__(self, *args: Any, rule: Rule, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": _initial(terms)})
        self.rule = rule
        self.fields["audiences"].choices = list(rule.audiences.items())  # type: ignore[attr-defined]
        if rule.number_name:
            self.fields["number"] = forms.IntegerField(
                label=str(rule.number_name), min_value=1, max_value=LARGEST_NUMBER, initial=terms.number
            )

    def clean(self) -> dict[str, Any]:
        entered: dict[str, Any] = super().clean() or {}
        if {"before", "after"} <= entered.keys():
            marks = self._marks(entered)
            if not marks:
                self.add_error("before", _("Say at least one day on which to remind."))
            elif entered.get("until", FARTHEST) < marks[-1]:
                self.add_error("until", _("This would be before the last reminder."))
        return entered

    @property
    def terms(self) -> Terms:
        entered = self.cleaned_data
        return Terms(
            marks=self._marks(entered),
            until=entered["until"],
            every=entered["every"] or 0,
            counting=Counting(entered["counting"]),
            audiences=self._audiences(entered["audiences"]),
            number=entered.get("number"),
            is_on=entered["is_on"],
        )

    def _audiences(self, chosen: list[str]) -> tuple[str, ...]:
        """In the order of the rule, so that the same choice is the same terms."""
        usual = self.rule.terms.audiences
        if set(chosen) == set(usual):
            return usual
        return tuple(name for name in self.rule.audiences if name in chosen)

    @staticmethod
    def _marks(entered: dict[str, Any]) -> tuple[int, ...]:
        on_day = [0] if entered.get("on_day") else []
        return tuple(sorted([*(-number for number in entered["before"]), *on_day, *entered["after"]]))


def _initial(terms: Terms) -> dict[str, Any]:
    return {
        "is_on": terms.is_on,
        "before": tuple(-mark for mark in terms.marks if mark < 0),
        "on_day": 0 in terms.marks,
        "after": tuple(mark for mark in terms.marks if mark > 0),
        "every": terms.every or None,
        "until": terms.until,
        "counting": terms.counting,
        "audiences": list(terms.audiences),
    }


class HoursForm(forms.ModelForm):  # type: ignore[type-arg]
    """When the portal writes by itself, in each reader's own time."""

    digest_weekday = forms.TypedChoiceField(
        label=gettext_lazy("Weekly letters on"), coerce=int, choices=list(WEEKDAYS.items())
    )

    class Meta:
        model = ReminderHours
        fields = (
            "mode", "quiet_from", "quiet_to", "digest_at", "digest_weekday", "emails_a_minute", "chats_a_minute",
        )  # fmt: skip
        widgets = {"mode": forms.RadioSelect, "quiet_from": TimeInput, "quiet_to": TimeInput, "digest_at": TimeInput}
        labels = {
            "mode": gettext_lazy("What becomes of reminders"),
            "quiet_from": gettext_lazy("Quiet from"),
            "quiet_to": gettext_lazy("Quiet until"),
            "digest_at": gettext_lazy("Gathered letters leave at"),
            "emails_a_minute": gettext_lazy("E-mails a minute, at most"),
            "chats_a_minute": gettext_lazy("Chat messages a minute, at most"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("emails_a_minute", "chats_a_minute"):
            field = self.fields[name]
            field.min_value, field.widget.attrs["min"] = 1, 1  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        entered: dict[str, Any] = super().clean() or {}
        if entered.get("quiet_from") is not None and entered.get("quiet_from") == entered.get("quiet_to"):
            self.add_error("quiet_to", _("The quiet hours would not end."))
        for name in ("emails_a_minute", "chats_a_minute"):
            if entered.get(name) == 0:
                self.add_error(name, _("At least one has to pass."))
        return entered

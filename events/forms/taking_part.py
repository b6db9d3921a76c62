"""What students and colleagues type around an event."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Role
from accounts.models.people import User
from core.forms import Choice, OnceForm
from events.choices import EventState
from events.models import Booth, Event
from events.services.booths import MOST_COLUMNS, MOST_ROWS


class MoveForm(forms.Form):
    to = forms.ChoiceField(choices=EventState.choices)
    reason = forms.CharField(label=_("Why is it called off?"), max_length=300, required=False)

    def clean_to(self) -> EventState:
        return EventState(self.cleaned_data["to"])


class QuestionForm(OnceForm):
    text = forms.CharField(label=_("Your question"), max_length=400, widget=forms.Textarea({"rows": 2}))


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Answer"), max_length=1000, widget=forms.Textarea({"rows": 2}))


class FeedbackForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=_("How was it?"), coerce=int, choices=[(n, "★" * n) for n in range(5, 0, -1)], widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("A few words"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Read by those who keep the event, without your name."),
    )  # fmt: skip


class CameForm(forms.Form):
    """Somebody who came, by the student number."""

    number = forms.CharField(label=_("Student number"), max_length=32)

    def clean_number(self) -> User:
        number = self.cleaned_data["number"].strip()
        found: User | None = User.objects.filter(number=number, is_active=True).first()
        if found is None or not found.has_role(Role.STUDENT):
            raise forms.ValidationError(_("No student has this number."))
        return found


class LayOutForm(forms.Form):
    rows = forms.IntegerField(label=pgettext_lazy("of booths", "Rows"), min_value=1, max_value=MOST_ROWS)
    columns = forms.IntegerField(label=_("Booths in a row"), min_value=1, max_value=MOST_COLUMNS)


class StandingForm(forms.Form):
    """A choice of enterprise and a note for each booth."""

    def __init__(self, *args: Any, event: Event, booths: list[Booth], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.booths = booths
        nobody = pgettext_lazy("at a booth", "Nobody")
        choices = [("", nobody), *((e.pk, str(e)) for e in event.enterprises.order_by("name_sort", "pk"))]
        for booth in booths:
            self.fields[f"enterprise_{booth.pk}"] = Choice(
                label=booth.label, choices=choices, required=False, initial=booth.enterprise_id or ""
            )
            self.fields[f"note_{booth.pk}"] = forms.CharField(
                label=_("Note"), max_length=200, required=False, initial=booth.note
            )

    @property
    def pairs(self) -> list[tuple[Booth, forms.BoundField, forms.BoundField]]:
        return [(booth, self[f"enterprise_{booth.pk}"], self[f"note_{booth.pk}"]) for booth in self.booths]

    @property
    def standing(self) -> dict[int, tuple[int | None, str]]:
        data = self.cleaned_data
        return {
            booth.pk: (int(data[f"enterprise_{booth.pk}"] or 0) or None, data[f"note_{booth.pk}"])
            for booth in self.booths
        }

"""Forms of guidance."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DateInput, OnceForm, TimeInput
from guidance.choices import Topic
from guidance.models import AdviceSlot, Adviser, Appointment
from guidance.selectors.guidance import free_slots
from partnerships.choosing import offer_staff

WEEKDAYS = [
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")), (5, _("Saturday")),
    (6, _("Sunday")),
]  # fmt: skip
LONGEST = timedelta(weeks=26)


class BookForm(OnceForm):
    topic = forms.ChoiceField(label=_("What is it about?"), choices=Topic.choices, widget=forms.RadioSelect)
    question = forms.CharField(
        label=_("Your question"), max_length=1000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("Only advisers read it."),
    )  # fmt: skip


class ChangeForm(forms.Form):
    """Another hour among the free ones, another topic or question."""

    slot = forms.ModelChoiceField(label=_("When"), queryset=AdviceSlot.objects.none())
    topic = forms.ChoiceField(label=_("What is it about?"), choices=Topic.choices, widget=forms.RadioSelect)
    question = forms.CharField(
        label=_("Your question"), max_length=1000, required=False, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, data: Any, *, appointment: Appointment, now: datetime) -> None:
        initial = {"slot": appointment.slot_id, "topic": appointment.topic, "question": appointment.question}
        super().__init__(data, initial=initial)
        own = AdviceSlot.objects.filter(pk=appointment.slot_id).select_related("adviser__user")
        slots = sorted([*own, *free_slots(now)], key=lambda slot: (slot.starts_at, slot.pk))
        field = self.fields["slot"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        field.queryset = AdviceSlot.objects.filter(pk__in=[slot.pk for slot in slots])
        field.choices = [(slot.pk, f"{_hour(slot)} · {slot.adviser.user}") for slot in slots]


def _hour(slot: AdviceSlot) -> str:
    start = timezone.localtime(slot.starts_at)
    return f"{date_format(start, 'SHORT_DATE_FORMAT')} {start:%H:%M}"


class HoursForm(OnceForm):
    """Several hours at once: on weekdays between two days, cut into pieces."""

    first = forms.DateField(label=_("From the day"), widget=DateInput)
    last = forms.DateField(label=_("To the day"), widget=DateInput)
    weekdays = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("weekdays", "On"), coerce=int, choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    starts_at = forms.TimeField(label=pgettext_lazy("hour", "From"), widget=TimeInput)
    ends_at = forms.TimeField(label=pgettext_lazy("hour", "To"), widget=TimeInput)
    minutes = forms.IntegerField(label=_("Minutes for one student"), min_value=10, max_value=120, initial=30)
    place = forms.CharField(label=_("place"), max_length=120, required=False)
    online_url = forms.URLField(label=_("link of the meeting"), required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not first <= last <= first + LONGEST:
            self.add_error("last", _("The last day is before the first, or more than half a year after it."))
        if cleaned.get("starts_at") and cleaned.get("ends_at") and cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("ends_at", _("It ends before it begins."))
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """What was entered, as the service takes it."""
        names = ("starts_at", "ends_at", "minutes", "place", "online_url")
        return {"days": self._days(), **{name: self.cleaned_data[name] for name in names}}

    def _days(self) -> list[date]:
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [day for day in days if day.weekday() in self.cleaned_data["weekdays"]]


class NoteForm(OnceForm):
    text = forms.CharField(
        label=pgettext_lazy("of an adviser", "Note"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )


class AdviserForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Adviser
        fields = ["about", "about_en", "place", "is_active"]


class AdviserNewForm(AdviserForm, OnceForm):
    """Names an adviser."""

    class Meta(AdviserForm.Meta):
        fields = ["user", *AdviserForm.Meta.fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].label = _("Colleague")
        offer_staff(self, "user")

    def validate_unique(self) -> None:
        """Somebody who was named before is named again."""

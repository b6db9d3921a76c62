"""Interview hours as they are typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DateInput, OnceForm, TimeInput, VersionedForm

PLACES = forms.NumberInput(attrs={"min": 1, "max": 200})


class _Where(forms.Form):
    capacity = forms.IntegerField(label=_("Places in each"), min_value=1, max_value=200, initial=1, widget=PLACES)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    online_url = forms.URLField(label=_("Link of the meeting"), required=False, assume_scheme="https")


class OfferHoursForm(OnceForm, _Where):
    """Several hours of one day, one after the other."""

    day = forms.DateField(label=_("Day"), widget=DateInput)
    starts = forms.TimeField(label=pgettext_lazy("an hour", "From"), widget=TimeInput)
    ends = forms.TimeField(label=pgettext_lazy("an hour", "To"), widget=TimeInput)
    minutes = forms.IntegerField(
        label=_("Minutes for each"), min_value=5, max_value=480, initial=30,
        widget=forms.NumberInput(attrs={"min": 5, "max": 480, "step": 5}),
    )  # fmt: skip

    field_order = ("day", "starts", "ends", "minutes", "capacity", "place", "online_url")

    @property
    def hours(self) -> dict[str, Any]:
        """What the service takes."""
        entered = self.cleaned_data
        return {
            "starts_at": timezone.make_aware(datetime.combine(entered["day"], entered["starts"])),
            "ends_at": timezone.make_aware(datetime.combine(entered["day"], entered["ends"])),
            **{name: entered[name] for name in ("minutes", "capacity", "place", "online_url")},
        }


class HourForm(VersionedForm, _Where):
    """What may still change once an hour is offered."""


class BookForm(forms.Form):
    """One of the free hours."""

    slot = forms.TypedChoiceField(label=_("Free hours"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, slots: list[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["slot"].choices = slots  # type: ignore[attr-defined]

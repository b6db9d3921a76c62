"""What people type about a stop of a trip."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import OnceForm, TimeInput, VersionedForm
from visits.models.campaigns import Trip
from visits.models.visits import Visit

SAID = ("starts_on", "starts_at_time", "ends_at_time", "travel_minutes", "place", "address")
A_DAY = 24 * 60


class DayForm(forms.Form):
    """On which day of the trip."""

    weighed = ("accept_clash",)
    starts_on = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    accept_clash = forms.BooleanField(label=_("Plan it all the same"), required=False)

    def __init__(self, *args: Any, trip: Trip, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [trip.starts_on + timedelta(days=number) for number in range(trip.days)]
        day: Any = self.fields["starts_on"]
        day.choices = [(each.isoformat(), date_format(each)) for each in days]


class StopForm(DayForm):
    """Day, hours, way and address of one stop."""

    starts_at_time = forms.TimeField(label=_("Time"), widget=TimeInput, required=False)
    ends_at_time = forms.TimeField(label=pgettext_lazy("an hour", "Until"), widget=TimeInput, required=False)
    travel_minutes = forms.IntegerField(
        label=_("Minutes from the stop before"), min_value=0, max_value=A_DAY, required=False
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    address = forms.CharField(
        label=_("Address"), max_length=200, required=False, help_text=_("The way to it opens in the phone's map.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_at_time"), cleaned.get("ends_at_time")
        if ends and not starts and "starts_at_time" not in self.errors:
            self.add_error("starts_at_time", gettext("From when? Until is said already."))
        if starts and ends and ends <= starts:
            self.add_error("ends_at_time", gettext("The visit cannot end before it starts."))
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SAID}


class StopsNewForm(OnceForm, DayForm):
    """Adds several enterprises to one day."""


class StopNewForm(OnceForm, StopForm):
    """Adds one enterprise."""


class StopEditForm(VersionedForm, StopForm):
    """Changes a stop."""

    def __init__(self, data: Any, *, stop: Visit, trip: Trip) -> None:
        said = {name: getattr(stop, name) for name in (*SAID, "version")}
        said["starts_on"] = stop.starts_on.isoformat() if stop.starts_on else ""
        super().__init__(data, trip=trip, initial=said)

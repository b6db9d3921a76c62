"""What people type about a trip."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import Office
from core.forms import DateInput, LinesField, OnceForm, VersionedForm
from travel.services.party import Party
from travel.services.trips import COLUMNS
from visits.models.campaigns import Campaign, Trip
from visits.selectors.choices import leader_choices, people_of_staff, with_title

NAME_ENDS = re.compile(r"\s*[,，·;；]\s*")
NAME, TITLE = 80, 120  # as the table has them


def _notes(label: Any, *, rows: int = 3, most: int = 1000) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, widget=forms.Textarea({"rows": rows}))


class TripForm(forms.Form):
    """What a trip says; shared by planning and changing."""

    weighed = ("accept_clash",)
    name = forms.CharField(label=pgettext_lazy("of a trip", "Name"), max_length=200)
    starts_on = forms.DateField(label=_("From"), widget=DateInput)
    ends_on = forms.DateField(label=_("To"), widget=DateInput)
    campaign = forms.ModelChoiceField(Campaign.objects.none(), label=_("Campaign"), required=False)
    goal = forms.CharField(label=_("Goal"), max_length=300, required=False)
    leader = forms.ModelChoiceField(User.objects.filter(is_active=True), label=_("Led by"), required=False)
    companions = forms.ModelMultipleChoiceField(
        User.objects.filter(is_active=True),
        label=_("Who comes along"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Hold Ctrl (or ⌘) to choose several."),
    )
    others = LinesField(
        label=_("Others of the party, without an account"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One per line: name, position. Where nobody is chosen above, the first one leads."),
    )
    offices = forms.ModelMultipleChoiceField(
        Office.objects.all(), label=_("Offices"), required=False, widget=forms.CheckboxSelectMultiple
    )
    cars = _notes(_("Cars and tickets"))
    rooms = _notes(_("Rooms for the night"))
    notes = _notes(_("Notes"), most=2000)
    accept_clash = forms.BooleanField(label=_("Plan it all the same"), required=False)

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields
        people = people_of_staff(on=on)
        everyone = User.objects.filter(pk__in=[person.pk for person, _leads in people])
        offered["leader"].queryset = offered["companions"].queryset = everyone
        offered["leader"].choices = leader_choices(people)
        offered["companions"].choices = [(person.pk, with_title(person)) for person, _leads in people]
        offered["campaign"].queryset = Campaign.objects.visible_to(user)

    def clean_others(self) -> list[tuple[str, str]]:
        """Name and position of each line."""
        people = []
        for line in self.cleaned_data["others"]:
            name, *rest = NAME_ENDS.split(line, maxsplit=1)
            title = rest[0] if rest else ""
            if not name or len(name) > NAME or len(title) > TITLE:
                words = gettext("A name has 1 to %(name)s characters, a position at most %(title)s: %(line)s")
                raise forms.ValidationError(words % {"name": NAME, "title": TITLE, "line": line})
            people.append((name, title))
        return people

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", gettext("The trip cannot end before it starts."))
        return cleaned

    @property
    def columns(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in COLUMNS}

    @property
    def party(self) -> Party:
        """Who leads first; each account once."""
        leader = self.cleaned_data["leader"]
        people: list[tuple[User | None, str, str, bool]] = []
        if leader:
            people.append((leader, leader.name, leader.title, True))
        for user in self.cleaned_data["companions"]:
            if user != leader:
                people.append((user, user.name, user.title, False))
        for place, (name, title) in enumerate(self.cleaned_data["others"]):
            people.append((None, name, title, place == 0 and not leader))
        return people


class TripNewForm(OnceForm, TripForm):
    """Plans a trip."""


class TripEditForm(VersionedForm, TripForm):
    """Changes a trip."""

    def __init__(self, data: Any, *, trip: Trip, user: User, on: date) -> None:
        party = list(trip.party.all())
        lines = [
            f"{member.name}, {member.title}" if member.title else member.name for member in party if not member.user_id
        ]
        said = {
            **{name: getattr(trip, name) for name in (*COLUMNS, "version")},
            "campaign": trip.campaign_id,
            "offices": [office.pk for office in trip.offices.all()],
            "leader": next((member.user_id for member in party if member.leads and member.user_id), None),
            "companions": [member.user_id for member in party if member.user_id and not member.leads],
            "others": "\n".join(lines),
        }
        super().__init__(data, initial=said, user=user, on=on)


class CallOffForm(forms.Form):
    """Why all stops ahead are called off."""

    why = forms.CharField(label=_("Why is it called off?"), max_length=300)

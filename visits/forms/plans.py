"""What people type about a visit before it takes place, and its next step."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import College, Facility
from core.forms import DateInput, LinesField, OnceForm, TimeInput, VersionedForm, fields_of
from partnerships.choices.agreements import Side
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from visits.choices import Direction, Medium, ParticipantPart, TopicKind, VisitState
from visits.forms.people import PeopleField, offer_people
from visits.models.campaigns import Campaign, Trip
from visits.models.visits import Visit
from visits.selectors.choices import leader_choices, people_of_staff, trips_offered
from visits.selectors.visits import of_side
from visits.selectors.words import campaigns_of, keys_in, topics_of

LINKS = {"colleges": "college_rows", "rooms": "room_rows", "places_shown": "place_rows"}


def check_hours(form: forms.Form) -> None:
    """Until lies after from, and is not said alone."""
    starts, ends = form.cleaned_data.get("starts_at_time"), form.cleaned_data.get("ends_at_time")
    if ends and not starts and "starts_at_time" not in form.errors:
        form.add_error("starts_at_time", gettext("From when? Until is said already."))
    if starts and ends and ends <= starts:
        form.add_error("ends_at_time", gettext("The visit cannot end before it starts."))


class WebField(forms.URLField):
    """An address that a browser may open as a page."""

    default_validators = [URLValidator(schemes=["https", "http"])]


class VisitForm(forms.Form):
    """What a plan says; shared by planning and changing."""

    starts_on = forms.DateField(label=_("Date"), widget=DateInput)
    starts_at_time = forms.TimeField(label=_("Time"), widget=TimeInput, required=False)
    ends_at_time = forms.TimeField(label=pgettext_lazy("an hour", "Until"), widget=TimeInput, required=False)
    part_of_day = forms.ChoiceField(label=_("or part of the day"), required=False)
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices, widget=forms.RadioSelect)
    medium = forms.ChoiceField(label=_("Medium"), choices=Medium.choices, widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("Building and room, or the number of the call.")
    )
    address = forms.CharField(
        label=_("Address"), max_length=200, required=False, help_text=_("The way to it opens in the phone's map.")
    )
    online_url = WebField(
        label=_("Link of the meeting"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("For a visit online. Only those who take part, the organiser and the office see it."),
    )
    leader = forms.ModelChoiceField(User.objects.filter(is_active=True), label=_("Led by"), required=False)
    companions = forms.ModelMultipleChoiceField(
        User.objects.filter(is_active=True),
        label=_("Who comes along"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Hold Ctrl (or ⌘) to choose several."),
    )
    guests = PeopleField(
        Contact.objects.none(),
        label=_("From the enterprise"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    goal = forms.CharField(label=_("Goal"), max_length=300, required=False)
    topics = LinesField(
        label=_("Topics"), required=False, help_text=_("One per line."), widget=forms.Textarea({"rows": 4})
    )
    agenda = LinesField(
        label=_("Agenda"), required=False, help_text=_("One per line."), widget=forms.Textarea({"rows": 3})
    )
    questions = forms.CharField(
        label=_("Questions to ask"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    rooms = forms.ModelMultipleChoiceField(
        Facility.objects.all(),
        label=_("Rooms reserved"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a visit to us."),
    )
    places_shown = forms.ModelMultipleChoiceField(
        Facility.objects.all(),
        label=_("Places to be shown"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    notes = forms.CharField(
        label=_("Cars, rooms, parking"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    colleges = forms.ModelMultipleChoiceField(
        College.objects.all(),
        label=_("Colleges"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whose visit it is; it counts for each of them."),
    )
    campaigns = forms.ModelMultipleChoiceField(
        Campaign.objects.none(),
        label=_("Counts in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    trip = forms.ModelChoiceField(Trip.objects.none(), label=_("Stop of a trip"), required=False)
    weighed: tuple[str, ...] = ("accept_clash",)
    accept_clash = forms.BooleanField(label=_("Plan it all the same"), required=False)

    def __init__(self, *args: Any, enterprise: Enterprise, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields
        people = people_of_staff(on=on)
        offered["part_of_day"].choices = [("", "---------"), *Visit._meta.get_field("part_of_day").choices]  # type: ignore[misc]
        offer_people(offered["companions"], [person for person, _leads in people])
        offer_people(offered["leader"], [person for person, _leads in people])
        offered["leader"].choices = leader_choices(people)
        offered["guests"].queryset = enterprise.contacts.current(on)
        offered["campaigns"].queryset = Campaign.objects.visible_to(user)
        offered["trip"].queryset = trips_offered(user)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_hours(self)
        if cleaned.get("rooms") and cleaned.get("direction") == Direction.OUTGOING:
            self.add_error("rooms", gettext("Rooms are reserved for visits to us: choose “Inviting in”."))
        return cleaned

    @property
    def plan(self) -> dict[str, Any]:
        """What the services take, without the form's own machinery."""
        return fields_of(self)

    @property
    def accepts(self) -> bool:
        """The planner says to plan it although somebody or a room is taken."""
        return bool(self.cleaned_data["accept_clash"])

    @property
    def lacks_link(self) -> bool:
        """Online, and nobody could join yet."""
        return self.cleaned_data["medium"] == Medium.ONLINE and not self.cleaned_data["online_url"]


class PlanForm(OnceForm, VisitForm):
    """Plans a visit, or enters one that took place."""

    weighed = (*VisitForm.weighed, "took_place")
    took_place = forms.BooleanField(
        label=_("It has taken place already"),
        required=False,
        help_text=_("Nobody is told; write its report next. The date may stay empty where nobody knows it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("took_place"):
            if not cleaned.get("starts_on") and "starts_on" not in self.errors:
                self.add_error("starts_on", gettext("On which day?"))
            if not cleaned.get("leader") and "leader" not in self.errors:
                self.add_error("leader", gettext("Who leads the visit?"))
        return cleaned


class VisitEditForm(VersionedForm, VisitForm):
    """Changes a visit; once it has taken place the day may be unknown, and what was said may be put right."""

    def __init__(self, data: Any, *, visit: Visit, user: User, on: date) -> None:
        super().__init__(data, enterprise=visit.enterprise, initial=_said(visit), user=user, on=on)
        offered: Any = self.fields
        is_ahead = visit.state in (VisitState.PLANNED, VisitState.CONFIRMED)
        offered["starts_on"].required = is_ahead
        offered["guests"].queryset |= Contact.objects.filter(participations__visit=visit)
        offered["guests"].queryset = offered["guests"].queryset.distinct()
        if visit.state in (VisitState.REPORTED, VisitState.CHECKED):
            self.fields["minutes"] = forms.CharField(
                label=_("What was said"), max_length=10000, widget=forms.Textarea({"rows": 8})
            )
            self.fields["feedback"] = forms.CharField(
                label=_("The enterprise's feedback on teaching"),
                max_length=5000,
                required=False,
                widget=forms.Textarea({"rows": 4}),
            )


def _said(visit: Visit) -> dict[str, Any]:
    """A visit as its form shows it."""
    columns = (
        "version", "starts_on", "starts_at_time", "ends_at_time", "part_of_day", "direction", "medium", "place",
        "address", "online_url", "goal", "questions", "notes", "minutes", "feedback",
    )  # fmt: skip
    school = [person for person in of_side(visit, Side.SCHOOL) if person.user_id]
    leaders = [person.user_id for person in school if person.part == ParticipantPart.LEADS]
    return {
        **{name: getattr(visit, name) for name in columns},
        "leader": leaders[0] if leaders else None,
        "companions": [person.user_id for person in school if person.user_id not in leaders[:1]],
        "guests": [person.contact_id for person in of_side(visit, Side.ENTERPRISE) if person.contact_id],
        "topics": "\n".join(topics_of(visit, TopicKind.TOPIC)),
        "agenda": "\n".join(topics_of(visit, TopicKind.AGENDA)),
        "campaigns": [campaign["pk"] for campaign in campaigns_of(visit)],
        "trip": visit.trip_id,
        **{name: keys_in(getattr(visit, rows)) for name, rows in LINKS.items()},
    }


class MoveForm(forms.Form):
    """Where a visit goes next; calling it off asks why."""

    to = forms.ChoiceField(choices=VisitState.choices)
    note = forms.CharField(label=_("Why is it called off?"), max_length=300, required=False)

    def clean_to(self) -> VisitState:
        return VisitState(self.cleaned_data["to"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("to") == VisitState.CANCELLED and not cleaned.get("note"):
            self.add_error("note", gettext("Say why the visit is called off: those concerned read it."))
        return cleaned

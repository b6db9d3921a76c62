"""A visit from plan to check: people, topics, what was offered, intended and promised."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import College, Facility
from core.history import track_links, tracked
from core.models import Code, Versioned
from core.names import in_language
from events.models import Event
from partnerships.choices.agreements import Side
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from placements.models.postings import Posting
from visits.choices import (
    AHEAD,
    TOOK_PLACE,
    Direction,
    Medium,
    ParticipantPart,
    PartOfDay,
    TopicKind,
    VisitState,
)
from visits.models.campaigns import Campaign, Trip


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User) -> VisitQuerySet:
        """All staff of the school see every visit; nobody else does."""
        return self if user.is_school_staff else self.none()

    def took_place(self) -> VisitQuerySet:
        return self.filter(state__in=TOOK_PLACE)

    def unreported(self, on: date) -> VisitQuerySet:
        """Held, or past their day without a word on whether they were."""
        return self.filter(Q(state=VisitState.HELD) | Q(state__in=AHEAD, starts_on__lt=on))

    def led_by(self, user: User) -> VisitQuerySet:
        """Visits that a person leads, from the school's side."""
        led = Participant.objects.filter(user=user, side=Side.SCHOOL, part=ParticipantPart.LEADS)
        return self.filter(pk__in=led.values("visit"))

    def with_people(self) -> VisitQuerySet:
        """Who takes part, with their accounts; one query more."""
        people = Participant.objects.select_related("user")
        return self.prefetch_related(models.Prefetch("participants", people))


@tracked()
class ResultForm(Code):
    """Main form of a talk's result (访谈成果主要形式, FTCGXSDM) as the national platform lists it."""


@tracked()
class Visit(Versioned):
    """A meeting of the school with an enterprise, there or here, on site or online."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="visits", verbose_name=_("enterprise"))
    campaigns = models.ManyToManyField(Campaign, related_name="visits", blank=True, verbose_name=_("campaigns"))
    trip = models.ForeignKey(Trip, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("trip"))
    colleges = models.ManyToManyField(
        College, related_name="visits", blank=True, verbose_name=_("colleges"),
        help_text=_("Whose visit it is; it counts for each of them."),
    )  # fmt: skip
    direction = models.CharField(_("direction"), max_length=8, choices=Direction, default=Direction.OUTGOING)
    medium = models.CharField(_("medium"), max_length=8, choices=Medium, default=Medium.ON_SITE)
    starts_on = models.DateField(_("date"), null=True, blank=True, help_text="Null where the source gives no date.")
    starts_at_time = models.TimeField(_("time"), null=True, blank=True)
    ends_at_time = models.TimeField(_("until"), null=True, blank=True)
    part_of_day = models.CharField(_("part of the day"), max_length=10, choices=PartOfDay, blank=True)
    stop = models.PositiveSmallIntegerField(_("stop"), null=True, blank=True, help_text="Its place on the trip.")
    travel_minutes = models.PositiveSmallIntegerField(_("minutes from the stop before"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True, help_text=_("Where the phone's map leads."))
    online_url = models.URLField(_("link of the meeting"), blank=True)
    rooms = models.ManyToManyField(Facility, related_name="bookings", blank=True, verbose_name=_("rooms reserved"))
    goal = models.CharField(_("goal"), max_length=300, blank=True)
    questions = models.TextField(_("questions to ask"), max_length=1000, blank=True)
    notes = models.TextField(_("cars, rooms, parking"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=VisitState, default=VisitState.PLANNED)
    minutes = models.TextField(_("what was said"), max_length=10000, blank=True)
    feedback = models.TextField(_("the enterprise's feedback on teaching"), max_length=5000, blank=True)
    organiser = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="visits_organised", verbose_name=_("organiser")
    )
    reported_at = models.DateTimeField(null=True, blank=True, editable=False)
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    reported_for = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("reported for"),
        help_text="The leader in whose name somebody else reported.",
    )  # fmt: skip
    result_form = models.ForeignKey(
        ResultForm, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("main form of result")
    )
    nothing_offered = models.CharField(
        _("why nothing was offered"), max_length=300, blank=True, help_text=_("Where the enterprise offered no place.")
    )
    places_shown = models.ManyToManyField(
        Facility, related_name="visits", blank=True, verbose_name=_("places to be shown")
    )
    needs = models.ManyToManyField(Need, related_name="visits", blank=True)
    commitments = models.ManyToManyField(Commitment, related_name="visits", blank=True)
    agreements = models.ManyToManyField(Agreement, related_name="visits", blank=True)
    postings = models.ManyToManyField(Posting, related_name="visits", blank=True)
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="visits", help_text="What the guests gave students."
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = [F("starts_on").desc(nulls_last=True), "-pk"]
        verbose_name = _("visit")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=VisitState.values), name="visit_state_known"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="visit_direction_known"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=False) | ~Q(state__in=["planned", "confirmed"]),
                name="visit_ahead_has_date",
            ),
            models.CheckConstraint(
                condition=Q(ends_at_time__isnull=True)
                | Q(starts_at_time__isnull=False, ends_at_time__gt=F("starts_at_time")),
                name="visit_ends_after_start",
                violation_error_message=_("The visit cannot end before it starts."),
            ),
            # Asked at the end of the transaction: while stops change places two may share a number.
            models.UniqueConstraint(
                fields=["trip", "stop"],
                name="stop_once_per_trip",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("The trip has a stop with this number already."),
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_on", "-id"], name="visit_by_date"),
            models.Index(fields=["starts_on"], name="visit_ahead", condition=Q(state__in=["planned", "confirmed"])),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.starts_on or ''}".strip()


VisitCollegesLink = track_links(Visit, "colleges")
VisitRoomsLink = track_links(Visit, "rooms")
VisitCampaignsLink = track_links(Visit, "campaigns")
VisitPlacesShownLink = track_links(Visit, "places_shown")
VisitNeedsLink = track_links(Visit, "needs")
VisitCommitmentsLink = track_links(Visit, "commitments")
VisitAgreementsLink = track_links(Visit, "agreements")
VisitPostingsLink = track_links(Visit, "postings")


@tracked()
class VisitMove(models.Model):
    """One step in the life of a visit."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="moves")
    state = models.CharField(max_length=10, choices=VisitState)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_state_display()


@tracked()
class Participant(models.Model):
    """A person at a visit, with the position held that day."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="participants")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="participations")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="participations")
    name = models.CharField(_("name"), max_length=80)
    title = models.CharField(_("position"), max_length=120, blank=True)
    part = models.CharField(max_length=10, choices=ParticipantPart, default=ParticipantPart.TAKES_PART)
    was_present = models.BooleanField(_("was there"), default=True)

    class Meta:
        ordering = ["side", "part", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="participant_side_known"),
            models.UniqueConstraint(fields=["visit", "user"], condition=Q(user__isnull=False), name="participant_once"),
        ]

    def __str__(self) -> str:
        return in_language(self.name, self.user.name_en if self.user else "")

    @property
    def display_title(self) -> str:
        """The position held that day; in English as long as the account still holds it."""
        return in_language(self.title, self.user.title_en if self.user and self.user.title == self.title else "")


@tracked()
class VisitTopic(models.Model):
    """What was to be spoken of, stood on the agenda, or was spoken of as the report says."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="topics")
    kind = models.CharField(max_length=8, choices=TopicKind, default=TopicKind.TOPIC)
    name = models.CharField(_("topic"), max_length=200)

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.name

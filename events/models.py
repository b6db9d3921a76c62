"""Events for students: what they are, who is invited, who speaks, who stands where."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Role
from accounts.models.people import StudentProfile, User
from accounts.models.school import College, Facility, Major
from core.history import track_links, tracked
from core.models import Versioned
from core.names import in_language
from events.choices import EventItemKind, EventKind, EventState, RegistrationState
from partnerships.models.enterprises import Enterprise


class EventQuerySet(models.QuerySet["Event"]):
    def announced(self) -> EventQuerySet:
        """What students see: announced, called off after that, or held."""
        return self.exclude(state=EventState.DRAFT)

    def held(self) -> EventQuerySet:
        """What counts in figures."""
        return self.filter(state=EventState.HELD)

    def visible_to(self, user: User) -> EventQuerySet:
        """Staff see every event, students what is announced."""
        if user.is_school_staff:
            return self
        return self.announced() if user.has_role(Role.STUDENT) else self.none()

    def for_student(self, profile: StudentProfile) -> EventQuerySet:
        """Those that a student's major and class may come to."""
        links = Event.majors.through._default_manager.filter(event=OuterRef("pk"))
        fits = Q(class_of__isnull=True) | Q(class_of=profile.class_of)
        return self.filter(fits, Exists(links.filter(major=profile.major_id)) | ~Exists(links))


@tracked(exclude=("check_in_secret",))
class Event(Versioned):
    """A talk, fair, recommendation meeting, workshop or thematic activity for students."""

    kind = models.CharField(_("kind"), max_length=24, choices=EventKind)
    name = models.CharField(pgettext_lazy("of an event", "name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=240, blank=True)
    description = models.TextField(pgettext_lazy("of an event", "what it is about"), max_length=5000, blank=True)
    description_en = models.TextField(_("the same in English"), max_length=8000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=EventState, default=EventState.DRAFT)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    starts_at_time = models.TimeField(pgettext_lazy("hour", "from"), null=True, blank=True)
    ends_at_time = models.TimeField(pgettext_lazy("hour", "to"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    room = models.ForeignKey(
        Facility, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("room")
    )
    online_url = models.URLField(_("link of the meeting"), blank=True)
    capacity = models.PositiveIntegerField(
        pgettext_lazy("to come to", "places"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    takes_sign_ups = models.BooleanField(_("students sign up"), default=False)
    sign_up_until = models.DateTimeField(_("sign up until"), null=True, blank=True)
    college = models.ForeignKey(
        College, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("college that holds it")
    )
    majors = models.ManyToManyField(
        Major, related_name="events", blank=True, verbose_name=_("majors"), help_text=_("None means all majors.")
    )
    class_of = models.PositiveSmallIntegerField(_("graduating class"), null=True, blank=True)
    enterprises = models.ManyToManyField(Enterprise, related_name="events", blank=True)
    organiser = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="events_organised", verbose_name=_("organiser")
    )
    check_in_secret = models.CharField(max_length=64, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("event")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="event_state_known"),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(
                condition=Q(starts_at_time__isnull=True)
                | Q(ends_at_time__isnull=True)
                | Q(ends_at_time__gt=F("starts_at_time")),
                name="event_ends_after_start",
                violation_error_message=_("The event cannot end before it starts."),
            ),
            models.CheckConstraint(condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="event_has_places"),
        ]
        indexes = [models.Index(fields=["held_on", "id"], name="event_by_day")]

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)

    @property
    def about(self) -> str:
        return in_language(self.description, self.description_en)


EventEnterprisesLink = track_links(Event, "enterprises")
EventMajorsLink = track_links(Event, "majors")


@tracked()
class EventSpeaker(models.Model):
    """Who speaks, or spoke, at an event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="speakers")
    name = models.CharField(_("name"), max_length=80)
    title = models.CharField(_("position"), max_length=120, blank=True)
    enterprise = models.ForeignKey(Enterprise, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class EventItem(models.Model):
    """One point of the programme, one group of the audience, or one enterprise that comes and has no file."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=EventItemKind)
    name = models.CharField(max_length=200)
    starts_at_time = models.TimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "starts_at_time", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Booth(models.Model):
    """A stand of a fair: where it is in the hall and who stands there."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="booths")
    label = models.CharField(_("number"), max_length=12)
    row = models.PositiveSmallIntegerField(_("row"))
    column = models.PositiveSmallIntegerField(_("place in the row"))
    enterprise = models.ForeignKey(
        Enterprise, models.SET_NULL, null=True, blank=True, related_name="booths", verbose_name=_("enterprise")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["row", "column"]
        constraints = [
            models.UniqueConstraint(fields=["event", "label"], name="booth_label_once"),
            models.UniqueConstraint(fields=["event", "row", "column"], name="booth_place_once"),
            models.UniqueConstraint(fields=["event", "enterprise"], name="booth_enterprise_once"),
        ]

    def __str__(self) -> str:
        return self.label


@tracked(exclude=("ticket",))
class Registration(models.Model):
    """A student who signed up for an event, or came without."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations")
    student = models.ForeignKey(User, models.PROTECT, related_name="registrations")
    state = models.CharField(_("state"), max_length=10, choices=RegistrationState)
    at = models.DateTimeField()
    ticket = models.CharField(max_length=43, unique=True, editable=False, help_text="What the code of a ticket says.")
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_in_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: by the code in the room."
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "student"], name="registration_once"),
            models.CheckConstraint(condition=Q(state__in=RegistrationState.values), name="registration_state_known"),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.WALK_IN) | Q(checked_in_at__isnull=False),
                name="registration_walk_in_came",
            ),
        ]
        indexes = [models.Index(fields=["event", "state", "at"], name="registration_waiting")]

    def __str__(self) -> str:
        return f"{self.student} {self.event}"


@tracked()
class EventQuestion(models.Model):
    """What a student wants to know, before or at an event; others see it without the name."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions")
    student = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.CharField(_("question"), max_length=400)
    at = models.DateTimeField()
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    is_hidden = models.BooleanField(_("hidden"), default=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text


@tracked()
class EventFeedback(models.Model):
    """What somebody who was there says of an event."""

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="feedback")
    stars = models.PositiveSmallIntegerField(_("how good it was, of five"))
    text = models.TextField(_("a few words"), max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="event_feedback_stars")]

    def __str__(self) -> str:
        return f"{self.stars} {self.text}".strip()

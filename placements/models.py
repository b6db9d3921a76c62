"""Postings, the applications to them, and recruitment events."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Level
from accounts.models.people import User
from accounts.models.school import Major
from core.history import track_links, tracked
from core.models import Versioned
from core.names import in_language
from core.search import search_column
from partnerships.models.codes import Province
from partnerships.models.enterprises import Enterprise
from placements.choices import ApplicationState, EventItemKind, EventKind, PostingKind, PostingState


class PostingQuerySet(models.QuerySet["Posting"]):
    def open(self, on: date) -> PostingQuerySet:
        """Published, begun and not past the closing day; the day itself still counts."""
        return self.filter(
            Q(opens_on__isnull=True) | Q(opens_on__lte=on), state=PostingState.PUBLISHED, closes_on__gte=on
        )

    def visible_to(self, user: User, *, on: date) -> PostingQuerySet:
        """Staff see every posting; a student the open ones and those they applied to."""
        if user.is_school_staff:
            return self
        applied = Application.objects.filter(student=user).values("posting")
        return self.filter(Q(pk__in=self.model.objects.open(on).values("pk")) | Q(pk__in=applied))


@tracked(exclude=("search",))
class Posting(Versioned):
    """An opening of an enterprise: internship, job or campus recruitment."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="postings", verbose_name=_("enterprise"))
    kind = models.CharField(_("kind"), max_length=12, choices=PostingKind)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    description = models.TextField(_("the work and what it asks for"), max_length=5000)
    headcount = models.PositiveIntegerField(_("places"))
    majors = models.ManyToManyField(
        Major, related_name="postings", blank=True, verbose_name=_("majors"), help_text=_("None means all majors.")
    )
    class_of = models.PositiveSmallIntegerField(_("graduating class"), null=True, blank=True)
    level = models.CharField(_("at least"), max_length=12, choices=Level, blank=True)
    province = models.ForeignKey(Province, models.PROTECT, null=True, blank=True, verbose_name=_("province"))
    city = models.CharField(_("city"), max_length=60, blank=True)
    pay_min = models.PositiveIntegerField(_("pay from, yuan a month"), null=True, blank=True)
    pay_max = models.PositiveIntegerField(_("pay to, yuan a month"), null=True, blank=True)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"))
    answer_by = models.DateField(_("answer promised by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PostingState, default=PostingState.DRAFT)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    search = search_column("title", "title_en", "description", "city")

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("posting")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PostingState.values), name="posting_state_known"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="posting_closes_after_opening",
                violation_error_message=_("The posting cannot close before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(pay_min__isnull=True) | Q(pay_max__isnull=True) | Q(pay_max__gte=F("pay_min")),
                name="posting_pay_range",
                violation_error_message=_("The upper end of the pay is below the lower end."),
            ),
            models.CheckConstraint(condition=Q(headcount__gte=1), name="posting_has_places"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="posting_search"),
            models.Index(fields=["closes_on", "id"], name="posting_open", condition=Q(state="published")),
            models.Index(fields=["enterprise", "-id"], name="posting_by_enterprise"),
        ]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)

    def is_open(self, on: date) -> bool:
        """See also PostingQuerySet.open."""
        begun = self.opens_on is None or self.opens_on <= on
        return self.state == PostingState.PUBLISHED and begun and self.closes_on >= on

    @property
    def location(self) -> str:
        """Province and city of the work; empty where neither is known."""
        return self.province.with_city(self.city) if self.province else self.city


PostingMajorsLink = track_links(Posting, "majors")


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User) -> ApplicationQuerySet:
        """One's own; the office all; college staff those of their college's students."""
        if user.is_office:
            return self
        if user.college_ids:
            return self.filter(student__student_profile__major__college__in=user.college_ids)
        return self.filter(student=user)


@tracked()
class Application(Versioned):
    """A student's application to a posting; there is never a second one."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="applications", verbose_name=_("posting"))
    student = models.ForeignKey(User, models.PROTECT, related_name="applications", verbose_name=_("student"))
    state = models.CharField(_("state"), max_length=12, choices=ApplicationState, default=ApplicationState.SUBMITTED)
    submitted_at = models.DateTimeField()
    letter = models.TextField(_("a few words to the enterprise"), max_length=2000, blank=True)
    snapshot = models.JSONField(help_text="Name, number, major, class and skills as they were when it was sent.")
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        verbose_name = _("application")
        constraints = [
            models.UniqueConstraint(fields=["posting", "student"], name="application_once"),
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state_known"),
        ]
        indexes = [models.Index(fields=["-submitted_at", "-id"], name="application_newest")]

    def __str__(self) -> str:
        return f"{self.student} → {self.posting}"


@tracked()
class ApplicationMove(models.Model):
    """One step in the life of an application."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="moves")
    state = models.CharField(max_length=12, choices=ApplicationState)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_state_display()


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: User) -> EventQuerySet:
        return self if user.is_school_staff else self.none()


@tracked()
class Event(models.Model):
    """A talk, fair, recommendation meeting or thematic activity for students."""

    kind = models.CharField(_("kind"), max_length=24, choices=EventKind)
    name = models.CharField(_("name"), max_length=200)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    enterprises = models.ManyToManyField(Enterprise, related_name="events", blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.name


EventEnterprisesLink = track_links(Event, "enterprises")


@tracked()
class EventSpeaker(models.Model):
    """Who spoke at an event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=120, blank=True)
    enterprise = models.ForeignKey(Enterprise, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class EventItem(models.Model):
    """One point of the programme, or one group of the audience."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=EventItemKind)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.name

"""Campaigns (专项行动) with their targets, and trips of several days."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.people import User
from accounts.models.school import College, Office
from core.history import track_links, tracked
from core.models import Versioned
from events.models import Event
from visits.choices import CampaignPointKind, Measure


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def running(self, on: date) -> CampaignQuerySet:
        """Campaigns that include a day; one without dates always runs."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        )

    def visible_to(self, user: User) -> CampaignQuerySet:
        return self if user.is_school_staff else self.none()


@tracked()
class Campaign(Versioned):
    """A special action with a document, a graduating class, dates and targets; several may run at once."""

    name = models.CharField(_("name"), max_length=200)
    document = models.CharField(_("document"), max_length=300, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    class_of = models.PositiveSmallIntegerField(_("graduating class"), null=True, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    events = models.ManyToManyField(Event, related_name="campaigns", blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = [F("starts_on").desc(nulls_last=True), "pk"]
        verbose_name = _("campaign")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="campaign_ends_after_start",
                violation_error_message=_("The campaign cannot end before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.name


CampaignEventsLink = track_links(Campaign, "events")


@tracked()
class CampaignPoint(models.Model):
    """A purpose, lead office, next step or mechanism that a campaign names."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="points")
    kind = models.CharField(max_length=12, choices=CampaignPointKind)
    name = models.CharField(max_length=300)

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class CampaignReportDay(models.Model):
    """A day by which a campaign's figures are to be reported upwards."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="report_days")
    day = models.DateField(_("day"))
    name = models.CharField(_("what is reported"), max_length=200, blank=True)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "day"], name="report_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}".strip()


class CampaignTargetQuerySet(models.QuerySet["CampaignTarget"]):
    def of_everyone(self) -> CampaignTargetQuerySet:
        """Those that no role, college or leaders have to reach alone."""
        return self.filter(role="", college__isnull=True, name="")


@tracked()
class CampaignTarget(models.Model):
    """How many of a measure a campaign asks for: of everyone, a role, a college, or named leaders together."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="targets")
    measure = models.CharField(_("measure"), max_length=20, choices=Measure)
    role = models.CharField(_("of"), max_length=10, choices=Role, blank=True)
    college = models.ForeignKey(
        College, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("college")
    )
    name = models.CharField(
        _("called"), max_length=120, blank=True, help_text=_("Such as “Secretary and president together”.")
    )
    leaders = models.ManyToManyField(User, related_name="+", blank=True, verbose_name=_("leaders, together"))
    number = models.PositiveIntegerField(_("target"))

    objects = CampaignTargetQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "role", "college", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "measure", "role", "college", "name"],
                nulls_distinct=False,
                name="target_once_per_measure",
            ),
            models.CheckConstraint(condition=Q(role="") | Q(college__isnull=True), name="target_of_role_or_college"),
            models.CheckConstraint(
                condition=Q(name="") | Q(role="", college__isnull=True), name="target_of_leaders_alone"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="target_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.number}"

    @property
    def is_of_everyone(self) -> bool:
        """See also CampaignTargetQuerySet.of_everyone."""
        return not (self.role or self.college_id or self.name)


CampaignTargetLeadersLink = track_links(CampaignTarget, "leaders")


class TripQuerySet(models.QuerySet["Trip"]):
    def visible_to(self, user: User) -> TripQuerySet:
        return self if user.is_school_staff else self.none()

    def standing(self) -> TripQuerySet:
        """All but those that were called off before anybody left."""
        return self.filter(called_off_at__isnull=True)


@tracked()
class Trip(Versioned):
    """A journey of some days with several stops; the stops are visits."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="trips")
    name = models.CharField(_("name"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    is_year_assumed = models.BooleanField(default=False, help_text="The account gives no year.")
    offices = models.ManyToManyField(Office, related_name="trips", blank=True)
    organiser = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="trips_organised", verbose_name=_("organiser")
    )
    goal = models.CharField(_("goal"), max_length=300, blank=True)
    cars = models.TextField(_("cars and tickets"), max_length=1000, blank=True)
    rooms = models.TextField(_("rooms for the night"), max_length=1000, blank=True)
    notes = models.TextField(_("notes"), max_length=2000, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True, editable=False)
    called_off_why = models.CharField(max_length=300, blank=True, editable=False)

    objects = TripQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="trip_ends_after_start",
                violation_error_message=_("The trip cannot end before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days(self) -> int:
        """Both the first and the last day count."""
        return (self.ends_on - self.starts_on).days + 1


TripOfficesLink = track_links(Trip, "offices")


@tracked()
class TripMember(models.Model):
    """One of the party that travels."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="party")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=120, blank=True)
    leads = models.BooleanField(default=False)

    class Meta:
        ordering = ["-leads", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class ReportedTotal(models.Model):
    """A total that a source states for a campaign or trip without naming every row behind it.

    A figure shows the total with the number of rows on file beside it and never adds the two.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, blank=True, related_name="reported_totals")
    trip = models.ForeignKey(Trip, models.CASCADE, null=True, blank=True, related_name="reported_totals")
    measure = models.CharField(_("measure"), max_length=20, choices=Measure)
    number = models.PositiveIntegerField(_("number"))
    is_minimum = models.BooleanField(_("more than"), default=False)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(campaign__isnull=False, trip__isnull=True) | Q(campaign__isnull=True, trip__isnull=False),
                name="reported_total_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.number}"

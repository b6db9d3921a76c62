"""Programmes run together: their cohorts, outcomes, courses and textbooks."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.people import User
from accounts.models.school import Major
from core.history import track_links, tracked
from core.models import Versioned
from partnerships.choices.programmes import (
    CollegeTask,
    ProgrammeFeatureKind,
    ProgrammeKind,
    ProgrammeLevel,
    ProgrammeMeasure,
)
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: User) -> ProgrammeQuerySet:
        return self if user.is_school_staff else self.none()


@tracked()
class Programme(Versioned):
    """An order class, apprenticeship, industry college, training base or field-engineer project."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="programmes", verbose_name=_("enterprise"))
    agreement = models.ForeignKey(
        Agreement, models.SET_NULL, null=True, blank=True, related_name="programmes", verbose_name=_("agreement")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind)
    level = models.CharField(_("level"), max_length=12, choices=ProgrammeLevel, blank=True)
    name = models.CharField(_("name"), max_length=200)
    number = models.CharField(_("project number"), max_length=60, blank=True)
    since = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True)
    until = models.PositiveSmallIntegerField(_("until (year)"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    places = models.PositiveIntegerField(_("places a year"), null=True, blank=True)
    workstations = models.PositiveIntegerField(_("workstations"), null=True, blank=True)
    area = models.PositiveIntegerField(_("area, m²"), null=True, blank=True)
    content = models.TextField(_("what it is about"), max_length=2000, blank=True)
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="programmes_owned", verbose_name=_("owner")
    )
    majors = models.ManyToManyField(Major, related_name="programmes", blank=True, verbose_name=_("majors"))

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ProgrammeKind.values), name="programme_kind_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="programme_ends_after_start",
                violation_error_message=_("A programme cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


ProgrammeMajorsLink = track_links(Programme, "majors")


@tracked()
class ProgrammeFeature(models.Model):
    """A skill, module, mode or term of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="features")
    kind = models.CharField(max_length=12, choices=ProgrammeFeatureKind)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class ProgrammeCohort(models.Model):
    """A class or intake of a programme: how many places it has, and for which major."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="cohorts")
    year = models.PositiveSmallIntegerField(_("year of entry"))
    name = models.CharField(_("name of the class"), max_length=120, blank=True)
    major = models.ForeignKey(Major, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("major"))
    places = models.PositiveIntegerField(pgettext_lazy("to come to", "places"), null=True, blank=True)
    graduates_in = models.PositiveSmallIntegerField(_("year of graduation"), null=True, blank=True)

    class Meta:
        ordering = ["-year", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "name"],
                name="cohort_once",
                violation_error_message=_("This class is on file for the year already."),
            ),
            models.CheckConstraint(
                condition=Q(graduates_in__isnull=True) | Q(graduates_in__gte=F("year")), name="cohort_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.name}".strip()


@tracked()
class ProgrammeOutcome(models.Model):
    """What a programme achieved in a year, or ever where no year is given: people, or a ratio between 0 and 1.

    A ratio keeps what it is of (`out_of`), where the source says that.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="outcomes")
    cohort = models.ForeignKey(
        ProgrammeCohort, models.PROTECT, null=True, blank=True, related_name="outcomes", verbose_name=_("class")
    )
    measure = models.CharField(_("measure"), max_length=20, choices=ProgrammeMeasure)
    number = models.DecimalField(_("number"), max_digits=10, decimal_places=4)
    out_of = models.PositiveIntegerField(_("out of"), null=True, blank=True)
    is_minimum = models.BooleanField(_("at least"), default=False, help_text=_("The source says “more than”."))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    task = models.CharField(_("task of the industry college"), max_length=16, choices=CollegeTask, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering = ["measure", "year"]
        constraints = [
            models.CheckConstraint(condition=Q(measure__in=ProgrammeMeasure.values), name="outcome_measure_known"),
            models.CheckConstraint(condition=Q(number__gte=0), name="outcome_not_negative"),
            models.CheckConstraint(
                condition=~Q(measure=ProgrammeMeasure.EMPLOYMENT_RATE) | Q(number__lte=1),
                name="outcome_ratio_at_most_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.number}"

    @property
    def percent(self) -> Decimal:
        """A ratio as people read it."""
        return self.number * 100


@tracked()
class ProgrammeCourse(models.Model):
    """A course that both sides built or teach."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="courses")
    name = models.CharField(_("course"), max_length=200)
    term = models.CharField(_("term"), max_length=40, blank=True)
    hours = models.PositiveSmallIntegerField(_("class hours"), null=True, blank=True)
    teachers = models.CharField(_("teachers"), max_length=200, blank=True)

    class Meta:
        ordering = ["term", "name", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Textbook(models.Model):
    """A textbook or teaching material that both sides wrote."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="textbooks")
    title = models.CharField(_("title"), max_length=200)
    editors = models.CharField(_("editors"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    class Meta:
        ordering = ["-year", "title", "pk"]

    def __str__(self) -> str:
        return self.title

"""Programmes run together, mentors, plaques, and the yearly aims of the office."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import Major
from core.history import track_links, tracked
from partnerships.choices.programmes import ProgrammeFeatureKind, ProgrammeKind, ProgrammeMeasure
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: User) -> ProgrammeQuerySet:
        return self if user.is_school_staff else self.none()


@tracked()
class Programme(models.Model):
    """An order class, apprenticeship, industry college or training base run with an enterprise."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="programmes")
    agreement = models.ForeignKey(Agreement, models.SET_NULL, null=True, blank=True, related_name="programmes")
    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind)
    name = models.CharField(_("name"), max_length=200)
    since = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    majors = models.ManyToManyField(Major, related_name="programmes", blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

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
class ProgrammeOutcome(models.Model):
    """What a programme achieved: a number of people or a ratio between 0 and 1."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="outcomes")
    measure = models.CharField(max_length=20, choices=ProgrammeMeasure)
    number = models.DecimalField(max_digits=10, decimal_places=4)
    is_minimum = models.BooleanField(default=False, help_text="The source says 'more than'.")
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["measure", "year"]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.number}"

    @property
    def percent(self) -> Decimal:
        """A ratio as people read it."""
        return self.number * 100


@tracked()
class Plaque(models.Model):
    """A plaque awarded (授牌) to a unit, and taken down one day."""

    awarded_to = models.CharField(_("awarded to"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind)
    enterprise = models.ForeignKey(Enterprise, models.SET_NULL, null=True, blank=True, related_name="plaques")
    meeting = models.ForeignKey(
        "partnerships.CommunityMeeting", models.SET_NULL, null=True, blank=True, related_name="plaques"
    )
    awarded_on = models.DateField(null=True, blank=True)
    taken_down_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.awarded_to


@tracked()
class Mentor(models.Model):
    """An industry mentor (产业导师): a person of an enterprise who teaches on campus."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="mentors")
    name = models.CharField(_("name"), max_length=80)
    title = models.CharField(_("position"), max_length=120, blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@tracked()
class MentorAppearance(models.Model):
    """One lecture or workshop that a mentor gave."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="appearances")
    subject = models.CharField(_("subject"), max_length=200)
    held_on = models.DateField(_("held on"))

    class Meta:
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return self.subject


@tracked()
class AnnualTarget(models.Model):
    """A number that the school sets itself for a year, outside any campaign."""

    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    name = models.CharField(_("aim"), max_length=200)
    number = models.PositiveIntegerField(_("target"))
    unit = models.CharField(_("unit"), max_length=30)

    class Meta:
        ordering = ["-year", "name"]

    def __str__(self) -> str:
        return self.name

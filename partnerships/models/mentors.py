"""Industry mentors: their appointments, what they did on campus, and the yearly aims of the office."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import College, Major
from core.history import track_links, tracked
from core.models import Versioned
from partnerships.choices.programmes import AppearanceKind, MentorKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.programmes import Programme


class MentorQuerySet(models.QuerySet["Mentor"]):
    def visible_to(self, user: User) -> MentorQuerySet:
        return self if user.is_school_staff else self.none()

    def appointed_on(self, on: date) -> MentorQuerySet:
        """Mentors whose term includes a day."""
        terms = MentorAppointment.objects.filter(mentor=OuterRef("pk")).in_force(on)
        return self.filter(Exists(terms))


@tracked()
class Mentor(Versioned):
    """An industry mentor (产业导师): a person of an enterprise who teaches on campus."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="mentors", verbose_name=_("enterprise"))
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact on file")
    )
    name = models.CharField(_("name"), max_length=80)
    title = models.CharField(_("position"), max_length=120, blank=True)
    expertise = models.CharField(_("expertise"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    majors = models.ManyToManyField(Major, related_name="mentors", blank=True, verbose_name=_("majors"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = MentorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


MentorMajorsLink = track_links(Mentor, "majors")


class AppointmentQuerySet(models.QuerySet["MentorAppointment"]):
    def in_force(self, on: date) -> AppointmentQuerySet:
        begun = Q(from_on__isnull=True) | Q(from_on__lte=on)
        return self.filter(begun, Q(to_on__isnull=True) | Q(to_on__gte=on))


@tracked()
class MentorAppointment(models.Model):
    """A term for which a mentor is appointed, with the letter (聘书) that says so."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="appointments")
    kind = models.CharField(_("kind"), max_length=10, choices=MentorKind, default=MentorKind.INDUSTRY)
    college = models.ForeignKey(
        College, models.PROTECT, null=True, blank=True, related_name="mentors", verbose_name=_("college")
    )
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)
    number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    pay_per_hour = models.DecimalField(_("pay per hour, yuan"), max_digits=8, decimal_places=2, null=True, blank=True)
    appointed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    appointed_at = models.DateTimeField(null=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MentorKind.values), name="appointment_kind_known"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="appointment_ends_after_start",
                violation_error_message=_("A term cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="appointment_number_once",
                violation_error_message=_("A letter of appointment with this number is on file already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} {self.from_on or ''}".strip()


@tracked()
class MentorAppearance(models.Model):
    """What a mentor did on campus: a lecture, a course, a project."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="appearances")
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="appearances", verbose_name=_("programme")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=AppearanceKind, default=AppearanceKind.LECTURE)
    subject = models.CharField(_("subject"), max_length=200)
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1, null=True, blank=True)
    audience = models.PositiveIntegerField(_("audience"), null=True, blank=True)
    photo = models.FileField(_("photo"), upload_to="mentors/%Y/", blank=True)
    photo_name = models.CharField(max_length=200, blank=True)
    pay = models.DecimalField(_("pay, yuan"), max_digits=10, decimal_places=2, null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AppearanceKind.values), name="appearance_kind_known"),
            models.UniqueConstraint(
                fields=["mentor", "held_on", "subject"],
                name="appearance_once",
                violation_error_message=_("This is on file for the day already."),
            ),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gt=0), name="appearance_hours_positive"),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True) | Q(pay__isnull=False), name="appearance_paid_has_pay"
            ),
        ]

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

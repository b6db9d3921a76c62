"""Guidance (就业指导): advisers, their hours, who comes, and what advisers note."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from core.names import in_language
from guidance.choices import AppointmentState, Topic


@tracked()
class Adviser(models.Model):
    """A colleague who advises students."""

    user = models.OneToOneField(User, models.CASCADE, related_name="adviser")
    about = models.CharField(_("advises on"), max_length=300, blank=True)
    about_en = models.CharField(_("advises on, in English"), max_length=400, blank=True)
    place = models.CharField(_("room"), max_length=120, blank=True)
    is_active = models.BooleanField(_("takes appointments"), default=True)

    class Meta:
        ordering = ["user__number"]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def offers(self) -> str:
        return in_language(self.about, self.about_en)


@tracked()
class AdviceSlot(models.Model):
    """A time that an adviser keeps for one student."""

    adviser = models.ForeignKey(Adviser, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    online_url = models.URLField(_("link of the meeting"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["adviser", "starts_at"], condition=Q(withdrawn_at__isnull=True), name="advice_slot_once"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="advice_slot_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


@tracked()
class Appointment(models.Model):
    """A student who comes to an adviser."""

    slot = models.ForeignKey(AdviceSlot, models.PROTECT, related_name="appointments")
    student = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    topic = models.CharField(_("about"), max_length=14, choices=Topic)
    question = models.TextField(_("question"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=AppointmentState, default=AppointmentState.BOOKED)
    at = models.DateTimeField(help_text="When it was booked.")
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["slot__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"], condition=~Q(state=AppointmentState.CANCELLED), name="appointment_once_per_slot"
            ),
            models.CheckConstraint(condition=Q(state__in=AppointmentState.values), name="appointment_state_known"),
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="appointment_topic_known"),
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.slot}"


@tracked()
class AdviceNote(models.Model):
    """What an adviser notes of a student; advisers alone read it."""

    student = models.ForeignKey(User, models.PROTECT, related_name="advice_notes")
    appointment = models.ForeignKey(Appointment, models.SET_NULL, null=True, blank=True, related_name="notes")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("note"), max_length=2000)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text

"""Interviews: hours that are offered, and who took which."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.people import User
from core.history import tracked
from core.models import Versioned
from partnerships.models.contacts import Contact
from placements.models.applications import Application
from placements.models.postings import Posting


@tracked()
class InterviewSlot(Versioned):
    """An hour at which so many applicants of a posting are met."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="interview_slots")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    online_url = models.URLField(_("link of the meeting"), blank=True)
    capacity = models.PositiveSmallIntegerField(pgettext_lazy("to come to", "places"), default=1)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("interview hour")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="interview_slot_ends_after_start"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="interview_slot_has_places"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


@tracked()
class InterviewBooking(models.Model):
    """An applicant who comes at an hour; one who moves to another hour has an earlier, cancelled row."""

    slot = models.ForeignKey(InterviewSlot, models.PROTECT, related_name="bookings")
    application = models.ForeignKey(Application, models.CASCADE, related_name="bookings")
    at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(cancelled_at__isnull=True), name="interview_booking_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.slot}"

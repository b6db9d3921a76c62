"""Invitations that were sent, and the private calendar feed of a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models.people import User
from core.history import tracked
from partnerships.models.contacts import Contact
from placements.models.applications import Application
from placements.models.interviews import InterviewSlot
from visits.models.visits import Visit


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self) -> InvitationQuerySet:
        """Those that stand in somebody's calendar: sent and not taken back."""
        return self.filter(sent_at__isnull=False, cancelled_at__isnull=True)


@tracked()
class Invitation(models.Model):
    """What one person was last told of a visit as an iCalendar object: a colleague, or a contact of the enterprise.

    Colleagues are invited because they take part; a contact only once somebody asked for it (`asked_by`).
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="invitations")
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="invitations")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="invitations")
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Null: no longer wanted."
    )
    sequence = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was sent last.")
    sent_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["visit", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, contact__isnull=True) | Q(user__isnull=True, contact__isnull=False),
                name="invitation_of_one_person",
            ),
            models.UniqueConstraint(
                fields=["visit", "user"], condition=Q(user__isnull=False), name="invitation_once_per_user"
            ),
            models.UniqueConstraint(
                fields=["visit", "contact"], condition=Q(contact__isnull=False), name="invitation_once_per_contact"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.user or self.contact}"


class InterviewInvitationQuerySet(models.QuerySet["InterviewInvitation"]):
    def standing(self) -> InterviewInvitationQuerySet:
        """Those that stand in somebody's calendar: sent and not taken back."""
        return self.filter(cancelled_at__isnull=True)


@tracked()
class InterviewInvitation(models.Model):
    """What a student was last told of the interview for an application; another hour moves the same appointment."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="interview_invitation")
    slot = models.ForeignKey(InterviewSlot, models.CASCADE, related_name="invitations")
    sequence = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was sent last.")
    sent_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = InterviewInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["application"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.slot}"


@tracked()
class Feed(models.Model):
    """The private address of a person's calendar. The secret in it is derived, see calendars.feeds; kept is only
    which one holds: raising the number makes the old address lead nowhere.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    generation = models.PositiveIntegerField(default=0)
    reset_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.generation}"

"""Who is asked, and the signed links by which they answer."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from surveys.choices import RETIRED
from surveys.models.surveys import Survey
from visits.models.visits import Visit


class SurveyInvitationQuerySet(models.QuerySet["Invitation"]):
    def asked(self) -> SurveyInvitationQuerySet:
        """Those that count: who was asked and is asked still, or has answered."""
        return self.filter(withdrawn_at=None)

    def waiting(self) -> SurveyInvitationQuerySet:
        return self.asked().filter(answered_at=None)


@tracked()
class Invitation(models.Model):
    """A person asked to answer a survey, once: a contact of an enterprise, or a graduate."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="invitations")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, null=True, blank=True, related_name="survey_invitations")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, blank=True, related_name="survey_invitations")
    student = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="survey_invitations")
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(
        null=True, blank=True, help_text="Of a graduate only the day is kept, so that nothing leads to the answer."
    )

    objects = SurveyInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        verbose_name = _("person asked by a survey")
        verbose_name_plural = _("people asked by surveys")
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False, student__isnull=True)
                | Q(enterprise__isnull=True, student__isnull=False),
                name="invitation_of_enterprise_or_graduate",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_answered_or_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["survey", "contact"],
                condition=Q(withdrawn_at__isnull=True),
                name="survey_invitation_once_per_contact",
            ),
            models.UniqueConstraint(
                fields=["survey", "student"],
                condition=Q(withdrawn_at__isnull=True),
                name="survey_invitation_once_per_student",
            ),
        ]
        indexes = [
            models.Index(
                fields=["invited_at"],
                name="invitation_to_remind",
                condition=Q(answered_at=None, withdrawn_at=None, reminded_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.name


class SurveyLinkQuerySet(models.QuerySet["SurveyLink"]):
    def holding(self, now: datetime) -> SurveyLinkQuerySet:
        """Not retired and not over; whether the survey runs is another question."""
        return self.filter(ended="", expires_at__gt=now)


@tracked(exclude=("digest",))
class SurveyLink(models.Model):
    """An address that lets one person answer one survey; only the digest of its token is kept.

    A reminder has a link of its own beside the first one, so that who is typing meanwhile can still send.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256 of the token.")
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="links")
    name = models.CharField(_("name"), max_length=80, help_text="Whom it was sent to.")
    email = models.EmailField(_("e-mail"))
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True, help_text="First, by whomever or whatever.")
    ended = models.CharField(max_length=10, choices=[(end.value, end.label) for end in RETIRED], blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")

    objects = SurveyLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended="", ended_at__isnull=True) | (~Q(ended="") & Q(ended_at__isnull=False)),
                name="survey_link_ended_says_when",
            )
        ]

    def __str__(self) -> str:
        return self.name

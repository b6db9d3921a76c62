"""What an enterprise's contact does without an account: by signed link, once, on an explicit button."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from partnerships.choices.links import Intake, LinkEventKind, LinkPurpose, ProposalState
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise


class SignedLinkQuerySet(models.QuerySet["SignedLink"]):
    def usable(self, now: datetime) -> SignedLinkQuerySet:
        """Neither used nor withdrawn nor over."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)


@tracked(exclude=("digest",))
class SignedLink(models.Model):
    """An address that lets one person do one thing once; only the digest of its token is kept."""

    digest = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256 of the token.")
    purpose = models.CharField(max_length=16, choices=LinkPurpose)
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="links")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="links")
    name = models.CharField(_("name"), max_length=80, help_text="Whom it was sent to.")
    email = models.EmailField(_("e-mail"))
    year = models.PositiveSmallIntegerField(_("year"))
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")

    objects = SignedLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=LinkPurpose.values), name="link_purpose_known"),
            models.UniqueConstraint(
                fields=["enterprise", "purpose", "year"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True, purpose=LinkPurpose.CONFIRM_FILE),
                name="link_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.year}"


class LinkEvent(models.Model):
    """What happened to a signed link, and when."""

    link = models.ForeignKey(SignedLink, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=LinkEventKind)
    at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=LinkEventKind.values), name="link_event_known")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at}"


@tracked()
class FileAnswer(models.Model):
    """What an enterprise said for a year: is its file right, and would it take interns or graduates."""

    link = models.OneToOneField(SignedLink, models.PROTECT, related_name="answer")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="answers")
    year = models.PositiveSmallIntegerField(_("year"))
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    interns = models.CharField(_("takes interns"), max_length=5, choices=Intake)
    interns_number = models.PositiveIntegerField(_("number of interns"), null=True, blank=True)
    graduates = models.CharField(_("takes graduates"), max_length=5, choices=Intake)
    graduates_number = models.PositiveIntegerField(_("number of graduates"), null=True, blank=True)
    reasons = models.TextField(_("reasons"), max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(interns__in=Intake.values, graduates__in=Intake.values), name="answer_intake_known"
            ),
            models.CheckConstraint(
                condition=~Q(interns=Intake.NO, graduates=Intake.NO) | ~Q(reasons=""), name="answer_no_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.year}"


@tracked()
class ProposedChange(models.Model):
    """One field that the enterprise would have otherwise; staff take it over or refuse it."""

    answer = models.ForeignKey(FileAnswer, models.CASCADE, related_name="proposals")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="proposals")
    contact = models.ForeignKey(
        Contact, models.CASCADE, null=True, blank=True, related_name="proposals", help_text="Empty: of the file itself."
    )
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True, help_text="As it was when the enterprise read it.")
    after = models.TextField(_("proposed"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=ProposalState, default=ProposalState.OPEN)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["state", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.REFUSED) | ~Q(reason=""), name="proposal_refusal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.after}"

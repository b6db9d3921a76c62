"""What the work on agreements keeps beside the agreements themselves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from agreements.choices import EvidenceKind, RenewalDecision
from core.history import tracked
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment


class NumberSeries(models.Model):
    """The last number given in a series; a series is the pattern with everything but the serial filled in."""

    series = models.CharField(max_length=120, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series} {self.last}"


@tracked()
class CommitmentEvidence(models.Model):
    """A record that shows how far a promise was kept: how much of it, and where it stands.

    The record may belong to an app above, so its key stands beside its kind, with its words and its address.
    """

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="evidence_rows")
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind)
    record = models.PositiveBigIntegerField(null=True, blank=True, help_text="Key of the record of this kind.")
    text = models.CharField(_("evidence"), max_length=300)
    link = models.CharField(max_length=200, blank=True)
    number = models.DecimalField(_("number"), max_digits=14, decimal_places=2, null=True, blank=True)
    on = models.DateField(_("on"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="evidence_kind_known"),
            models.UniqueConstraint(
                fields=["commitment", "kind", "record"],
                name="evidence_once",
                violation_error_message=_("This is evidence of the promise already."),
            ),
            models.CheckConstraint(condition=Q(number__isnull=True) | Q(number__gt=0), name="evidence_is_something"),
        ]

    def __str__(self) -> str:
        return self.text


@tracked()
class RenewalReview(models.Model):
    """What was decided about an agreement before its end, and why."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="renewal_reviews")
    ends_on = models.DateField(help_text="The end that the decision was about.")
    decision = models.CharField(_("decision"), max_length=12, choices=RenewalDecision)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=RenewalDecision.values), name="renewal_decision_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="renewal_has_reason"),
        ]

    def __str__(self) -> str:
        return self.get_decision_display()

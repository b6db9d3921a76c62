"""What either side promised, and whether it was kept; what is put in, promised and received."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from core.models import Versioned
from partnerships.choices.agreements import AgreementState, CommitmentKind, CommitmentState, InvestmentKind, Side
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, user: User) -> CommitmentQuerySet:
        """To staff: those under an agreement that they may read, and those under none."""
        if not user.is_school_staff:
            return self.none()
        if user.is_office:
            return self
        return self.filter(Q(agreement__isnull=True) | Q(agreement__in=Agreement.objects.visible_to(user)))

    def open(self) -> CommitmentQuerySet:
        return self.filter(state=CommitmentState.OPEN)

    def overdue(self, on: date) -> CommitmentQuerySet:
        """Open ones whose day is past."""
        return self.open().filter(due_on__lt=on)

    def binding(self) -> CommitmentQuerySet:
        """Not those of an agreement that is still drawn up or was ended early."""
        signed = [AgreementState.SIGNED, AgreementState.RENEWED]
        return self.filter(Q(agreement__isnull=True) | Q(agreement__state__in=signed))

    def seen_to_by(self, user: User) -> CommitmentQuerySet:
        """Of the owner and the deputy of the agreement; of the file's where there is no agreement."""
        under = Q(agreement__owner=user) | Q(agreement__deputy=user)
        alone = Q(enterprise__owner=user) | Q(enterprise__deputy=user)
        return self.filter(under | Q(alone, agreement__isnull=True))


@tracked()
class Commitment(Versioned):
    """A promise by either side: what, how much, by when, and the evidence that it was kept."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="commitments")
    agreement = models.ForeignKey(Agreement, models.CASCADE, null=True, blank=True, related_name="commitments")
    side = models.CharField(_("promised by"), max_length=10, choices=Side)
    kind = models.CharField(_("kind"), max_length=20, choices=CommitmentKind)
    description = models.CharField(_("promise"), max_length=300)
    number = models.DecimalField(_("number"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=CommitmentState, default=CommitmentState.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    delivered = models.DecimalField(_("delivered"), max_digits=14, decimal_places=2, null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CommitmentState.values), name="commitment_state_known"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="commitment_side_known"),
        ]

    def __str__(self) -> str:
        return self.description


@tracked()
class Investment(Versioned):
    """Money or its worth that an enterprise puts in, in yuan: promised once, received in parts.

    What was promised and what was received are never one sum.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="investments")
    agreement = models.ForeignKey(
        Agreement, models.SET_NULL, null=True, blank=True, related_name="investments", verbose_name=_("agreement")
    )
    programme = models.ForeignKey(
        "partnerships.Programme", models.SET_NULL, null=True, blank=True, related_name="investments",
        verbose_name=_("programme"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=12, choices=InvestmentKind, default=InvestmentKind.UNSPECIFIED)
    description = models.CharField(_("what"), max_length=200, blank=True)
    promised = models.DecimalField(_("promised, yuan"), max_digits=14, decimal_places=2)
    promised_on = models.DateField(_("promised on"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)

    class Meta:
        ordering = ["-promised_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=InvestmentKind.values), name="investment_kind_known"),
            models.CheckConstraint(condition=Q(promised__gte=0), name="investment_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.promised:,.0f}"


@tracked()
class InvestmentReceipt(models.Model):
    """A part of an investment that came in, in yuan."""

    investment = models.ForeignKey(Investment, models.CASCADE, related_name="receipts")
    amount = models.DecimalField(_("received, yuan"), max_digits=14, decimal_places=2)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["received_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_is_something")]

    def __str__(self) -> str:
        return f"{self.amount:,.0f}"

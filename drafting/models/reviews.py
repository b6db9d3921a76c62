"""The order in which a draft is looked at, and what became of each look."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from drafting.choices import ReviewerRole, StepState
from drafting.models.texts import Revision
from partnerships.models.agreements import Agreement
from partnerships.models.codes import AgreementKind


@tracked()
class ReviewRule(models.Model):
    """A step that drafts of a kind go through; the rules without a kind hold for kinds that have none of their own."""

    kind = models.ForeignKey(
        AgreementKind, models.CASCADE, null=True, blank=True, related_name="review_rules", verbose_name=_("kind")
    )
    place = models.PositiveSmallIntegerField(_("place"))
    role = models.CharField(_("who looks at it"), max_length=10, choices=ReviewerRole)
    reviewer = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("given to"),
        help_text=_("Empty: anyone of these."),
    )  # fmt: skip

    class Meta:
        ordering = ["kind", "place", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=ReviewerRole.values), name="review_rule_role_known"),
            models.UniqueConstraint(
                fields=["kind", "role"],
                nulls_distinct=False,
                name="review_rule_once",
                violation_error_message=_("Each looks at a draft once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.get_role_display()}"


@tracked()
class ReviewStep(models.Model):
    """One look at a draft: who is to decide, what was decided and why. A round is one sending to review."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="review_steps")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, blank=True, related_name="review_steps")
    round = models.PositiveSmallIntegerField(_("round"))
    place = models.PositiveSmallIntegerField(_("place"))
    role = models.CharField(_("who looks at it"), max_length=10, choices=ReviewerRole)
    reviewer = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="review_steps", verbose_name=_("given to")
    )
    state = models.CharField(_("state"), max_length=9, choices=StepState, default=StepState.WAITING)
    opened_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)

    class Meta:
        ordering = ["-round", "place", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=ReviewerRole.values), name="review_role_known"),
            models.CheckConstraint(condition=Q(state__in=StepState.values), name="review_state_known"),
            models.UniqueConstraint(fields=["agreement", "round", "place"], name="review_place_once"),
            models.UniqueConstraint(fields=["agreement"], condition=Q(state="open"), name="review_one_open_at_a_time"),
            models.CheckConstraint(
                condition=~Q(state=StepState.RETURNED) | ~Q(comment=""), name="review_return_has_comment"
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    @property
    def is_left_out(self) -> bool:
        """Nobody was to take it when the round began; a step that a round ended without has the time of that."""
        return self.state == StepState.CANCELLED and self.decided_at is None


@tracked()
class ReviewHandOn(models.Model):
    """A look that was handed to someone else."""

    step = models.ForeignKey(ReviewStep, models.CASCADE, related_name="hand_ons")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    to = models.ForeignKey(User, models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.by} → {self.to}"


@tracked()
class DraftComment(models.Model):
    """A remark on a draft, on one clause of a revision or on the whole; settled when somebody says so."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="draft_comments")
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, blank=True, related_name="comments")
    clause = models.PositiveSmallIntegerField(_("clause"), null=True, blank=True)
    text = models.TextField(_("comment"), max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]

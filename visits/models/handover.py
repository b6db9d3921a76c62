"""What went from a person who leaves to those who take over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from partnerships.models.enterprises import Enterprise


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def visible_to(self, user: User) -> HandOverQuerySet:
        """The office sees each; staff those of which they got something."""
        if user.is_office:
            return self
        if not user.is_school_staff:
            return self.none()
        return self.filter(pk__in=HandOverItem.objects.filter(receiver=user).order_by().values("handover"))


@tracked()
class HandOver(models.Model):
    """A hand-over (工作交接): what one person looked after went to others, all at once."""

    leaver = models.ForeignKey(User, models.PROTECT, related_name="hand_overs", verbose_name=_("who leaves"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="hand_over_undone_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.leaver} {self.at:%Y-%m-%d}"


@tracked()
class HandOverItem(models.Model):
    """One thing that went to one person, so that it can go back."""

    handover = models.ForeignKey(HandOver, models.CASCADE, related_name="items")
    duty = models.CharField(max_length=20, help_text="Code of what it was: see visits.selectors.handover.")
    row = models.BigIntegerField()
    name = models.CharField(max_length=300, blank=True, help_text="What it was called then.")
    link = models.CharField(max_length=200, blank=True)
    enterprise = models.ForeignKey(Enterprise, models.SET_NULL, null=True, blank=True, related_name="+")
    receiver = models.ForeignKey(User, models.PROTECT, related_name="+")
    before = models.JSONField(default=dict, blank=True, help_text="What had to make room, to be put back.")
    is_back = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["handover", "duty", "row"], name="hand_over_once_per_row")]

    def __str__(self) -> str:
        return self.name

"""Files that may be of the same enterprise, and how two of them became one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from partnerships.choices.enterprises import MatchKind, SuspectState
from partnerships.models.enterprises import Enterprise


@tracked()
class Suspect(models.Model):
    """Two files that may be of one enterprise; the older one comes first."""

    first = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    second = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    kind = models.CharField(_("why"), max_length=12, choices=MatchKind)
    likeness = models.PositiveSmallIntegerField(_("likeness, percent"), default=100)
    state = models.CharField(_("state"), max_length=10, choices=SuspectState, default=SuspectState.OPEN)
    found_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "-likeness", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="suspect_once_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="suspect_older_first"),
            models.CheckConstraint(condition=Q(kind__in=MatchKind.values), name="suspect_kind_known"),
            models.CheckConstraint(condition=Q(state__in=SuspectState.values), name="suspect_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"

    @property
    def is_vague(self) -> bool:
        """Whether the likeness says more than the kind."""
        return self.kind == MatchKind.SIMILAR


@tracked()
class Merge(models.Model):
    """Two files made one: what was taken from which, so that it can be undone."""

    kept = models.ForeignKey(Enterprise, models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Enterprise, models.CASCADE, related_name="merges_away")
    before = models.JSONField(default=dict, help_text="The kept file's fields as they were, by name.")
    after = models.JSONField(default=dict, help_text="The same fields as the merge left them.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True), name="merge_once"),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"


class MergeMove(models.Model):
    """One row that a merge moved from one file to the other."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="moves")
    table = models.CharField(max_length=80, help_text="app.model in lower case")
    field = models.CharField(max_length=60)
    row = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["merge", "table", "field", "row"], name="merge_moves_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"

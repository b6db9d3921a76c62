"""Figures as they stood."""

from __future__ import annotations

from django.db import models

from core.history import tracked
from visits.models.campaigns import Campaign


@tracked()
class Snapshot(models.Model):
    """A figure as it stood: kept as it is, never mixed with another day's."""

    figure = models.CharField(max_length=40)
    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, blank=True, related_name="snapshots")
    taken_on = models.DateField()
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField(null=True, blank=True)
    rows_hash = models.CharField(max_length=64, help_text="SHA-256 of the counted rows' keys in order.")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_on", "figure"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "campaign", "taken_on"], name="snapshot_once_a_day", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.taken_on}"

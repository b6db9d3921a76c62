"""Dashboards that were counted, kept for a while so that they open at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from accounts.models.people import User


class CountedBoard(models.Model):
    """What one dashboard says to one kind of reader in one language, and when it was counted.

    It is no record of the school: it is counted again, and may be thrown away at any time.
    """

    board = models.CharField(max_length=20)
    about = models.CharField(max_length=400, blank=True, help_text="The scope, in the words of addresses.")
    readers = models.CharField(max_length=100, help_text="Who sees the same: see dashboards.rules.readers_of.")
    language = models.CharField(max_length=10)
    content = models.JSONField()
    counted_at = models.DateTimeField()
    took = models.PositiveIntegerField(help_text="Milliseconds.")
    opened_at = models.DateTimeField(db_index=True)
    opened_by = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "about", "readers", "language"], name="counted_board_once")
        ]

    def __str__(self) -> str:
        return f"{self.board} {self.about} {self.readers}"

    def is_older_than(self, seconds: int, *, now: datetime) -> bool:
        return now - self.counted_at >= timedelta(seconds=seconds)

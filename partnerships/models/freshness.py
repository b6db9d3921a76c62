"""Who said last that something on file is still correct, and for how long that holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from partnerships.choices.enterprises import FileBlock


@tracked()
class FreshnessPeriod(models.Model):
    """After how many days a block of an enterprise's file counts as stale; loaded by load_codes, edited in admin."""

    block = models.CharField(_("block"), max_length=10, choices=FileBlock, unique=True)
    days = models.PositiveSmallIntegerField(_("stale after, days"))

    class Meta:
        ordering = ["block"]

    def __str__(self) -> str:
        return f"{self.get_block_display()} {self.days}"

    @property
    def length(self) -> timedelta:
        return timedelta(days=self.days)


CONFIRMED = ("confirmed_at", "confirmed_by", "confirmed_via")  # what Confirmable.confirm writes


class Confirmable(models.Model):
    """A fact that somebody vouched for: a colleague, or a contact of the enterprise by signed link."""

    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    confirmed_via = models.ForeignKey(
        "partnerships.Contact", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        abstract = True

    @property
    def confirmed_name(self) -> str:
        """Who vouched for it: the contact, else the colleague; empty where nobody did."""
        return str(self.confirmed_via or self.confirmed_by or "")

    def is_stale_before(self, moment: datetime) -> bool:
        """Nobody has vouched for it since that moment."""
        return self.confirmed_at is None or self.confirmed_at < moment

    def confirm(self, *, by: User | None, at: datetime, via: models.Model | None = None) -> Self:
        """Note who vouched for it; the caller saves."""
        self.confirmed_at, self.confirmed_by = at, by
        self.confirmed_via = via  # type: ignore[assignment]
        return self

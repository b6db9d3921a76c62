"""What the school sets itself for programmes and plaques."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.history import tracked
from partnerships.choices.programmes import ProgrammeKind


@tracked()
class PlaqueCondition(models.Model):
    """What the school asks before a plaque of a kind is awarded; shown as advice, never as a bar.

    Schools differ: one asks for interns in at least one academic year, another for three stable years.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind, unique=True)
    needs_agreement = models.BooleanField(_("an agreement in force"), default=True)
    years = models.PositiveSmallIntegerField(_("years of cooperation"), default=0)
    interns = models.PositiveIntegerField(_("interns a year"), default=0)
    intern_years = models.PositiveSmallIntegerField(_("in so many of the last academic years"), default=1)

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ProgrammeKind.values), name="plaque_condition_kind_known")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

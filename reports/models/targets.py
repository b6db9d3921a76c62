"""What a figure is to reach, and who answers for it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import College
from core.history import tracked


@tracked()
class FigureTarget(models.Model):
    """How far a figure is to come by a day, for the school or one college; campaigns have targets of their own.

    Never for a single person (see Figure.about_employment).
    """

    figure = models.CharField(max_length=40)
    college = models.ForeignKey(
        College, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("college")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    number = models.PositiveBigIntegerField(_("target"))
    note = models.CharField(_("where it comes from"), max_length=200, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    set_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["-ends_on", "figure", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "college", "ends_on"], name="figure_target_once", nulls_distinct=False,
                violation_error_message=_("There is a target for this day already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="figure_target_has_time",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="figure_target_not_zero"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.figure} {self.number}"


@tracked()
class FigureOwner(models.Model):
    """The person who answers for a figure; without one it is the office or role that its definition names."""

    figure = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="figures_owned", verbose_name=_("who answers for it"))

    def __str__(self) -> str:
        return f"{self.figure} {self.user}"

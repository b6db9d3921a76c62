"""Setting what a figure is to reach, and naming who answers for it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import College
from core.errors import RuleBroken
from reports import rules
from reports.figures.figure import Figure
from reports.models.targets import FigureOwner, FigureTarget


@transaction.atomic
def set_target(
    figure: Figure, *, number: int, starts_on: date, ends_on: date, college: College | None, note: str,
    by: User, at: datetime,
) -> FigureTarget:  # fmt: skip
    """Raises RuleBroken for a college where the figure is not split by colleges, ValidationError for a second one."""
    rules.can_set_target(by, figure).or_raise()
    if college is not None and "college" not in figure.splits:
        raise RuleBroken(_("This figure is not counted by colleges."), field="college")
    target = FigureTarget(
        figure=figure.slug, number=number, starts_on=starts_on, ends_on=ends_on, college=college, note=note,
        set_by=by, set_at=at,
    )  # fmt: skip
    target.full_clean()
    target.save()
    return target


@transaction.atomic
def drop_target(target: FigureTarget, figure: Figure, *, by: User) -> None:
    """Its history stays."""
    rules.can_set_target(by, figure).or_raise()
    target.delete()


@transaction.atomic
def name_owner(figure: Figure, owner: User | None, *, by: User) -> None:
    """Nobody means whoever has the role of the definition."""
    rules.can_name_owner(by).or_raise()
    if owner is None:
        FigureOwner.objects.filter(figure=figure.slug).delete()
    else:
        if not owner.is_school_staff:
            raise RuleBroken(_("Staff of the school answer for figures."), field="user")
        FigureOwner.objects.update_or_create(figure=figure.slug, defaults={"user": owner})

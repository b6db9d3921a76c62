"""Setting who looks at drafts of a kind, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken, StaleEdit
from drafting import rules
from drafting.choices import ReviewerRole
from drafting.models.reviews import ReviewRule
from drafting.selectors.order import Planned, order_of, possible_reviewers
from partnerships.models.codes import AgreementKind


def as_seen(steps: Sequence[Planned]) -> str:
    """An order in one line, to be compared when it is saved."""
    return ",".join(f"{step.role}:{step.reviewer.pk if step.reviewer else ''}" for step in steps)


@transaction.atomic
def set_order(kind: AgreementKind | None, steps: Sequence[Planned], *, seen: str | None = None, by: User) -> None:
    """Make this the order of a kind, or of all that have none of their own; drafts in review keep theirs.

    No steps: the kind has no order of its own any more. `seen` is the order as the person saw it.
    Raises StaleEdit, and RuleBroken where leadership decides and would not be asked.
    """
    rules.can_set_order(by).or_raise()
    kinds = AgreementKind.objects.select_for_update().order_by("pk")
    list(kinds.filter(pk=kind.pk) if kind else kinds)  # one order is set at a time
    if seen is not None and seen != as_seen(order_of(kind).steps):
        raise StaleEdit
    _check(kind, steps)
    ReviewRule.objects.filter(kind=kind).delete()
    ReviewRule.objects.bulk_create(
        ReviewRule(kind=kind, place=place, role=step.role, reviewer=step.reviewer)
        for place, step in enumerate(steps, start=1)
    )


def _check(kind: AgreementKind | None, steps: Sequence[Planned]) -> None:
    asked = [step.role for step in steps]
    if kind is None and not steps:
        raise RuleBroken(_("At least one must look at a draft."))
    if len(set(asked)) < len(asked):
        raise RuleBroken(_("Each looks at a draft once."))
    if kind and steps and kind.needs_leadership and ReviewerRole.LEADERSHIP not in asked:
        raise RuleBroken(_("Leadership decides on this kind of agreement: its step cannot be left out."))
    if asked == [ReviewerRole.COLLEGE]:
        raise RuleBroken(_("An agreement of the whole school has no college: let someone else look at it as well."))
    for step in steps:
        people = possible_reviewers(step.role, on=timezone.localdate())
        if step.reviewer and not people.filter(pk=step.reviewer.pk).exists():
            raise RuleBroken(_("%(person)s cannot take this step.") % {"person": step.reviewer})

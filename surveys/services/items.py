"""The set of questions that surveys are made of."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from surveys import rules
from surveys.choices import PARTS_OF
from surveys.models.surveys import SetItem
from surveys.usual_items import rows


@transaction.atomic
def load_items() -> int:
    """Add the usual questions that are missing; what the office changed stays. Returns how many were new."""
    before = SetItem.objects.count()
    SetItem.objects.bulk_create([SetItem(**row) for row in rows()], ignore_conflicts=True)
    return SetItem.objects.count() - before


def refuse_other_part(kind: str, part: str) -> None:
    """A heading belongs to one kind of survey. Raises RuleBroken."""
    if part not in PARTS_OF[kind]:
        raise RuleBroken(_("This heading belongs to another kind of survey."), field="part")


@transaction.atomic
def add_set_item(*, by: User, **fields: Any) -> SetItem:
    """Add a question to the set of a kind; without a place it comes last. Raises RuleBroken."""
    rules.can_keep_surveys(by).or_raise()
    refuse_other_part(fields["kind"], fields["part"])
    if not fields.get("place"):
        last = SetItem.objects.filter(kind=fields["kind"]).order_by("place").last()
        fields["place"] = (last.place if last else 0) + 10
    return SetItem.objects.create(**fields)


@transaction.atomic
def change_set_item(item: SetItem, *, by: User, **fields: Any) -> SetItem:
    """Correct a question of the set; surveys that have it keep the words that they asked. Raises RuleBroken."""
    rules.can_keep_surveys(by).or_raise()
    item = SetItem.objects.select_for_update().get(pk=item.pk)
    refuse_other_part(item.kind, fields.get("part", item.part))
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    return item

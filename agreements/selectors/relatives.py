"""The agreements that one agreement is tied to: those it renews and is renewed by, and those under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.db.models.expressions import RawSQL

from accounts.models.people import User
from partnerships.models.agreements import Agreement

# Up to the first agreement of the chain, then down to everything that renews it in turn; UNION ends any circle.
CHAIN = """
    WITH RECURSIVE
    older AS (
        SELECT id, renewed_from_id FROM partnerships_agreement WHERE id = %s
        UNION SELECT a.id, a.renewed_from_id FROM partnerships_agreement a JOIN older o ON a.id = o.renewed_from_id
    ),
    chain AS (
        SELECT id FROM older
        UNION SELECT a.id FROM partnerships_agreement a JOIN chain c ON a.renewed_from_id = c.id
    )
    SELECT id FROM chain
    UNION SELECT id FROM partnerships_agreement WHERE framework_id = %s
"""


@dataclass(frozen=True)
class Relatives:
    """`chain` holds the agreement itself too, oldest first, and is empty where it stands alone."""

    chain: list[Agreement]
    under_it: list[Agreement]


def relatives(user: User, agreement: Agreement, *, on: date) -> Relatives:
    """What a person may see of an agreement's relatives; one query."""
    keys = RawSQL(CHAIN, [agreement.pk, agreement.pk])  # noqa: S611 - a constant with parameters
    rows = Agreement.objects.visible_to(user).filter(pk__in=keys).with_stage(on)
    found = list(rows.order_by(F("starts_on").asc(nulls_last=True), "pk"))
    under_it = [row for row in found if row.framework_id == agreement.pk]
    chain = [row for row in found if row.framework_id != agreement.pk or row.renewed_from_id]
    linked = _linked(agreement, chain)
    return Relatives(chain=linked if len(linked) > 1 else [], under_it=under_it)


def _linked(agreement: Agreement, rows: list[Agreement]) -> list[Agreement]:
    """Those of the rows that a chain of renewals ties to the agreement, whichever way."""
    ties = [(row.pk, row.renewed_from_id) for row in rows if row.renewed_from_id]
    linked = {agreement.pk}
    for _row in rows:  # each round reaches one tie further
        for pair in ties:
            linked |= set(pair) if linked & set(pair) else set()
    return [row for row in rows if row.pk in linked]

"""The columns of exported lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agreements.selectors.promises import Standing, standings
from agreements.selectors.register import partner_names
from agreements.selectors.sleeping import sleepers
from core.templatetags.portal import listed
from partnerships.choices.agreements import AgreementStage
from partnerships.exports import MOST_ROWS, yes_no
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.timeline import describe

CHUNK = 1000
NAMED = ("enterprise_owner", "enterprise_deputy", "framework", "renewed_from")


def agreement_columns() -> list[str]:
    return [
        _("Agreement number"), _("Title"), _("Enterprise"), _("Unified social credit code"), _("Kind"), _("Stage"),
        _("Signed on"), _("In force from"), _("In force until"), _("Renews itself"), _("Owner"), _("Deputy"),
        _("Parties"), _("Owner at the enterprise"), _("Deputy at the enterprise"), _("Track"), _("Colleges"),
        _("Majors"), _("Fields of cooperation"), _("Sum, yuan"), _("Under the framework agreement"), _("Renews"),
        _("Originals"), _("Where kept"), _("Original archived on"),
    ]  # fmt: skip


def agreement_export(rows: QuerySet[Agreement]) -> Iterator[list[Any]]:
    """One row per agreement of the list, fetched in portions."""
    named = rows.select_related("enterprise", "kind", "owner", "deputy", *NAMED)
    fetched = named.prefetch_related("colleges", "majors", "fields")
    for row in fetched[: MOST_ROWS + 1].iterator(chunk_size=CHUNK):
        stage = AgreementStage(row.stage)  # type: ignore[attr-defined]
        yield [
            row.number, row.title, row.enterprise, row.enterprise.credit_code, row.kind, stage.label, row.signed_on,
            row.starts_on, row.ends_on, yes_no(row.renews_itself), row.owner, row.deputy,
            listed(name for _pk, name in partner_names(row)), row.enterprise_owner, row.enterprise_deputy,
            row.get_track_display(), listed(row.colleges.all()), listed(row.majors.all()), listed(row.fields.all()),
            None if row.amount is None else float(row.amount), row.framework, row.renewed_from, row.originals,
            row.kept_where, row.archived_on,
        ]  # fmt: skip


def sleeping_columns() -> list[str]:
    return [
        _("Agreement number"), _("Title"), _("Enterprise"), _("Kind"), _("In force from"), _("In force until"),
        _("Owner"), _("Deputy"), _("Last thing that happened"), _("When"),
    ]  # fmt: skip


def sleeping_export(rows: QuerySet[Agreement]) -> Iterator[list[Any]]:
    """One row per agreement that sleeps, with the last sign of life."""
    for each in sleepers(list(rows[: MOST_ROWS + 1])):
        row = each.agreement
        yield [
            row.number, row.title, row.enterprise, row.kind, row.starts_on, row.ends_on, row.owner, row.deputy,
            describe(each.entry) if each.entry else _("nothing since it began"), row.last_at,
        ]  # fmt: skip


PORTION = 1000


def promise_columns() -> list[str]:
    return [
        _("Promise"), _("Promised by"), _("Kind"), _("Promised"), _("Delivered"), _("Unit"), _("Due on"), _("State"),
        _("Overdue"), _("Enterprise"), _("Agreement"), _("Owner"), _("Evidence"),
    ]  # fmt: skip


def promise_export(rows: QuerySet[Commitment], *, on: date) -> Iterator[list[Any]]:
    """One row per promise of the list, fetched in portions, each with its evidence."""
    fetched = rows[: MOST_ROWS + 1].iterator(chunk_size=PORTION)
    while portion := list(islice(fetched, PORTION)):
        for standing in standings(portion, on=on):
            yield _promise_row(standing)


def _promise_row(standing: Standing) -> list[Any]:
    row = standing.promise
    owner = row.agreement.owner if row.agreement else row.enterprise.owner
    shown = [each.row.text for each in standing.shown if each.holds] or [row.evidence]
    return [
        row.description, row.get_side_display(), row.get_kind_display(), _number(row.number),
        _number(standing.delivered), row.unit, row.due_on, row.get_state_display(), yes_no(standing.is_overdue),
        row.enterprise, row.agreement, owner, _("; ").join(shown),
    ]  # fmt: skip


def _number(number: Decimal | None) -> float | None:
    return None if number is None else float(number)

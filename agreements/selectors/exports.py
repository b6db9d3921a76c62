"""The columns of exported lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agreements.selectors.register import partner_names
from agreements.selectors.sleeping import sleepers
from core.templatetags.portal import listed
from partnerships.choices.agreements import AgreementStage
from partnerships.exports import MOST_ROWS, yes_no
from partnerships.models.agreements import Agreement
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

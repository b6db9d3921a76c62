"""The columns of exported lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partnerships.choices.agreements import AgreementStage
from partnerships.exports import MOST_ROWS
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.freshness import is_stale_file


def yes_no(fact: object) -> str:
    return _("yes") if fact else _("no")


def enterprise_columns() -> list[str]:
    return [
        _("Full registered name"), _("English name"), _("Unified social credit code"), _("Check"), _("Nature of unit"),
        _("Industry"), _("Province"), _("City"), _("Number of staff"), _("Level"), _("Owner"), _("Confirmed on"),
        _("Stale"), _("Last entry"), _("Agreements in force"),
    ]  # fmt: skip


def enterprise_export(rows: QuerySet[Enterprise], *, on: date) -> Iterator[list[Any]]:
    """One row per file of the list, fetched in portions."""
    for row in rows[: MOST_ROWS + 1].iterator(chunk_size=1000):
        yield [
            row.legal_name, row.name_en, row.credit_code, row.get_credit_code_state_display(), row.nature,
            row.industry, row.province, row.city, row.staff_count, row.get_level_display(), row.owner,
            row.confirmed_at, yes_no(is_stale_file(row, on)), row.last_entry_at, row.agreements_in_force,  # type: ignore[attr-defined]
        ]  # fmt: skip


def agreement_columns() -> list[str]:
    return [
        _("Agreement number"), _("Title"), _("Enterprise"), _("Unified social credit code"), _("Kind"), _("Stage"),
        _("Signed on"), _("In force from"), _("In force until"), _("Renews itself"), _("Owner"),
    ]  # fmt: skip


def agreement_export(rows: QuerySet[Agreement]) -> Iterator[list[Any]]:
    """One row per agreement of the list, fetched in portions."""
    for row in rows[: MOST_ROWS + 1].iterator(chunk_size=1000):
        stage = AgreementStage(row.stage)  # type: ignore[attr-defined]
        yield [
            row.number, row.title, row.enterprise, row.enterprise.credit_code, row.kind, stage.label, row.signed_on,
            row.starts_on, row.ends_on, yes_no(row.renews_itself), row.owner,
        ]  # fmt: skip

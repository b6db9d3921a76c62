"""The columns of exported lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partnerships.choices.agreements import AgreementStage
from partnerships.exports import MOST_ROWS, yes_no
from partnerships.models.agreements import Agreement


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

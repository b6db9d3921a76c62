"""Writing the official code lists to the database."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction

from partnerships import codes
from partnerships.models.codes import AgreementKind, Industry, Nature, Province


def _add(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    """Add the entries whose codes are unknown; what an administrator changed stays."""
    table = model._default_manager
    before: int = table.count()
    table.bulk_create(rows, ignore_conflicts=True)
    return table.count() - before


@transaction.atomic
def load_codes() -> int:
    """Load provinces, natures, industries and kinds of agreement; returns how many were new."""
    provinces = [Province(code=c, name_zh=zh, name_en=en) for c, zh, en in codes.rows(codes.PROVINCES, 3)]
    natures = [
        Nature(code=c, name_zh=zh, name_en=en, is_active=c not in codes.RETIRED_NATURES)
        for c, zh, en in codes.rows(codes.NATURES, 3)
    ]
    industries = [
        Industry(code=c, employment_code=own, name_zh=zh, name_en=en)
        for c, own, zh, en in codes.rows(codes.INDUSTRIES, 4)
    ]
    kinds = [
        AgreementKind(code=c, name_zh=zh, name_en=en, makes_base=c in codes.BASE_KINDS)
        for c, zh, en in codes.rows(codes.AGREEMENT_KINDS, 3)
    ]
    return _add(Province, provinces) + _add(Nature, natures) + _add(Industry, industries) + _add(AgreementKind, kinds)

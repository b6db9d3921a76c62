"""Writing the official code lists to the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models, transaction

from accounts.services import load_special_days
from partnerships import codes
from partnerships.choices.enterprises import STALE_AFTER_DAYS
from partnerships.models.codes import AgreementKind, Flag, Industry, Nature, Province, Region
from partnerships.models.freshness import FreshnessPeriod
from partnerships.naming import romanised


def _add(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    """Add the entries whose codes are unknown; what an administrator changed stays."""
    table = model._default_manager
    before: int = table.count()
    table.bulk_create(rows, ignore_conflicts=True)
    return table.count() - before


@transaction.atomic
def load_codes() -> int:
    """Load every official code list, the public holidays and the terms of freshness; returns how many were new."""
    provinces = [Province(code=c, name_zh=zh, name_en=en) for c, zh, en in codes.rows(codes.PROVINCES, 3)]
    natures = [
        Nature(code=c, name_zh=zh, name_en=en, is_active=c not in codes.RETIRED_NATURES)
        for c, zh, en in codes.rows(codes.NATURES, 3)
    ]
    industries = [
        Industry(code=c, employment_code=own, name_zh=zh, name_en=en, edition=codes.INDUSTRY_EDITION)
        for c, own, zh, en in codes.rows(codes.INDUSTRIES, 4)
    ]
    flags = [Flag(code=c, name_zh=zh, name_en=en) for c, zh, en in codes.rows(codes.FLAGS, 3)]
    kinds = [
        AgreementKind(
            code=c,
            name_zh=zh,
            name_en=en,
            makes_base=c in codes.BASE_KINDS,
            needs_leadership=c in codes.FRAMEWORK_KINDS,
            usual_years=codes.USUAL_YEARS.get(c),
        )
        for c, zh, en in codes.rows(codes.AGREEMENT_KINDS, 3)
    ]
    periods = [FreshnessPeriod(block=block, days=days) for block, days in STALE_AFTER_DAYS.items()]
    return sum(
        [
            _add(Province, provinces),
            _add(Region, _regions()),
            _add(Nature, natures),
            _add(Industry, industries),
            _add(Flag, flags),
            _add(AgreementKind, kinds),
            _add(FreshnessPeriod, periods),
            load_special_days(),
        ]
    )


def _regions() -> list[Region]:
    """Divisions below the provinces that are on file, with the years in which their codes held."""
    provinces = {province.code[:2]: province for province in Province.objects.all()}
    return [
        Region(
            code=division.code,
            province=provinces[division.code[:2]],
            name_zh=division.name,
            name_en=romanised(division.name),
            valid_from=date(division.since, 1, 1) if division.since else None,
            valid_to=date(division.until, 12, 31) if division.until else None,
            is_active=division.until is None,
        )
        for division in codes.divisions()
        if division.code[:2] in provinces
    ]

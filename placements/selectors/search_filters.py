"""What each filter over the list of postings lets through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q

from accounts.choices import LEVEL_ORDER, Level
from accounts.models.school import Major
from placements.broad_classes import class_of_code

TO_ALL = Q(major_codes=[], major_classes=[])


def asks_for(major: str) -> Q:
    """Names the major with this code, its broad class, or neither major nor class, which means all."""
    asked = TO_ALL | Q(major_codes__contains=[major])
    broad_class = class_of_code(major)
    return asked | Q(major_classes__contains=[broad_class]) if broad_class else asked


def asks_for_class(broad_class: str) -> Q:
    """Names this broad class, a major in it, or nothing."""
    majors = Major.objects.filter(code__startswith=broad_class).order_by().values("code")
    return TO_ALL | Q(major_codes__overlap=ArraySubquery(majors)) | Q(major_classes__contains=[broad_class])


def levels_up_to(level: str) -> list[str]:
    """What a posting may ask for at least, so that somebody of this level may apply."""
    return ["", *LEVEL_ORDER[: LEVEL_ORDER.index(Level(level)) + 1]]


def pays(monthly: int) -> Q:
    """Up to at least so much a month; of a pay without an upper end the lower one counts."""
    return Q(pay_monthly_max__gte=monthly) | Q(pay_monthly_max__isnull=True, pay_monthly_min__gte=monthly)


CONDITIONS: dict[str, Callable[[Any], Q]] = {
    "kind": lambda kind: Q(kind=kind),
    "broad_class": asks_for_class,
    "major": asks_for,
    "province": lambda key: Q(province=key),
    "level": lambda level: Q(level__in=levels_up_to(level)),
    "class_of": lambda year: Q(class_of=year) | Q(class_of__isnull=True),
    "pay_from": lambda monthly: pays(int(monthly)),
    "mode": lambda mode: Q(mode=mode),
    "industry": lambda key: Q(enterprise__industry=key),
    "mine": asks_for,
    "state": lambda state: Q(state=state),
    "enterprise": lambda key: Q(enterprise=key),
}

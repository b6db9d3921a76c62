"""The provinces as a map of tiles, for whatever is counted in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.names import in_language
from partnerships.models.codes import Province

LEVELS = 5
ENDINGS = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市")


@dataclass(frozen=True)
class ProvinceTile:
    """One province: the first two digits of its code, its number, and a level from 0 (none) to 5 (most)."""

    code: str
    label: str
    number: int
    href: str
    level: int


def province_tiles(counts: Mapping[str, int], href: Callable[[str], str]) -> list[ProvinceTile]:
    """Every province with its count, which is by six digits; `href` makes an address of those. One query."""
    most = max((number for code, number in counts.items() if code), default=0)
    return [
        ProvinceTile(
            code=province.code[:2],
            label=short_name(province),
            number=(number := counts.get(province.code, 0)),
            href=href(province.code),
            level=-(-LEVELS * number // most) if most else 0,
        )
        for province in Province.objects.order_by("code")
    ]


def short_name(province: Province) -> str:
    """As a tile has room for it: 四川, not 四川省."""
    name = province.name_zh
    for ending in ENDINGS:
        name = name.removesuffix(ending)
    return in_language(name, province.name_en.partition(" (")[0].removesuffix(" SAR"))

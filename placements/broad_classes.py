"""Broad classes of majors (专业大类): the first two digits of their codes in the national catalogues.

职业教育专业目录（2021年）: 41 to 59 for diplomas, 21 to 39 for vocational bachelors, 61 to 79 below;
普通高等学校本科专业目录: 01 to 13.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models.school import Major

VOCATIONAL: tuple[str | Promise, ...] = (
    _("Agriculture, forestry and fishery"),
    _("Resources, environment and safety"),
    _("Energy, power and materials"),
    _("Civil engineering and architecture"),
    _("Water conservancy"),
    _("Equipment manufacturing"),
    _("Biology and chemical engineering"),
    _("Light industry and textiles"),
    _("Food, medicine and grain"),
    _("Transport"),
    _("Electronics and information"),
    _("Medicine and health"),
    _("Finance, economics and trade"),
    _("Tourism"),
    _("Culture and arts"),
    _("Journalism and communication"),
    _("Education and sports"),
    _("Public security and justice"),
    _("Public administration and services"),
)
BACHELOR: dict[str, str | Promise] = {
    "01": _("Philosophy"),
    "02": _("Economics"),
    "03": _("Law"),
    "04": _("Education"),
    "05": _("Literature"),
    "06": _("History"),
    "07": _("Science"),
    "08": _("Engineering"),
    "09": _("Agronomy"),
    "10": _("Medicine"),
    "12": _("Management"),
    "13": _("Art"),
}
NAMES: dict[str, str | Promise] = BACHELOR | {
    str(begin + place): name for begin in (21, 41, 61) for place, name in enumerate(VOCATIONAL)
}


def class_name(code: str) -> str:
    """The name of a broad class in the reader's language; its digits where the catalogues do not know it."""
    return str(NAMES.get(code, code))


def broad_classes() -> list[tuple[str, str]]:
    """The classes that the school has majors in, as choices; one query."""
    codes = Major.objects.order_by("code").values_list("code", flat=True)
    found = dict.fromkeys(code[:2] for code in codes if code[:2].isdigit() and len(code) >= 2)
    return [(code, f"{code} {class_name(code)}") for code in found]

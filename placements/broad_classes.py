"""Broad classes of majors (专业大类): the first two digits of their codes in the national catalogues.

职业教育专业目录（2021年）: 41 to 59 for diplomas, 21 to 39 for vocational bachelors, 61 to 79 below;
普通高等学校本科专业目录: 01 to 14.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from accounts.models.school import Major

VOCATIONAL: tuple[str | Promise, ...] = (
    pgettext_lazy("majors", "Agriculture, forestry and fishery"),
    pgettext_lazy("majors", "Resources, environment and safety"),
    pgettext_lazy("majors", "Energy, power and materials"),
    pgettext_lazy("majors", "Civil engineering and architecture"),
    pgettext_lazy("majors", "Water conservancy"),
    pgettext_lazy("majors", "Equipment manufacturing"),
    pgettext_lazy("majors", "Biology and chemical engineering"),
    pgettext_lazy("majors", "Light industry and textiles"),
    pgettext_lazy("majors", "Food, medicine and grain"),
    pgettext_lazy("majors", "Transport"),
    pgettext_lazy("majors", "Electronics and information"),
    pgettext_lazy("majors", "Medicine and health"),
    pgettext_lazy("majors", "Finance, economics and trade"),
    pgettext_lazy("majors", "Tourism"),
    pgettext_lazy("majors", "Culture and arts"),
    pgettext_lazy("majors", "Journalism and communication"),
    pgettext_lazy("majors", "Education and sports"),
    pgettext_lazy("majors", "Public security and justice"),
    pgettext_lazy("majors", "Public administration and services"),
)
BACHELOR: dict[str, str | Promise] = {
    "01": pgettext_lazy("majors", "Philosophy"),
    "02": pgettext_lazy("majors", "Economics"),
    "03": pgettext_lazy("majors", "Law"),
    "04": pgettext_lazy("majors", "Education"),
    "05": pgettext_lazy("majors", "Literature"),
    "06": pgettext_lazy("majors", "History"),
    "07": pgettext_lazy("majors", "Science"),
    "08": pgettext_lazy("majors", "Engineering"),
    "09": pgettext_lazy("majors", "Agronomy"),
    "10": pgettext_lazy("majors", "Medicine"),
    "11": pgettext_lazy("majors", "Military science"),
    "12": pgettext_lazy("majors", "Management"),
    "13": pgettext_lazy("majors", "Art"),
    "14": pgettext_lazy("majors", "Interdisciplinary studies"),
}
DIGITS = 2
NAMES: dict[str, str | Promise] = BACHELOR | {
    str(begin + place): name for begin in (21, 41, 61) for place, name in enumerate(VOCATIONAL)
}


def class_of_code(code: str) -> str:
    """The broad class that a major's code begins with; empty where the code is the school's own."""
    return code[:DIGITS] if code[:DIGITS].isascii() and code[:DIGITS].isdecimal() and len(code) > DIGITS else ""


def class_name(code: str) -> str:
    """The name of a broad class in the reader's language; its digits where the catalogues do not know it."""
    return str(NAMES.get(code, code))


def broad_classes() -> list[tuple[str, str]]:
    """The classes that the school has majors in, as choices; one query."""
    codes = Major.objects.order_by("code").values_list("code", flat=True)
    found = dict.fromkeys(of for code in codes if (of := class_of_code(code)))
    return [(code, f"{code} {class_name(code)}") for code in found]

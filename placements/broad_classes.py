"""Broad classes of majors (专业大类): the first two digits of a major's code in the national catalogues."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The catalogue of vocational majors of 2021 for diplomas, 41 to 59; vocational bachelors bear the same ones from 21,
# secondary schools from 61. 01 to 13: the disciplines (学科门类) of the undergraduate catalogue.
VOCATIONAL = (
    gettext_lazy("Agriculture, forestry and fishing"),
    gettext_lazy("Resources, environment and safety"),
    gettext_lazy("Energy, power and materials"),
    gettext_lazy("Civil engineering and architecture"),
    gettext_lazy("Water resources"),
    gettext_lazy("Equipment manufacturing"),
    gettext_lazy("Biology and chemical engineering"),
    gettext_lazy("Light industry and textiles"),
    gettext_lazy("Food, medicines and grain"),
    gettext_lazy("Transport"),
    gettext_lazy("Electronics and information"),
    gettext_lazy("Medicine and health"),
    gettext_lazy("Finance, economics and trade"),
    gettext_lazy("Tourism"),
    gettext_lazy("Culture and art"),
    gettext_lazy("News and media"),
    gettext_lazy("Education and sports"),
    gettext_lazy("Public security and justice"),
    gettext_lazy("Public administration and services"),
)
DISCIPLINES = (
    gettext_lazy("Philosophy"),
    gettext_lazy("Economics"),
    gettext_lazy("Law"),
    gettext_lazy("Education"),
    gettext_lazy("Literature"),
    gettext_lazy("History"),
    gettext_lazy("Natural science"),
    gettext_lazy("Engineering"),
    gettext_lazy("Agronomy"),
    gettext_lazy("Medical science"),
    gettext_lazy("Military science"),
    gettext_lazy("Management"),
    gettext_lazy("Arts"),
)
DIGITS = 2


def class_of_code(code: str) -> str:
    """The broad class that a major's code begins with; empty where the code is the school's own."""
    return code[:DIGITS] if code[:DIGITS].isascii() and code[:DIGITS].isdecimal() and len(code) > DIGITS else ""


def class_name(code: str) -> str:
    """Its name in the reader's language; a code that no catalogue has stands for itself."""
    number = int(code) if code.isascii() and code.isdecimal() else 0
    if 1 <= number <= len(DISCIPLINES):
        return str(DISCIPLINES[number - 1])
    place = number % 20 - 1
    if 20 < number < 80 and 0 <= place < len(VOCATIONAL):
        return str(VOCATIONAL[place])
    return _("broad class %(class)s") % {"class": code}

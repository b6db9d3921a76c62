"""The block that every file of a report holds: what figures mean, filters, time, who built it and who sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _


def day(value: date | None) -> str:
    """A date as the reader writes it; nothing for none."""
    return formats.date_format(value, "SHORT_DATE_FORMAT") if value else ""


def moment(value: datetime) -> str:
    return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")


def facts_of(*, at: datetime, by: object, seen_as: object, seen_by: str) -> list[tuple[str, str]]:
    """When, by whom and with whose rights it was built, and who may see it; the time stands first."""
    return [
        (_("As of"), moment(at)),
        (_("Built by"), str(by)),
        (_("With the rights of"), str(seen_as)),
        (_("Visible to"), seen_by),
    ]


@dataclass(frozen=True)
class About:
    title: str
    definition: str
    filters: list[tuple[str, str]]
    facts: list[tuple[str, str]]
    figures: list[tuple[str, str]]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Label and words, one below the other."""
        none = [(_("Filters"), _("None: everything that this person may see."))]
        return [(_("What is in it"), self.definition), *(self.filters or none), *self.facts]

    def data(self) -> dict[str, Any]:
        """Plain words for the PDF."""
        return {
            "title": _("About this report"),
            "rows": [list(row) for row in self.rows],
            "figures_title": _("Definitions of the figures"),
            "figures": [list(row) for row in self.figures],
        }

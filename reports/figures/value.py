"""A number as it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def grouped(number: int) -> str:
    """Digits in groups, as the reader writes them."""
    return number_format(number, 0, use_l10n=True, force_grouping=True)


@dataclass(frozen=True)
class Value:
    """A number as it is printed: with its denominator, or with the rows on file beside a reported total.

    `stale` is how many of the rows nobody has confirmed in time; None where that is no question.
    """

    number: int
    denominator: int | None = None
    is_minimum: bool = False
    on_file: int | None = None
    source: str = ""
    stale: int | None = None

    @property
    def shown(self) -> str:
        """The number alone; a plus where the source says "more than"."""
        return grouped(self.number) + ("+" if self.is_minimum else "")

    @property
    def note(self) -> str:
        """What stands beside the number, or nothing."""
        if self.on_file is not None:
            return _("reported · %(count)s on file") % {"count": grouped(self.on_file)}
        if self.denominator is not None:
            return _("of %(count)s") % {"count": grouped(self.denominator)}
        return ""

    @property
    def percent(self) -> str:
        """The share with one decimal; nothing where there is no denominator, or nothing in it. Never shown alone."""
        return f"{100 * self.number / self.denominator:.1f}%" if self.denominator else ""

    @property
    def stale_note(self) -> str:
        """What is said wherever stale facts are counted, or nothing."""
        return _("of which %(count)s stale") % {"count": grouped(self.stale)} if self.stale else ""

    @property
    def rows(self) -> int:
        """The number of what is on file, whatever a source states beside it."""
        return self.number if self.on_file is None else self.on_file

    def __str__(self) -> str:
        return " ".join(part for part in (self.shown, self.note, self.stale_note) if part)


@dataclass(frozen=True)
class Doubts:
    """How many rows of a figure nobody has confirmed in time, and how many rest on a visit that is not checked yet.

    None where that is no question of the figure.
    """

    stale: int | None = None
    unchecked: int | None = None

    def __bool__(self) -> bool:
        return bool(self.stale or self.unchecked)

    @property
    def notes(self) -> list[str]:
        said = []
        if self.stale:
            said.append(_("%(count)s stale") % {"count": grouped(self.stale)})
        if self.unchecked:
            said.append(_("%(count)s not checked yet") % {"count": grouped(self.unchecked)})
        return said

    def __str__(self) -> str:
        return " · ".join(self.notes)

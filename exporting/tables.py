"""What a list offers as a file: its columns, what each holds, and who may take it along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from django.utils.functional import Promise

from core.decisions import Decision
from exporting.reading import rows_with

Words = str | Promise
_steps = cache(lambda path: path.split("."))


@cache
def _labels(model: Any, name: str) -> dict[Any, Any]:
    """The words of a field's choices."""
    return dict(model._meta.get_field(name).flatchoices)


def _word(row: Any, name: str) -> Any:
    """As Django's get_…_display, which makes the choices anew for each row: a sixth of the time of a file."""
    value, model = getattr(row, name), row.__class__
    return _labels(model, name).get(value, value)


class Kind(Enum):
    """What the cells of a column are. A DAY takes an instant too; ANY is text, number or day, cell by cell."""

    TEXT = "text"
    WHOLE = "whole number"
    DECIMAL = "decimal"
    DAY = "day"
    MOMENT = "moment"
    YES = "yes or no"
    ANY = "any"


@dataclass(frozen=True)
class Column:
    """`value` is a function of the row or the names that lead to it (`enterprise.legal_name`); the key without one.

    `needs` names relations to fetch with the rows. `is_personal`: name, number or address of a person outside the
    staff, which is in no file unless somebody asks for it. `width` in characters.
    """

    key: str
    label: Words
    value: Callable[[Any], Any] | str = ""
    kind: Kind = Kind.TEXT
    needs: str = ""
    is_personal: bool = False
    about: Words = ""
    width: int = 18

    @property
    def heading(self) -> str:
        """The label in the reader's language."""
        return str(self.label)

    def of(self, row: Any) -> Any:
        """What this row has in this column."""
        if callable(self.value):
            return self.value(row)
        found = row
        for name in _steps(self.value or self.key):
            if found is None:
                return None
            found = _word(found, name[4:-8]) if name.startswith("get_") else getattr(found, name)
        return found() if callable(found) else found


@dataclass(frozen=True)
class Group:
    """Columns that are offered together."""

    label: Words
    columns: tuple[Column, ...]


Reader = Callable[[Any, Sequence[Column]], Iterable[Any]]


def _read(rows: Any, columns: Sequence[Column]) -> Iterator[Any]:
    return rows_with(rows, {need for column in columns for need in column.needs.split()})


@dataclass(frozen=True)
class Table:
    """A list as it can be taken along.

    `key` is the name of its address, as the log keeps it; `usual` are the columns that a file has when none are
    chosen, all that are not personal where it is empty. `read` makes what the columns ask of the rows of the page.
    `page` is the template that asks for the columns; `keeps_columns` where the list itself keeps them in its address.
    """

    key: str
    label: Words
    file: str
    groups: tuple[Group, ...]
    usual: tuple[str, ...] = ()
    read: Reader = _read
    page: str = "exporting/export.html"
    keeps_columns: bool = False

    @property
    def columns(self) -> dict[str, Column]:
        return {column.key: column for group in self.groups for column in group.columns}

    def chosen(self, keys: Iterable[str]) -> list[Column]:
        """The columns asked for, in the order of the table; `all` but personal ones, none or unknown ones the usual."""
        asked, known = set(keys), self.columns
        if "all" in asked:
            asked |= {key for key, column in known.items() if not column.is_personal}
        found = [column for key, column in known.items() if key in asked]
        if found:
            return found
        usual = self.usual or [key for key, column in known.items() if not column.is_personal]
        return [column for key, column in known.items() if key in usual]

    def offered(self, people: Decision | None) -> list[Group]:
        """The groups for this reader: personal columns only where `people` says yes."""
        if people:
            return list(self.groups)
        groups = [
            Group(group.label, tuple(column for column in group.columns if not column.is_personal))
            for group in self.groups
        ]
        return [group for group in groups if group.columns]


def plain_table(key: str, label: Words, file: str, *columns: Column, read: Reader = _read) -> Table:
    """A list whose columns need no groups."""
    return Table(key, label, file, (Group(label, columns),), read=read)

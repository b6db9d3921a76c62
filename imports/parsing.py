"""A row of any list as values of the portal: every cell understood, or said to be wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from imports import cells
from imports.lookups import WordList
from imports.problems import Problem, problem
from imports.reader import Cell
from partnerships import credit_code


@dataclass
class Parsed:
    """What a row says: plain values by field, as JSON keeps them; a blank cell is not there."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class RowParser:
    """Understands the cells of one list; `columns` says which field each column holds.

    What a list sets: `special` holds the fields that are more than a line of text, `words` what their cells may name,
    `longest` how many characters fit.
    """

    special: Mapping[str, Callable[[Parsed, str, Cell], None]]
    words: Mapping[str, WordList]
    longest: Mapping[str, int]

    def __init__(self, columns: Mapping[int, str]) -> None:
        self.columns = columns

    def cells_of(self, row: Sequence[Cell]) -> dict[str, Cell]:
        """The cells that hold anything, by field."""
        found = {key: row[column] for column, key in self.columns.items() if column < len(row)}
        return {key: cell for key, cell in found.items() if cells.text_of(cell)}

    def parse(self, row: Sequence[Cell]) -> Parsed:
        parsed = Parsed()
        for key, cell in self.cells_of(row).items():
            self.special.get(key, self._line)(parsed, key, cell)
        self._settle(parsed)
        return parsed

    def _settle(self, parsed: Parsed) -> None:
        """What must be there, and what follows from several cells together."""
        raise NotImplementedError

    def _line(self, parsed: Parsed, key: str, cell: Cell) -> None:
        self._keep(parsed, key, cells.text_of(cell))

    def _paragraph(self, parsed: Parsed, key: str, cell: Cell) -> None:
        self._keep(parsed, key, cells.paragraph_of(cell))

    def _keep(self, parsed: Parsed, key: str, text: str) -> None:
        if len(text) > self.longest[key]:
            parsed.problems.append(problem(key, "too_long", text, self.longest[key]))
        else:
            parsed.values[key] = text

    def _number(self, parsed: Parsed, key: str, cell: Cell) -> None:
        number = self._understood(parsed, key, cell, cells.number_of(cell))
        if number is not None:
            parsed.values[key] = number

    def _day(self, parsed: Parsed, key: str, cell: Cell) -> None:
        day = self._understood(parsed, key, cell, cells.day_of(cell))
        if isinstance(day, date):
            parsed.values[key] = day.isoformat()

    def _understood(self, parsed: Parsed, key: str, cell: Cell, found: cells.Understood) -> object:
        """The value, if there is one; what is wrong with the cell, or was guessed, is said."""
        if code := found.error or found.note:
            parsed.problems.append(problem(key, code, cell))
        return found.value

    def _code(self, parsed: Parsed, key: str, cell: Cell) -> None:
        """A credit code that is right; any other is left out."""
        code = credit_code.normalise(cells.text_of(cell))
        if cells.digits_were_lost(cell):
            parsed.problems.append(problem(key, "digits_lost", cell))
        elif credit_code.is_valid(code):
            parsed.values[key] = code
        else:
            parsed.problems.append(problem(key, "code_fails", code))

    def _one_of(self, parsed: Parsed, key: str, cell: Cell) -> None:
        meaning = self._meaning(parsed, key, cells.text_of(cell))
        if meaning is not None:
            parsed.values[key] = meaning

    def _several(self, parsed: Parsed, key: str, cell: Cell) -> None:
        meanings = [self._meaning(parsed, key, word) for word in cells.listed(cell)]
        known = [meaning for meaning in meanings if meaning is not None]
        if known:
            parsed.values[key] = list(dict.fromkeys(known))

    def _meaning(self, parsed: Parsed, key: str, word: str) -> object | None:
        """The one thing that a word means; a word that means nothing or several things is said."""
        found = self._find(key, word)
        if len(found) == 1:
            return next(iter(found))
        parsed.problems.append(problem(key, self._unclear(key, found), word))
        return None

    def _find(self, key: str, word: str) -> set[object]:
        return self.words[key].find(word)

    def _unclear(self, key: str, found: set[object]) -> str:
        """The code of the problem with a word that means nothing or several things."""
        return "two_meanings" if found else "unknown"

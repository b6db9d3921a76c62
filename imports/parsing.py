"""A row of a sheet as values of the portal: every cell understood, or said to be wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils import translation

from imports import cells
from imports.lookups import Lookups
from imports.problems import Problem, is_error, problem
from imports.reader import Cell
from partnerships import credit_code
from partnerships.choices.needs import NeedKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise, FormerName
from partnerships.models.needs import Need

TEXTS: dict[str, tuple[type[models.Model], str]] = {
    "legal_name": (Enterprise, "legal_name"),
    "name_en": (Enterprise, "name_en"),
    "short_name": (Enterprise, "short_name"),
    "credit_code": (Enterprise, "credit_code"),
    "city": (Enterprise, "city"),
    "address": (Enterprise, "address"),
    "website": (Enterprise, "website"),
    "former_names": (FormerName, "name"),
    "contact_name": (Contact, "name"),
    "contact_title": (Contact, "title"),
    "contact_department": (Contact, "department"),
    "contact_phone": (Contact, "phone"),
    "contact_landline": (Contact, "landline"),
    "contact_email": (Contact, "email"),
    "contact_wechat": (Contact, "wechat"),
    "need_description": (Need, "description"),
}
LONGEST = {
    key: int(getattr(model._meta.get_field(name), "max_length", 0) or 0) for key, (model, name) in TEXTS.items()
} | {"about": 4000}
_is_website = URLValidator(schemes=["http", "https"])


@dataclass
class Parsed:
    """What a row says: plain values by field, as JSON keeps them; a blank cell is not there."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        return any(is_error(found) for found in self.problems)


class Parser:
    """Understands the cells of one import; `columns` says which field each column holds."""

    def __init__(self, columns: Mapping[int, str], lookups: Lookups) -> None:
        self.columns = columns
        self.lookups = lookups
        self._special: dict[str, Callable[[Parsed, str, Cell], None]] = {
            "credit_code": self._code,
            "former_names": self._former_names,
            "website": self._website,
            "contact_email": self._email,
            "about": self._about,
            "flags": self._flags,
            "need_majors": self._majors,
            **dict.fromkeys(("nature", "industry", "level", "owner", "need_kind"), self._one_of),
            "province": self._province,
            **dict.fromkeys(("staff_count", "need_headcount", "need_pay"), self._number),
            **dict.fromkeys(("staff_counted_on", "need_wanted_by"), self._day),
        }

    def cells_of(self, row: list[Cell]) -> dict[str, Cell]:
        """The cells that hold anything, by field."""
        found = {key: row[column] for column, key in self.columns.items() if column < len(row)}
        return {key: cell for key, cell in found.items() if cells.text_of(cell)}

    def parse(self, row: list[Cell]) -> Parsed:
        parsed = Parsed()
        for key, cell in self.cells_of(row).items():
            self._special.get(key, self._text)(parsed, key, cell)
        self._settle(parsed)
        return parsed

    def _text(self, parsed: Parsed, key: str, cell: Cell) -> None:
        text = cells.text_of(cell)
        if len(text) > LONGEST[key]:
            parsed.problems.append(problem(key, "too_long", text, LONGEST[key]))
        else:
            parsed.values[key] = text

    def _about(self, parsed: Parsed, key: str, cell: Cell) -> None:
        parsed.values[key] = cells.paragraph_of(cell)[: LONGEST[key]]

    def _code(self, parsed: Parsed, key: str, cell: Cell) -> None:
        if cells.digits_were_lost(cell):
            parsed.problems.append(problem(key, "digits_lost", cell))
            return
        code = credit_code.normalise(cells.text_of(cell))
        if len(code) > LONGEST[key]:
            parsed.problems.append(problem(key, "too_long", code, LONGEST[key]))
            return
        parsed.values[key] = code
        if not credit_code.is_valid(code):
            parsed.problems.append(problem(key, "code_fails", code))

    def _former_names(self, parsed: Parsed, key: str, cell: Cell) -> None:
        names = cells.listed(cell)
        if any(len(name) > LONGEST[key] for name in names):
            parsed.problems.append(problem(key, "too_long", cell, LONGEST[key]))
        elif names:
            parsed.values[key] = names

    def _website(self, parsed: Parsed, key: str, cell: Cell) -> None:
        text = cells.text_of(cell)
        address = text if "://" in text else f"https://{text}"
        try:
            _is_website(address)
        except ValidationError:
            parsed.problems.append(problem(key, "not_address", text))
        else:
            self._text(parsed, key, address)

    def _email(self, parsed: Parsed, key: str, cell: Cell) -> None:
        text = cells.text_of(cell)
        try:
            validate_email(text)
        except ValidationError:
            parsed.problems.append(problem(key, "not_email", text))
        else:
            self._text(parsed, key, text)

    def _one_of(self, parsed: Parsed, key: str, cell: Cell) -> None:
        text = cells.text_of(cell)
        found = self.lookups.words[key].find(text)
        unknown, several = ("unknown_person", "two_people") if key == "owner" else ("unknown", "two_meanings")
        if len(found) == 1:
            parsed.values[key] = next(iter(found))
        else:
            parsed.problems.append(problem(key, several if found else unknown, text))

    def _province(self, parsed: Parsed, key: str, cell: Cell) -> None:
        """A province; with the city behind it where the sheet has no other column for that."""
        text = cells.text_of(cell)
        both = None if self.lookups.words[key].find(text) else self.lookups.province_and_city(text)
        if both is None:
            self._one_of(parsed, key, cell)
            return
        parsed.values[key] = both[0]
        parsed.values.setdefault("city", both[1])

    def _flags(self, parsed: Parsed, key: str, cell: Cell) -> None:
        found: list[object] = []
        for word in cells.listed(cell):
            meanings = self.lookups.words[key].find(word)
            if len(meanings) == 1:
                found.extend(meanings)
            else:
                parsed.problems.append(problem(key, "two_meanings" if meanings else "unknown", word))
        if found:
            parsed.values[key] = list(dict.fromkeys(found))

    def _majors(self, parsed: Parsed, key: str, cell: Cell) -> None:
        words = cells.listed(cell)
        found: list[object] = []
        for word in words:
            meanings = self.lookups.words["majors"].find(word)
            found.extend(meanings if len(meanings) == 1 else ())
            if len(meanings) != 1:
                parsed.problems.append(problem(key, "unknown_major", word))
        parsed.values["need_major_words"] = words
        parsed.values["need_unknown_majors"] = [p["cell"] for p in parsed.problems if p["code"] == "unknown_major"]
        if found:
            parsed.values[key] = list(dict.fromkeys(found))

    def _number(self, parsed: Parsed, key: str, cell: Cell) -> None:
        self._take(parsed, key, cell, cells.number_of(cell))

    def _day(self, parsed: Parsed, key: str, cell: Cell) -> None:
        self._take(parsed, key, cell, cells.day_of(cell))

    def _take(self, parsed: Parsed, key: str, cell: Cell, found: cells.Understood) -> None:
        if found.error or found.note:
            parsed.problems.append(problem(key, found.error or found.note, cell))
        if found.value is not None:
            parsed.values[key] = found.value.isoformat() if isinstance(found.value, date) else found.value

    def _settle(self, parsed: Parsed) -> None:
        """What follows from several cells together."""
        values = parsed.values
        if not values.get("legal_name") and not any(p["field"] == "legal_name" for p in parsed.problems):
            parsed.problems.append(problem("legal_name", "required"))
        if both := self.lookups.province_and_city(values.get("city", "")):
            values["city"] = both[1]
            values.setdefault("province", both[0])
        contact = [key for key in values if key.startswith("contact_")]
        if contact and "contact_name" not in values:
            parsed.problems.append(problem("contact_name", "no_contact_name"))
            for key in contact:
                del values[key]
        _settle_need(values)


def _settle_need(values: dict[str, Any]) -> None:
    """A need has a kind and a description: graduates unless something else is said, in words of what is there."""
    if not any(key.startswith("need_") for key in values):
        return
    kind = values.setdefault("need_kind", NeedKind.RECRUIT.value)
    words, unknown = values.pop("need_major_words", []), values.pop("need_unknown_majors", [])
    if "need_description" not in values:
        with translation.override(settings.LANGUAGE_CODE):
            label = str(NeedKind(kind).label)
        values["need_description"] = ("、".join(words) or label)[: LONGEST["need_description"]]
    elif unknown:
        full = f"{values['need_description']}（{'、'.join(unknown)}）"
        values["need_description"] = full[: LONGEST["need_description"]]

"""A row of a list of enterprises as values of the portal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils import translation

from imports import cells
from imports.lookups import Lookups
from imports.parsing import Parsed, RowParser
from imports.problems import problem
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


class EnterpriseParser(RowParser):
    """Understands the cells of one list of enterprises, with a contact and a need of each."""

    longest = LONGEST

    def __init__(self, columns: Mapping[int, str], lookups: Lookups) -> None:
        super().__init__(columns)
        self.lookups = lookups
        self.words = {**lookups.words, "need_majors": lookups.words["majors"]}
        self.special = {
            "credit_code": self._code,
            "former_names": self._former_names,
            "website": self._website,
            "contact_email": self._email,
            "about": self._about,
            "flags": self._several,
            "need_majors": self._majors,
            **dict.fromkeys(("nature", "industry", "level", "owner", "need_kind"), self._one_of),
            "province": self._province,
            **dict.fromkeys(("staff_count", "need_headcount", "need_pay"), self._number),
            **dict.fromkeys(("staff_counted_on", "need_wanted_by"), self._day),
        }

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
            self._keep(parsed, key, address)

    def _email(self, parsed: Parsed, key: str, cell: Cell) -> None:
        text = cells.text_of(cell)
        try:
            validate_email(text)
        except ValidationError:
            parsed.problems.append(problem(key, "not_email", text))
        else:
            self._keep(parsed, key, text)

    def _unclear(self, key: str, found: set[object]) -> str:
        if key == "need_majors":
            return "unknown_major"
        if key == "owner":
            return "two_people" if found else "unknown_person"
        return super()._unclear(key, found)

    def _province(self, parsed: Parsed, key: str, cell: Cell) -> None:
        """A province; with the city behind it where the sheet has no other column for that."""
        text = cells.text_of(cell)
        if not self._find(key, text) and (both := self.lookups.province_and_city(text)):
            parsed.values[key] = both[0]
            parsed.values.setdefault("city", both[1])
        else:
            self._one_of(parsed, key, cell)

    def _majors(self, parsed: Parsed, key: str, cell: Cell) -> None:
        self._several(parsed, key, cell)
        parsed.values["need_major_words"] = cells.listed(cell)
        parsed.values["need_unknown_majors"] = [p["cell"] for p in parsed.problems if p["code"] == "unknown_major"]

    def _settle(self, parsed: Parsed) -> None:
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

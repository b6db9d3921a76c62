"""What can be wrong with a cell or a row, as codes that are kept and sentences that are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.fields import BY_KEY


class Problem(TypedDict):
    """`field` is empty for a problem of the whole row; `cell` is what stands there, `other` what it is about."""

    field: str
    code: str
    cell: str
    other: str


Texts = Mapping[str, str | Promise]
ERRORS: Texts = {
    "required": gettext_lazy("The full name is missing."),
    "unknown": gettext_lazy("“%(cell)s” is not in the code list."),
    "two_meanings": gettext_lazy("“%(cell)s” can mean several entries of the code list. Write the code."),
    "unknown_person": gettext_lazy("Nobody on the staff is called “%(cell)s” or has this staff number."),
    "two_people": gettext_lazy("Several people are called “%(cell)s”. Write the staff number."),
    "not_number": gettext_lazy("“%(cell)s” is not a whole number."),
    "not_date": gettext_lazy("“%(cell)s” is not a day. Write it like 2026-07-06."),
    "too_long": gettext_lazy("The text is too long: %(other)s characters fit."),
    "not_email": gettext_lazy("“%(cell)s” is not an e-mail address."),
    "not_address": gettext_lazy("“%(cell)s” is not the address of a website."),
    "repeated": gettext_lazy("Row %(other)s means the same enterprise. Put both into one row."),
}
WARNINGS: Texts = {
    "code_missing": gettext_lazy("Without a credit code: the file is kept as unverified."),
    "code_fails": gettext_lazy("The check character of the credit code is wrong: the file is kept as unverified."),
    "digits_lost": gettext_lazy(
        "Excel turned the credit code into a number and lost its last digits; the code is left out."
        " Format the column as text."
    ),
    "code_differs": gettext_lazy("The file has another credit code: %(other)s."),
    "code_kept": gettext_lazy("The credit code of the file is right and stays: %(other)s."),
    "range": gettext_lazy("Of “%(cell)s” the smaller number is taken."),
    "month": gettext_lazy("“%(cell)s” names no day: the first of the month is taken."),
    "no_number": gettext_lazy("“%(cell)s” is no number and is left out."),
    "unknown_major": gettext_lazy("The school has no major “%(cell)s”; it stays in the description of the need."),
    "no_contact_name": gettext_lazy("A contact without a name is left out."),
    "former_name": gettext_lazy("The file bore this name before; its name stays %(other)s."),
}


def problem(field: str, code: str, cell: object = "", other: object = "") -> Problem:
    return Problem(field=field, code=code, cell=str(cell)[:120], other=str(other)[:200])


def is_error(found: Problem) -> bool:
    return found["code"] in ERRORS


def sentence(found: Problem) -> str:
    """The problem in the reader's language."""
    text = ERRORS.get(found["code"]) or WARNINGS.get(found["code"]) or found["code"]
    return str(text) % {"cell": found["cell"], "other": found["other"]}


def field_name(found: Problem) -> str:
    """The field as the mapping calls it; the row as a whole where it is no field."""
    field = BY_KEY.get(found["field"])
    return str(field.label) if field else _("The whole row")


@dataclass(frozen=True)
class Remarks:
    """What is said of the rows of one list: its own errors and hints before those of any list, with its own labels.

    `naming` has, for each code whose `other` holds keys, joined by commas, what these are called.
    """

    errors: Texts
    hints: Texts
    labels: Texts
    naming: Mapping[str, Texts] = field(default_factory=dict)

    def is_error(self, found: Problem) -> bool:
        return found["code"] in self.errors or (found["code"] not in self.hints and is_error(found))

    def sentence(self, found: Problem) -> str:
        """The problem in the reader's language."""
        text = self.errors.get(found["code"]) or self.hints.get(found["code"])
        if text is None:
            return sentence(found)
        other = found["other"]
        if names := self.naming.get(found["code"]):
            other = _("; ").join(str(names.get(key, key)) for key in other.split(","))
        return str(text) % {"cell": found["cell"], "other": other}

    def field_name(self, found: Problem) -> str:
        return str(self.labels.get(found["field"], _("The whole row")))

"""What can be wrong with a row of a list of postings, besides what any list can have."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.lists.columns import LABELS
from imports import problems as of_any_list
from imports.problems import Problem

ERRORS: dict[str, str | Promise] = {
    "missing": gettext_lazy("This cell must be filled in."),
    "no_file": gettext_lazy("No such enterprise is on file. Open its file first."),
    "perhaps": gettext_lazy("This enterprise is not on file under that name. Is it perhaps %(other)s?"),
    "other_code": gettext_lazy("The file of this name has another credit code: %(other)s."),
    "unknown_major": gettext_lazy("The school has no major “%(cell)s”."),
    "out_of_range": gettext_lazy("“%(cell)s” is not between %(other)s."),
    "before": gettext_lazy("“%(cell)s” lies before %(other)s."),
    "below": gettext_lazy("The upper end of the pay is below the lower end."),
    "over": gettext_lazy("The last day to apply, %(cell)s, has passed already."),
    "row_repeated": gettext_lazy("Row %(other)s is the same posting already."),
}
HINTS: dict[str, str | Promise] = {
    "kind_guessed": gettext_lazy("The kind is not said; by its title it is: %(other)s."),
    "one_place": gettext_lazy("No number is said: one place is taken."),
    "stays": gettext_lazy("This posting is on file and says otherwise in: %(other)s. It stays as it is."),
    "digits_lost": gettext_lazy("Excel lost the last digits of the credit code; the enterprise is known by its name."),
}


def is_error(found: Problem) -> bool:
    return found["code"] in ERRORS or (found["code"] not in HINTS and of_any_list.is_error(found))


def sentence(found: Problem) -> str:
    """The problem in the reader's language."""
    text = ERRORS.get(found["code"]) or HINTS.get(found["code"])
    if text is None:
        return of_any_list.sentence(found)
    return str(text) % {"cell": found["cell"], "other": _other(found)}


def _other(found: Problem) -> str:
    if found["code"] == "stays":
        return _("; ").join(str(LABELS.get(key, key)) for key in found["other"].split(","))
    return found["other"]


def field_name(found: Problem) -> str:
    return str(LABELS.get(found["field"], _("The whole row")))

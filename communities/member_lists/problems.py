"""What can be wrong with a row of a list of members, besides what any list can have."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.member_lists.columns import LABELS
from imports import problems as of_any_list
from imports.problems import Problem

ERRORS: dict[str, str | Promise] = {
    "no_unit": gettext_lazy("The name of the unit is missing."),
    "no_kind": gettext_lazy("The kind of unit is missing, and its name does not tell it."),
    "unit_repeated": gettext_lazy("Row %(other)s is about the same unit already."),
    "left_early": gettext_lazy("A unit cannot leave before it joined."),
    "ahead": gettext_lazy("This day has not come yet."),
    "no_name": gettext_lazy("The name of the representative is missing."),
    "was_member": gettext_lazy("The unit left on %(other)s; it comes back only with a later joining day."),
}
HINTS: dict[str, str | Promise] = {
    "kind_guessed": gettext_lazy("The kind of unit is told by its name."),
    "code_fails": gettext_lazy("The check character of the credit code is wrong; the unit is looked up by its name."),
    "digits_lost": gettext_lazy("Excel lost the last digits of the credit code; the unit is looked up by its name."),
}


def is_error(found: Problem) -> bool:
    return found["code"] in ERRORS or (found["code"] not in HINTS and of_any_list.is_error(found))


def sentence(found: Problem) -> str:
    """The problem in the reader's language."""
    text = ERRORS.get(found["code"]) or HINTS.get(found["code"])
    if text is None:
        return of_any_list.sentence(found)
    return str(text) % {"cell": found["cell"], "other": found["other"]}


def field_name(found: Problem) -> str:
    return str(LABELS.get(found["field"], _("The whole row")))

"""What can be wrong with a row of a list of members, besides what any list can have."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from communities.member_lists.columns import LABELS
from imports.problems import Remarks, Texts

ERRORS: Texts = {
    "no_unit": gettext_lazy("The name of the unit is missing."),
    "no_kind": gettext_lazy("The kind of unit is missing, and its name does not tell it."),
    "unit_repeated": gettext_lazy("Row %(other)s is about the same unit already."),
    "left_early": gettext_lazy("A unit cannot leave before it joined."),
    "ahead": gettext_lazy("This day has not come yet."),
    "no_name": gettext_lazy("The name of the representative is missing."),
    "was_member": gettext_lazy("The unit left on %(other)s; it comes back only with a later joining day."),
}
HINTS: Texts = {
    "kind_guessed": gettext_lazy("The kind of unit is told by its name."),
    "code_fails": gettext_lazy("The check character of the credit code is wrong; the unit is looked up by its name."),
    "digits_lost": gettext_lazy("Excel lost the last digits of the credit code; the unit is looked up by its name."),
}
REMARKS = Remarks(ERRORS, HINTS, LABELS)
is_error, sentence, field_name = REMARKS.is_error, REMARKS.sentence, REMARKS.field_name

"""What can be wrong with a row of a ledger, besides what any list can have."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from imports.problems import Remarks, Texts
from ledger.past.columns import LABELS

ERRORS: Texts = {
    "no_enterprise": gettext_lazy("The name of the enterprise is missing."),
    "no_day": gettext_lazy("The date of the visit is missing."),
    "ahead": gettext_lazy("“%(cell)s” has not come yet: a visit ahead is planned, not imported."),
    "same_name": gettext_lazy("Several files bear this name: %(other)s. Write the credit code."),
    "other_code": gettext_lazy("The file of this name has another credit code: %(other)s."),
    "row_repeated": gettext_lazy("Row %(other)s says the same visit already."),
    "major_repeated": gettext_lazy("Row %(other)s says this major of the same visit already."),
    "waits": gettext_lazy("This visit is on file and waits for its report: write it there."),
    "refused": "%(other)s",  # a rule has said why, in words
}
HINTS: Texts = {
    "joins": gettext_lazy("One more major of the visit in row %(other)s."),
    "new_file": gettext_lazy("No such enterprise is on file: a new file is opened."),
    "similar": gettext_lazy("A new file is opened. Is it perhaps %(other)s, which is on file?"),
    "former_name": gettext_lazy("The file bore this name before; it is now called %(other)s."),
    "code_fails": gettext_lazy("The check character of the credit code is wrong; it is left out."),
    "digits_lost": gettext_lazy("Excel lost the last digits of the credit code; it is left out."),
    "no_leader": gettext_lazy("Nobody is named who led the visit."),
    "not_staff": gettext_lazy("Nobody on the staff is called “%(cell)s”: the name is kept, it counts for no account."),
    "two_people": gettext_lazy("Several people on the staff are called “%(cell)s”: the name alone is kept."),
    "left_out": gettext_lazy("“%(cell)s” is not known and is left out."),
    "unknown_major": gettext_lazy("The school has no major “%(cell)s”; it stays among the intentions."),
    "no_major": gettext_lazy("Without a major the numbers cannot be counted; they stay among the intentions."),
    "undivided": gettext_lazy("The number is for several majors together: it stands with the first of them."),
    "kept": gettext_lazy("On file is something else, and it stays: %(other)s."),
    "cut": gettext_lazy("The text is too long: the first %(other)s characters are kept."),
}
REMARKS = Remarks(ERRORS, HINTS, LABELS, naming={"kept": LABELS})
is_error, sentence, field_name = REMARKS.is_error, REMARKS.sentence, REMARKS.field_name

"""What can be wrong with a row of a list of postings, besides what any list can have."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from desk.lists.columns import LABELS
from imports.problems import Remarks, Texts
from placements.choices import PostingKind

ERRORS: Texts = {
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
HINTS: Texts = {
    "kind_guessed": gettext_lazy("The kind is not said; by its title it is: %(other)s."),
    "one_place": gettext_lazy("No number is said: one place is taken."),
    "stays": gettext_lazy("This posting is on file and says otherwise in: %(other)s. It stays as it is."),
    "digits_lost": gettext_lazy("Excel lost the last digits of the credit code; the enterprise is known by its name."),
}
REMARKS = Remarks(ERRORS, HINTS, LABELS, naming={"stays": LABELS, "kind_guessed": dict(PostingKind.choices)})
is_error, sentence, field_name = REMARKS.is_error, REMARKS.sentence, REMARKS.field_name

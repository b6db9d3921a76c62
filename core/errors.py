"""Refusals that are shown to the person as they are written."""

from __future__ import annotations

from django.utils.translation import gettext as _


class RuleBroken(Exception):
    """What was asked cannot be done now; the text is for the person who asked.

    `field` names what it is about, where that is one field of the form.
    """

    def __init__(self, text: str, *, field: str | None = None) -> None:
        self.field = field
        super().__init__(text)


class StaleEdit(RuleBroken):
    """Somebody else saved the record after this form was opened."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Someone else saved this record after you opened it. Your entries are still here: "
                "compare them with the saved values, then save again to keep yours."
            )
        )

"""The form of a posting in an enterprise's words: a new one, or one that the school sent back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.acting import attempt_edit, attempt_once
from desk.forms import CorrectionForm, OfferForm
from desk.services.offering import Said
from partnerships.models.contacts import Contact
from placements.fields.posting_rows import PostingRowForms
from placements.models.postings import Posting


@dataclass(frozen=True)
class Sheet:
    """A form with its rows; `posting` where one is corrected."""

    form: Any
    rows: PostingRowForms
    posting: Posting | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it was sent and is right; each part is looked at, so that all that is wrong is said."""
        is_right = self.form.is_bound and self.form.is_valid()
        return self.form.is_bound and self.rows.are_valid() and is_right

    @property
    def status(self) -> int:
        return 422 if self.form.errors or self.rows.wrong else 200

    def offer(self, act: Callable[[Said], str]) -> str:
        """Offer a new one, once; where it stands now, or nothing where it was refused."""
        return attempt_once(self.form, lambda: act(self.form.said(self.rows.rows))) if self.is_whole else ""

    def correct(self, act: Callable[[int, Said], object]) -> bool:
        """Offer anew what was sent back; whether that was done."""
        if self.posting is None or not self.is_whole:
            return False
        version = self.form.cleaned_data["version"]
        return attempt_edit(self.form, self.posting, lambda: act(version, self.form.said(self.rows.rows)))


def new_sheet(data: Any, contact: Contact | None) -> Sheet:
    return Sheet(OfferForm(data, contact=contact), PostingRowForms(data))


def sheet_of(posting: Posting, data: Any, contact: Contact | None) -> Sheet:
    form = CorrectionForm(data, instance=posting, contact=contact, initial={"version": posting.version})
    return Sheet(form, PostingRowForms(data, posting=posting), posting)

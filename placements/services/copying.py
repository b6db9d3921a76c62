"""An earlier posting as the draft of a new one: what it asks stays, its days move on by whole years."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models.people import User
from core.saving import lock
from placements import rules
from placements.choices import PostingSource
from placements.models.postings import Posting
from placements.services.posting_rows import PostingRows, QuestionRow, rows_as_they_are
from placements.services.postings import DAYS, FIELDS, draft_posting


def years_later(day: date, years: int) -> date:
    """The same day of a later year; the 29th of February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def years_on(closes: date, *, today: date) -> int:
    """The fewest whole years, at least one, that bring a closing day ahead of today."""
    years = max(1, today.year - closes.year)
    return years if years_later(closes, years) > today else years + 1


@transaction.atomic
def copy_posting(posting: Posting, *, by: User, at: datetime) -> Posting:
    """A new draft with the questions and languages of an earlier posting, for the class and the days of its year.

    Who follows the earlier one is found by `copied_from`. A contact who has left is not taken along.
    """
    posting = lock(posting)
    rules.can_draft(by).or_raise()
    rows = rows_as_they_are(posting)
    return draft_posting(
        posting.enterprise,
        fields=_moved_on(posting, today=timezone.localdate(at)),
        majors=posting.majors.all(),
        rows=PostingRows(tuple(_anew(row) for row in rows.questions), rows.languages),
        by=by,
        at=at,
        source=PostingSource.COPY,
        copied_from=posting,
    )


def _moved_on(posting: Posting, *, today: date) -> dict[str, Any]:
    years = years_on(posting.closes_on, today=today)
    fields = {name: getattr(posting, name) for name in FIELDS}
    fields |= {name: years_later(fields[name], years) for name in DAYS if fields[name]}
    if posting.class_of:
        fields["class_of"] = posting.class_of + years
    contact = posting.contact
    if contact and contact.has_left(today):
        fields |= {"contact": None, "contact_shown": False}
    return fields


def _anew(row: QuestionRow) -> QuestionRow:
    return QuestionRow(row.text, row.text_en, row.kind, row.choices, row.is_required)

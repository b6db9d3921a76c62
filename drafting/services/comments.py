"""Remarks on a draft: made, settled, opened again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock
from drafting import rules
from drafting.models.reviews import DraftComment
from drafting.models.texts import Revision
from drafting.services import letters
from partnerships.models.agreements import Agreement


@transaction.atomic
def comment_on_draft(
    agreement: Agreement,
    *,
    text: str,
    revision: Revision | None = None,
    clause: int | None = None,
    by: User,
    at: datetime,
) -> DraftComment:
    """Remark on the draft as a whole, or on a clause (by its number) of a revision of its text."""
    rules.can_comment(by).or_raise()
    if revision is not None and revision.agreement_id != agreement.pk:
        raise RuleBroken(_("This text is of another agreement."))
    if clause is not None and (revision is None or not revision.clauses.filter(place=clause).exists()):
        raise RuleBroken(_("The text has no clause of this number."), field="clause")
    comment: DraftComment = agreement.draft_comments.create(revision=revision, clause=clause, text=text, by=by, at=at)
    letters.tell_of_comment(comment)
    return comment


@transaction.atomic
def settle_comment(comment: DraftComment, *, by: User, at: datetime) -> DraftComment:
    """Say that nothing is left to do about a remark; doing so twice keeps who was first."""
    comment = _locked(comment)
    rules.can_settle(by, comment).or_raise()
    if comment.settled_at is None:
        comment.settled_by, comment.settled_at = by, at
        comment.save(update_fields=["settled_by", "settled_at"])
    return comment


@transaction.atomic
def reopen_comment(comment: DraftComment, *, by: User) -> DraftComment:
    comment = _locked(comment)
    rules.can_settle(by, comment).or_raise()
    comment.settled_by = comment.settled_at = None
    comment.save(update_fields=["settled_by", "settled_at"])
    return comment


def _locked(comment: DraftComment) -> DraftComment:
    agreement = lock(comment.agreement)
    fresh = DraftComment.objects.get(pk=comment.pk)
    fresh.agreement = agreement
    return fresh

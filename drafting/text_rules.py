"""Who may do what while a text is drawn up; when it is possible is said by the services."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models.people import User
from core.decisions import YES, Decision, no
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement
from partnerships.rules import can_change_agreement


def can_keep_templates(user: User) -> Decision:
    """Standard texts and the letterhead."""
    if user.is_office:
        return YES
    return no(_("Only the employment office changes templates and the letterhead."))


def can_write_text(user: User, agreement: Agreement) -> Decision:
    """Whoever may change the agreement, while it is a draft. Reads agreement.colleges."""
    decision = can_change_agreement(user, agreement)
    if decision and agreement.state != AgreementState.DRAFT:
        return no(text_is_closed())
    return decision


def text_is_closed() -> str:
    return _("The text changes while the agreement is a draft. Bring it back to draft first.")

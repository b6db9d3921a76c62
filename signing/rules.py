"""Who may do what with signing; when it is possible is said by the state of the agreement."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.decisions import YES, Decision, no
from partnerships import rules
from partnerships.models.agreements import Agreement, AgreementParty
from signing.choices import ONLINE
from signing.models import SigningRequest


def can_prepare_signing(user: User) -> Decision:
    """Say who is to sign, send it out, withdraw it, record what came on paper."""
    return rules.can_sign_agreement(user)


def can_sign(user: User, request: SigningRequest) -> Decision:
    """Nobody signs for somebody else."""
    if request.user_id == user.pk:
        return YES
    return no(_("Only who was asked may sign here."))


def can_be_asked(user: User, agreement: Agreement) -> Decision:
    """A colleague who is to sign must be able to read what is signed. Reads agreement.colleges."""
    if user.is_active and rules.can_own_agreement(user, agreement):
        return YES
    return no(_("%(name)s cannot read this agreement, and so cannot sign it.") % {"name": user})


def can_sign_for(party: AgreementParty, agreement: Agreement, *, way: str, user: User | None) -> Decision:
    """For the school, leadership signs a framework agreement: in the portal, or as the office records it."""
    if not (party.is_school and agreement.kind.needs_leadership) or way not in ONLINE:
        return YES
    if way == "portal" and user is not None and user.has_role(Role.LEADER):
        return YES
    return no(_("For the school a framework agreement is signed by leadership, in the portal or on paper."))

"""Who may do what with partnerships; when it is possible is said by the tables in choices."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from accounts.models.school import College
from core.decisions import YES, Decision, no
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.enterprises import Enterprise
from partnerships.models.lists import SavedView
from partnerships.models.notes import Note


def can_add_enterprise(user: User) -> Decision:
    if user.is_office:
        return YES
    return no(_("Only the employment office opens an enterprise's file."))


def can_merge(user: User) -> Decision:
    """Files that may be of one enterprise: say that they are two, merge them, undo that."""
    if user.is_office:
        return YES
    return no(_("Only the employment office merges files."))


def can_change_enterprise(user: User, enterprise: Enterprise) -> Decision:
    """The office, and staff who own the file or stand in for its owner."""
    mine = user.pk in (enterprise.owner_id, enterprise.deputy_id)
    if user.is_office or (mine and user.has_role(Role.COLLEGE)):
        return YES
    return no(_("Only the employment office and the owner of this file may change it."))


def can_keep_file(user: User) -> Decision:
    """Contacts and needs: the office and staff of any college."""
    if user.is_office or user.has_role(Role.COLLEGE):
        return YES
    return no(_("Only the employment office and college staff keep contacts and needs."))


def can_export_contacts(user: User) -> Decision:
    """Names and numbers of people leave the portal in one file: by the office alone."""
    if user.is_office:
        return YES
    return no(_("Only the employment office exports contacts."))


def can_write_note(user: User) -> Decision:
    """All staff: who was there writes down what was said."""
    if user.is_school_staff:
        return YES
    return no(_("Only staff of the school write notes."))


def can_change_note(user: User, note: Note) -> Decision:
    if note.author_id == user.pk:
        return YES
    return no(_("A note is changed only by who wrote it."))


def can_remove_paper(user: User) -> Decision:
    if user.is_office:
        return YES
    return no(_("Only the employment office takes papers out of a file."))


def can_draft_agreement(user: User, colleges: Iterable[College] | None = None) -> Decision:
    """The office for everyone; college staff for their own colleges. None asks before they are chosen."""
    if user.is_office or (colleges is None and user.college_ids):
        return YES
    if not user.college_ids:
        return no(_("Only the employment office and college staff draft agreements."))
    chosen = {college.pk for college in colleges or ()}
    if chosen and chosen <= user.college_ids:
        return YES
    return no(_("College staff draft agreements of their own college: choose it as the college."))


def _is_of_my_college(user: User, agreement: Agreement) -> bool:
    """Reads agreement.colleges, which a selector may have fetched with it."""
    return bool(user.college_ids) and any(college.pk in user.college_ids for college in agreement.colleges.all())


def can_change_agreement(user: User, agreement: Agreement) -> Decision:
    """The office always; a college's staff while their agreement is a draft."""
    if user.is_office:
        return YES
    if not _is_of_my_college(user, agreement):
        return no(_("Only the employment office and staff of its college may change this agreement."))
    if agreement.state != AgreementState.DRAFT:
        return no(_("After the draft only the employment office changes an agreement."))
    return YES


def can_own_agreement(user: User, agreement: Agreement) -> Decision:
    """Whoever sees it: see also AgreementQuerySet.visible_to. Reads agreement.colleges."""
    whole_school = not agreement.colleges.all()
    if user.is_office or user.has_role(Role.LEADER) or (user.college_ids and whole_school):
        return YES
    if _is_of_my_college(user, agreement):
        return YES
    return no(_("College staff look after agreements of their own college."))


def can_move_agreement(user: User, agreement: Agreement, to: AgreementState) -> Decision:
    """The office everywhere; a college's staff send their own draft to review."""
    if user.is_office:
        return YES
    if to == AgreementState.IN_REVIEW and can_change_agreement(user, agreement):
        return YES
    return no(_("Only the employment office moves an agreement on."))


def can_number_agreement(user: User) -> Decision:
    if user.is_office:
        return YES
    return no(_("Only the employment office gives agreements their numbers."))


def can_sign_agreement(user: User) -> Decision:
    """Signatures and signed copies are filed by the office."""
    if user.is_office:
        return YES
    return no(_("Only the employment office records signatures."))


def can_promise(user: User, agreement: Agreement | None) -> Decision:
    """Under an agreement: the office and its college. Without one: whoever may report a visit."""
    if user.is_office or (agreement is None and user.is_school_staff):
        return YES
    if agreement is not None and _is_of_my_college(user, agreement):
        return YES
    return no(_("Only the employment office and staff of its college record promises of this agreement."))


def can_close_promise(user: User, commitment: Commitment) -> Decision:
    agreement = commitment.agreement
    if user.is_office:
        return YES
    if user.has_role(Role.COLLEGE) and (agreement is None or _is_of_my_college(user, agreement)):
        return YES
    return no(_("Only the employment office and staff of its college say what became of a promise."))


def can_decide_renewal(user: User, agreement: Agreement) -> Decision:
    """Before an agreement ends: the office, and its owner."""
    if user.is_office or (user.is_school_staff and agreement.owner_id == user.pk):
        return YES
    return no(_("Only the employment office and the owner of this agreement decide about its renewal."))


def can_change_view(user: User, view: SavedView) -> Decision:
    """A saved view is its owner's own, also where others use it."""
    if user.pk == view.owner_id:
        return YES
    return no(_("Only who saved this view may change it."))


def can_share_view(user: User) -> Decision:
    if user.is_office:
        return YES
    return no(_("Only the employment office shares a view with all staff."))


def can_change_many(user: User) -> Decision:
    """The actions for many files at once: whoever may change any file at all."""
    if user.is_office or user.has_role(Role.COLLEGE):
        return YES
    return no(_("Only the employment office and college staff change files."))


def files_to_change(user: User, rows: QuerySet[Enterprise]) -> QuerySet[Enterprise]:
    """Those of many files that can_change_enterprise says yes to."""
    if user.is_office:
        return rows
    if user.has_role(Role.COLLEGE):
        return rows.filter(Q(owner=user) | Q(deputy=user))
    return rows.none()

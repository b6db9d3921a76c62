"""Who may do what with postings and applications; the tables in choices.py say when."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import StudentProfile, User
from core.decisions import YES, Decision, no
from partnerships.models.contacts import Contact
from placements.choices import ApplicationState, PostingState
from placements.models.applications import Application
from placements.models.postings import Posting

COLLEGE_MAY_CHANGE = frozenset({PostingState.DRAFT, PostingState.REJECTED})
OFFICE_MAY_CHANGE = COLLEGE_MAY_CHANGE | {PostingState.IN_REVIEW, PostingState.PUBLISHED}
COLLEGE_MAY_MOVE_TO = frozenset({PostingState.IN_REVIEW, PostingState.DRAFT})
STUDENT_MOVES = frozenset({ApplicationState.ACCEPTED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN})
ENTERPRISE_MOVES = frozenset(
    {
        ApplicationState.SEEN,
        ApplicationState.SHORTLISTED,
        ApplicationState.INTERVIEW,
        ApplicationState.OFFERED,
        ApplicationState.REJECTED,
    }
)


def can_draft(user: User) -> Decision:
    if user.is_office or user.has_role(Role.COLLEGE):
        return YES
    return no(_("Postings are drafted by the employment office and by colleges."))


def can_change(user: User, posting: Posting) -> Decision:
    if user.is_office:
        if posting.state in OFFICE_MAY_CHANGE:
            return YES
        return no(_("A posting that has ended is not changed any more."))
    own = _of_own_college(user, posting)
    if own and posting.state not in COLLEGE_MAY_CHANGE:
        return no(_("Once it has been sent to review, a posting is changed by the employment office."))
    return own


def can_move(user: User, posting: Posting, to: PostingState) -> Decision:
    if user.is_office:
        return YES
    own = _of_own_college(user, posting)
    if not own:
        return own
    if to in COLLEGE_MAY_MOVE_TO or (to == PostingState.WITHDRAWN and posting.state == PostingState.DRAFT):
        return YES
    return no(_("Only the employment office publishes, rejects and closes postings."))


def can_lift(user: User) -> Decision:
    """Who lets a posting pass in spite of what a rule found; see holding.MUST_CHANGE for what passes for nobody."""
    if user.is_office:
        return YES
    return no(_("Only the employment office lets a posting pass."))


def can_keep_lists(user: User) -> Decision:
    """Held words, minimum wages and trusted enterprises."""
    if user.is_office:
        return YES
    return no(_("These lists are kept by the employment office."))


def can_look_after(user: User, posting: Posting) -> Decision:
    """Whoever may be named as its author: the office, and a college whose majors it asks for. Reads posting.majors."""
    majors = posting.majors.all()
    if user.is_office:
        return YES
    if user.college_ids and (not majors or any(major.college_id in user.college_ids for major in majors)):
        return YES
    return no(_("Postings are looked after by the employment office and by a college whose majors they ask for."))


def _of_own_college(user: User, posting: Posting) -> Decision:
    """College staff look after what they drafted and what names a major of their college."""
    if not user.college_ids:
        return no(_("Postings are looked after by the employment office and by colleges."))
    if posting.created_by_id == user.pk:
        return YES
    if any(major.college_id in user.college_ids for major in posting.majors.all()):
        return YES
    return no(_("This posting is not one of your college."))


def can_apply(user: User | AnonymousUser) -> Decision:
    if not isinstance(user, User):
        return no(_("Sign in to apply."))
    if not user.has_role(Role.STUDENT):
        return no(_("Only students apply."))
    if not StudentProfile.objects.filter(user=user).exists():
        return no(_("The portal does not know your major and class yet. Ask your college to enter them."))
    return YES


def can_change_resume(user: User, student: int | None) -> Decision:
    """A résumé is its student's alone; others read what was sent with an application."""
    if user.pk == student:
        return YES
    return no(_("Only the student changes a résumé."))


def can_see_applicants(user: User) -> Decision:
    """Who opens single applications of others; leadership reads their numbers only."""
    if user.is_office or user.college_ids:
        return YES
    return no(_("Applications are seen by the employment office and the student's college."))


def can_invite(user: User) -> Decision:
    """Whom they may invite is asked of StudentProfile.visible_to."""
    if user.is_office or user.college_ids:
        return YES
    return no(_("Students are invited by the employment office and by their college."))


def can_move_application(user: User, application: Application, to: ApplicationState) -> Decision:
    if to in STUDENT_MOVES:
        if application.student_id == user.pk:
            return YES
        return no(_("Only the student decides this."))
    return _looks_after_student(user, application)


def _looks_after_student(user: User, application: Application) -> Decision:
    if user.is_office:
        return YES
    if not user.college_ids:
        return no(_("Applications are moved on by the employment office and the student's college."))
    profile = getattr(application.student, "student_profile", None)
    if profile is None or profile.major.college_id not in user.college_ids:
        return no(_("This student is not one of your college."))
    return YES


def can_note(user: User, application: Application) -> Decision:
    """Notes are for those who move the application on, and never for the student it is about."""
    if application.student_id == user.pk:
        return no(_("Notes are written among staff."))
    return _looks_after_student(user, application)


def can_offer_hours(user: User, posting: Posting) -> Decision:
    """The office, and the college that looks after the posting; reads posting.majors."""
    return YES if user.is_office else _of_own_college(user, posting)


def can_book(user: User, application: Application) -> Decision:
    return YES if application.student_id == user.pk else no(_("Only the student decides this."))


def can_keep_reasons(user: User) -> Decision:
    if user.is_office:
        return YES
    return no(_("The list of reasons is kept by the employment office."))


def can_act_for_enterprise(contact: Contact, posting: Posting, *, on: date) -> Decision:
    """A contact acts on postings of their own enterprise, for as long as they work there."""
    if contact.enterprise_id != posting.enterprise_id:
        return no(_("This posting is not one of your enterprise."))
    if contact.has_left(on):
        return no(_("You are on file as no longer working at this enterprise."))
    return YES


def can_move_for_enterprise(contact: Contact, application: Application, to: ApplicationState, *, on: date) -> Decision:
    """The enterprise answers; it neither decides for the student nor closes what it left unanswered."""
    if to in STUDENT_MOVES:
        return no(_("Only the student decides this."))
    if to not in ENTERPRISE_MOVES:
        return no(_("Applications without a reply are closed by the school."))
    return can_act_for_enterprise(contact, application.posting, on=on)

"""Who may do what with campaigns and visits; the table in choices.py says when."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.decisions import YES, Decision, no
from events import rules as event_rules
from partnerships import rules as partnership_rules
from partnerships.choices.agreements import Side
from placements import rules as placement_rules
from visits.choices import AHEAD, REPORTED, Direction, ParticipantPart, VisitState
from visits.models.results import Evidence, FollowUp
from visits.models.visits import Participant, Visit

ORGANISER_MAY_CHANGE = frozenset({VisitState.PLANNED, VisitState.CONFIRMED, VisitState.HELD})


def can_keep_campaigns(user: User) -> Decision:
    """Campaigns, their targets, and totals that sources state."""
    if user.is_office:
        return YES
    return no(_("Only the employment office keeps campaigns."))


def can_plan(user: User) -> Decision:
    if user.is_office or user.has_role(Role.COLLEGE):
        return YES
    return no(_("Visits are planned by the employment office and by colleges."))


def can_change(user: User, visit: Visit) -> Decision:
    """The office until a visit is checked or called off; whoever organised it until it is reported."""
    if visit.state == VisitState.CANCELLED:
        return no(_("A visit that was called off is not changed any more."))
    if visit.state == VisitState.CHECKED:
        return no(_("Once it is checked, a visit is corrected with a reason that is kept."))
    if user.is_office:
        return YES
    if not organised(user, visit):
        return no(_("Only the employment office and the organiser change a visit."))
    if visit.state not in ORGANISER_MAY_CHANGE:
        return no(_("Once it is reported, a visit is changed by the employment office."))
    return YES


def can_join(user: User, visit: Visit) -> Decision:
    """Read the link of an online meeting: who takes part, the organiser, and the office."""
    if user.is_office or organised(user, visit) or any(seat.user_id == user.pk for seat in visit.participants.all()):
        return YES
    return no(_("The link of a meeting is for those who take part in it."))


def can_ask(user: User, visit: Visit) -> Decision:
    """Write down the questions to ask: whoever may change the plan, and everyone of the school who takes part."""
    taking_part = any(person.user_id == user.pk and person.user_id for person in visit.participants.all())
    if visit.state in AHEAD and user.is_school_staff and taking_part:
        return YES
    return can_change(user, visit)


def can_report(user: User, visit: Visit) -> Decision:
    """The office, the organiser, who led it, and who writes for whoever led it."""
    if user.is_office or organised(user, visit) or leads(user, visit) or written_for(user, visit):
        return YES
    return no(_("A visit is reported by who led it or writes for them, its organiser, or the employment office."))


def can_move(user: User, visit: Visit, to: VisitState) -> Decision:
    """Checking is for the office alone; calling off also for the organiser; the rest for the leader too."""
    if to == VisitState.CHECKED:
        return can_check(user, visit)
    if user.is_office:
        return YES
    if to == VisitState.CANCELLED and visit.state in REPORTED:
        return no(_("Once it is reported, a visit is called off by the employment office."))
    if to == VisitState.CANCELLED and not organised(user, visit):
        return no(_("A visit is called off by its organiser or the employment office."))
    if organised(user, visit) or leads(user, visit):
        return YES
    return no(_("A visit is moved on by who leads it, its organiser, or the employment office."))


def can_draw_event(user: User, visit: Visit) -> Decision:
    """Make an event for students of an incoming visit that has none."""
    if visit.event_id or visit.direction != Direction.INCOMING or visit.state == VisitState.CANCELLED:
        return no(_("Only guests who come to the school meet students there."))
    return event_rules.can_hold_event(user)


def can_check(user: User, visit: Visit) -> Decision:
    """The office, but nobody what they wrote themselves: a second pair of eyes is the point of it."""
    if not user.is_office:
        return no(_("Only the employment office checks visits."))
    if visit.reported_by_id == user.pk:
        return no(_("You wrote this report: somebody else of the employment office checks it."))
    return YES


def can_return(user: User) -> Decision:
    """Give a report back with a remark."""
    if user.is_office:
        return YES
    return no(_("Only the employment office returns reports."))


def can_correct(user: User, visit: Visit, *, is_returned: bool) -> Decision:
    """The office at any time; whoever may report the visit while the report is returned to them."""
    if visit.state not in REPORTED:
        return no(_("There is no report to correct."))
    if user.is_office:
        return YES
    if visit.state == VisitState.CHECKED:
        return no(_("Once it is checked, a report is corrected by the employment office."))
    if not is_returned:
        return no(_("A report is corrected while it is returned, or by the employment office."))
    return can_report(user, visit)


def can_add_evidence(user: User, visit: Visit) -> Decision:
    """Whoever may report it, and everyone of the school who took part."""
    if can_report(user, visit) or any(person.user_id == user.pk for person in visit.participants.all()):
        return YES
    return no(_("Evidence is added by people who took part and by the employment office."))


def can_draw_agreement(user: User, visit: Visit) -> Decision:
    """Whoever drafts agreements at all; partnerships asks again about the colleges."""
    return partnership_rules.can_draft_agreement(user)


def can_draw_posting(user: User, visit: Visit) -> Decision:
    return placement_rules.can_draft(user)


def can_link(user: User, visit: Visit) -> Decision:
    """Say that something came of a visit."""
    if user.is_office or user.has_role(Role.COLLEGE) or can_report(user, visit):
        return YES
    return no(_("What came of a visit is noted by the employment office and by colleges."))


def can_remove_evidence(user: User, evidence: Evidence) -> Decision:
    """The office; before the check also whoever added it."""
    if user.is_office:
        return YES
    if evidence.visit.state == VisitState.CHECKED:
        return no(_("Once the visit is checked, its evidence is removed by the employment office."))
    if user.is_school_staff and evidence.added_by_id == user.pk:
        return YES
    return no(_("Evidence is removed by who added it and by the employment office."))


def can_follow_up(user: User, visit: Visit) -> Decision:
    """Note what is to be done: the office, colleges, and everyone of the school who took part."""
    if user.has_role(Role.COLLEGE) or can_add_evidence(user, visit):
        return YES
    return no(_("Follow-ups are noted by people who took part, by colleges, and by the employment office."))


def can_close_follow_up(user: User, follow_up: FollowUp) -> Decision:
    """Its owner, the organiser of the visit, and the office."""
    if user.is_office or follow_up.owner_id == user.pk or organised(user, follow_up.visit):
        return YES
    return no(_("A follow-up is closed by its owner, the organiser of the visit, or the employment office."))


def can_hand_over(user: User) -> Decision:
    """Move what somebody looks after to others, and back."""
    if user.is_office:
        return YES
    return no(_("Only the employment office hands work over."))


def organised(user: User, visit: Visit) -> bool:
    return user.is_school_staff and visit.organiser_id == user.pk


def leads(user: User, visit: Visit) -> bool:
    """Reads visit.participants, which a selector may have fetched with it."""
    return user.is_school_staff and any(
        person.user_id == user.pk and _is_leading(person) for person in visit.participants.all()
    )


def _is_leading(person: Participant) -> bool:
    return person.side == Side.SCHOOL and person.part == ParticipantPart.LEADS


def written_for(user: User, visit: Visit) -> User | None:
    """The leader of the visit whose paperwork this person does today; nobody where the person leads it.

    Reads visit.participants with their accounts, which a selector may have fetched with it.
    """
    if not user.is_school_staff or leads(user, visit):
        return None
    leading = (person for person in visit.participants.all() if person.user_id and _is_leading(person))
    return next((person.user for person in leading if person.user_id in user.leader_ids), None)

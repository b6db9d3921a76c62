"""A report as the office likes it: evidence, people of both sides, offers."""

from datetime import date, time

from partnerships.choices.agreements import Side
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import EvidenceFactory, OutcomeFactory, ParticipantFactory, reported_visit
from visits.choices import EvidenceKind, ParticipantPart, VisitState
from visits.models.visits import Visit

TUESDAY = date(2026, 11, 10)


def whole_report(leader, *, by=None, places=(5, 10), **fields) -> Visit:
    """Nothing is doubtful of it."""
    enterprise = fields.pop("enterprise", None) or EnterpriseFactory(staff_count=200)
    said = {"starts_on": TUESDAY, "starts_at_time": time(9, 30), "reported_by": by or leader, **fields}
    visit = reported_visit(enterprise=enterprise, **said)
    visit.participants.create(side=Side.SCHOOL, user=leader, name=leader.name, part=ParticipantPart.LEADS)
    ParticipantFactory(visit=visit, name="钱总")
    OutcomeFactory(visit=visit, posts=places[0], internships=places[1], post_pay=5000, internship_pay=3000)
    EvidenceFactory(visit=visit, kind=EvidenceKind.PHOTO, name="合影")
    return visit


def checked(visit: Visit) -> Visit:
    """As the office closed it, without the way there."""
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.CHECKED)
    visit.refresh_from_db()
    return visit

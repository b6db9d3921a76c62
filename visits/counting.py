"""What campaigns count: one definition each, as the rows themselves; pages and figures sum them up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from accounts.models.people import RoleGrant, User
from accounts.models.school import College
from partnerships.choices.agreements import AgreementState, Side
from partnerships.models.agreements import Agreement, AgreementQuerySet
from partnerships.models.enterprises import Enterprise, EnterpriseQuerySet
from visits import newly_opened
from visits.choices import IntentionKind, IntentionState, Measure, ParticipantPart
from visits.models.campaigns import Campaign
from visits.models.results import Intention, Outcome, OutcomeQuerySet
from visits.models.visits import Participant, Visit, VisitQuerySet

SIGNED_ONCE = (AgreementState.SIGNED, AgreementState.RENEWED)


def counted_visits(campaign: Campaign | None) -> VisitQuerySet:
    """Visits that took place, of a campaign or of the whole school; planned and cancelled ones count nowhere."""
    visits: VisitQuerySet = Visit.objects.took_place()
    return visits if campaign is None else visits.filter(campaigns=campaign)


def led_by_role(visits: VisitQuerySet, role: str, *, on: date) -> VisitQuerySet:
    """Of some visits those that a person led who held a role that day; without a date, on the day given."""
    grants = RoleGrant.objects.in_force(Coalesce(OuterRef("visit__starts_on"), Value(on)))  # type: ignore[arg-type]
    held = grants.filter(user=OuterRef("user"), role=role)
    leading = Participant.objects.filter(
        Exists(held), visit=OuterRef("pk"), side=Side.SCHOOL, part=ParticipantPart.LEADS
    )
    return visits.filter(Exists(leading))


def with_any_of(visits: VisitQuerySet, people: Iterable[User]) -> VisitQuerySet:
    """Of some visits those at which at least one of these people was present for the school, leading or not."""
    return visits.filter(Exists(_of_the_school().filter(visit=OuterRef("pk"), user__in=people)))


def of_college(visits: VisitQuerySet, college: College) -> VisitQuerySet:
    """Of some visits those of one college; a visit may count for several colleges."""
    return visits.filter(colleges=college)


def visited_enterprises(campaign: Campaign | None) -> EnterpriseQuerySet:
    """Distinct enterprises with at least one visit that counts; three visits to one count once."""
    return enterprises_of(counted_visits(campaign))


def enterprises_of(visits: VisitQuerySet) -> EnterpriseQuerySet:
    """The distinct enterprises of some visits."""
    enterprises: EnterpriseQuerySet = Enterprise.objects.filter(pk__in=visits.order_by().values("enterprise"))
    return enterprises


def new_enterprises(campaign: Campaign | None) -> EnterpriseQuerySet:
    """Enterprises visited in a campaign with which the school had nothing to do before it.

    What "newly opened" (新开拓) means is a setting (visits.newly_opened). A campaign without days begins, for
    each enterprise, with its own first visit there. Without a campaign every visited enterprise was new once.
    """
    visited = visited_enterprises(campaign)
    if campaign is None:
        return visited
    return newly_opened.among(visited, campaign, counted_visits(campaign))


def person_times(visits: VisitQuerySet) -> QuerySet[Participant]:
    """Person-times (参与人次): each person of the school who was present at a visit, once for each of the visits."""
    return _of_the_school().filter(visit__in=_keys(visits))


def openings(campaign: Campaign | None) -> OutcomeQuerySet:
    """What was offered per major at visits that count; `places()` of them sums posts and internships."""
    return openings_at(counted_visits(campaign))


def openings_at(visits: VisitQuerySet) -> OutcomeQuerySet:
    """What was offered per major at some visits."""
    return Outcome.objects.filter(visit__in=_keys(visits))


def agreements_of(visits: VisitQuerySet) -> AgreementQuerySet:
    """Agreements that visits led to: linked to one of them and signed at some time.

    One that ended early counts when its signing day is on file; several visits may have led to one agreement.
    """
    links = Agreement.visits.through._default_manager.filter(visit__in=_keys(visits))
    ended = Q(state=AgreementState.ENDED, signed_on__isnull=False)
    signed: AgreementQuerySet = Agreement.objects.filter(Q(state__in=SIGNED_ONCE) | ended)
    return signed.filter(pk__in=links.values("agreement"))


def bases_of(visits: VisitQuerySet) -> AgreementQuerySet:
    """Practice bases: of the agreements that visits led to, those of a kind that makes a base."""
    return agreements_of(visits).filter(kind__makes_base=True)


def recruitments_of(visits: VisitQuerySet) -> QuerySet[Intention]:
    """Campus recruitments (来校招聘) that were agreed at some visits, or have been held since."""
    return recruitments_agreed().filter(visit__in=_keys(visits))


def recruitments_agreed() -> QuerySet[Intention]:
    """To recruit on campus, not only meant but agreed or held."""
    agreed = (IntentionState.AGREED, IntentionState.DONE)
    return Intention.objects.filter(kind=IntentionKind.RECRUITMENT, state__in=agreed)


def _of_the_school() -> QuerySet[Participant]:
    """Everyone of the school who was there."""
    return Participant.objects.filter(side=Side.SCHOOL, was_present=True)


def _keys(visits: VisitQuerySet) -> QuerySet[Visit, Any]:
    """For a subquery."""
    return visits.order_by().values("pk")


# The rows of some visits behind each measure; a trip has no first day before which an enterprise was new.
COUNTED: dict[Measure, Callable[[VisitQuerySet], QuerySet[Any]]] = {
    Measure.VISITS: lambda visits: visits,
    Measure.ENTERPRISES: enterprises_of,
    Measure.NEW_ENTERPRISES: enterprises_of,
    Measure.PERSON_TIMES: person_times,
    Measure.AGREEMENTS: agreements_of,
    Measure.BASES: bases_of,
    Measure.RECRUITMENTS: recruitments_of,
}

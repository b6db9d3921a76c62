"""What campaigns count: one definition each, as the rows themselves; pages and figures sum them up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import DateField, Exists, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models.people import RoleGrant, User
from accounts.models.school import College
from partnerships.choices.agreements import AgreementState, Side
from partnerships.models.agreements import Agreement, AgreementQuerySet
from partnerships.models.enterprises import Enterprise, EnterpriseQuerySet
from placements.models import Posting, PostingQuerySet
from visits.choices import ParticipantPart
from visits.models.campaigns import Campaign
from visits.models.results import Outcome, OutcomeQuerySet
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
    present = Participant.objects.filter(visit=OuterRef("pk"), side=Side.SCHOOL, was_present=True, user__in=people)
    return visits.filter(Exists(present))


def of_college(visits: VisitQuerySet, college: College) -> VisitQuerySet:
    """Of some visits those of one college; a visit may count for several colleges."""
    return visits.filter(colleges=college)


def person_times(visits: VisitQuerySet) -> QuerySet[Participant]:
    """Person-times (参与人次): each person of the school who was present counts once at each visit."""
    return Participant.objects.filter(visit__in=visits.order_by().values("pk"), side=Side.SCHOOL, was_present=True)


def visited_enterprises(campaign: Campaign | None) -> EnterpriseQuerySet:
    """Distinct enterprises with at least one visit that counts; three visits to one count once."""
    return _visited(counted_visits(campaign))


def new_enterprises(campaign: Campaign | None) -> EnterpriseQuerySet:
    """Enterprises visited in a campaign with which the school had nothing to do before it.

    Newly opened (新开拓) means: before the campaign's first day no visit took place, no agreement was
    signed and no posting was on file. A campaign without days begins, for each enterprise, with its own
    first visit there. Without a campaign every visited enterprise was new once.
    """
    visited = visited_enterprises(campaign)
    if campaign is None:
        return visited
    first = counted_visits(campaign).filter(enterprise=OuterRef("pk")).order_by().values("enterprise")
    begins = Subquery(first.annotate(day=Min("starts_on")).values("day"), output_field=DateField())
    opened = visited.annotate(begins=Value(campaign.starts_on, DateField()) if campaign.starts_on else begins)
    return opened.filter(~Exists(_earlier_visits()), ~Exists(_earlier_agreements()), ~Exists(_earlier_postings()))


def openings(campaign: Campaign | None) -> OutcomeQuerySet:
    """What was offered per major at visits that count; `places()` of them sums posts and internships."""
    return Outcome.objects.filter(visit__in=counted_visits(campaign).order_by().values("pk"))


def _visited(visits: VisitQuerySet) -> EnterpriseQuerySet:
    enterprises: EnterpriseQuerySet = Enterprise.objects.filter(pk__in=visits.order_by().values("enterprise"))
    return enterprises


def _earlier_visits() -> VisitQuerySet:
    earlier: VisitQuerySet = Visit.objects.took_place().filter(
        enterprise=OuterRef("pk"), starts_on__lt=OuterRef("begins")
    )
    return earlier.order_by()


def _earlier_agreements() -> AgreementQuerySet:
    """Signed before; where no day of signing is known, in force before."""
    in_force = Q(signed_on=None, starts_on__lt=OuterRef("begins"), state__in=SIGNED_ONCE)
    signed = Q(signed_on__lt=OuterRef("begins"))
    earlier: AgreementQuerySet = Agreement.objects.with_enterprise(OuterRef("pk")).filter(in_force | signed)
    return earlier.order_by()


def _earlier_postings() -> PostingQuerySet:
    on_file = Q(enterprise=OuterRef("pk"), created_at__date__lt=OuterRef("begins"))
    earlier: PostingQuerySet = Posting.objects.filter(on_file)
    return earlier.order_by()

"""Who looks at drafts of a kind, in which order, and who these people are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import RoleGrant, User
from core.models import offered
from drafting.choices import USUAL_ORDER, ReviewerRole
from drafting.models.reviews import ReviewRule
from partnerships.models.agreements import Agreement
from partnerships.models.codes import AgreementKind

OFFICE = Q(role__in=[Role.OFFICER, Role.ADMIN])
LEADERS = Q(role=Role.LEADER)


@dataclass(frozen=True)
class Planned:
    """One step of an order, and whom it is given to; None: anyone of the role."""

    role: ReviewerRole
    reviewer: User | None = None


@dataclass(frozen=True)
class KindOrder:
    """The order of a kind, or of all that have none of their own (kind is None)."""

    kind: AgreementKind | None
    steps: list[Planned]
    is_own: bool


def _order(kind: AgreementKind | None, rules: Iterable[ReviewRule]) -> KindOrder:
    """From the rules of a kind and those for all others; leadership never lacks where it decides."""
    own = [rule for rule in rules if kind is not None and rule.kind_id == kind.pk]
    general = [rule for rule in rules if rule.kind_id is None]
    steps = [Planned(ReviewerRole(rule.role), rule.reviewer) for rule in own or general]
    steps = steps or [Planned(role) for role in USUAL_ORDER]
    if kind is not None and kind.needs_leadership and ReviewerRole.LEADERSHIP not in [step.role for step in steps]:
        steps.append(Planned(ReviewerRole.LEADERSHIP))
    return KindOrder(kind, steps, is_own=bool(own))


def _rules() -> QuerySet[ReviewRule]:
    return ReviewRule.objects.select_related("reviewer").order_by("place", "pk")


def order_of(kind: AgreementKind | None) -> KindOrder:
    """The order that drafts of a kind go through today; one query."""
    return _order(kind, list(_rules().filter(Q(kind=kind) | Q(kind=None))))


def orders() -> list[KindOrder]:
    """The order of all other kinds, then of each kind that is offered; two queries."""
    rules = list(_rules())
    kinds = list(offered(AgreementKind.objects.all(), timezone.localdate()))
    return [_order(kind, rules) for kind in [None, *kinds]]


def takers(role: str, agreement: Agreement, *, on: date) -> QuerySet[User]:
    """Colleagues whom a step may be given to; the same rule as rules.can_take. Reads agreement.colleges."""
    colleges = [college.pk for college in agreement.colleges.all()]
    of_college = Q(role=Role.COLLEGE, college__in=colleges)
    grants = {
        ReviewerRole.COLLEGE: of_college,
        ReviewerRole.OFFICE: OFFICE,
        ReviewerRole.LEGAL: OFFICE | LEADERS | (of_college if colleges else Q(role=Role.COLLEGE)),
        ReviewerRole.LEADERSHIP: LEADERS,
    }
    return _people(grants[ReviewerRole(role)], on=on)


def asked(role: str, agreement: Agreement, *, on: date) -> QuerySet[User]:
    """Who hears of a step that was given to nobody."""
    if role in (ReviewerRole.OFFICE, ReviewerRole.LEGAL):
        return _people(Q(role=Role.OFFICER), on=on)
    return takers(role, agreement, on=on)


def possible_reviewers(role: str, *, on: date) -> QuerySet[User]:
    """Whom an order may give a step to, whatever the agreement."""
    grants = {
        ReviewerRole.COLLEGE: Q(role=Role.COLLEGE),
        ReviewerRole.OFFICE: OFFICE,
        ReviewerRole.LEGAL: OFFICE | LEADERS | Q(role=Role.COLLEGE),
        ReviewerRole.LEADERSHIP: LEADERS,
    }
    return _people(grants[ReviewerRole(role)], on=on)


def _people(grants: Q, *, on: date) -> QuerySet[User]:
    holding = RoleGrant.objects.in_force(on).filter(grants).values("user")
    people: QuerySet[User] = User.objects.filter(is_active=True, pk__in=holding).order_by("number")
    return people

"""What came of visits: needs, agreements, promises, postings, and through these applications and hires.

Of posts and internships promised at a visit it is told how many were published, applied for and filled; the share
that was filled is the 岗位利用率, printed with both of its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from partnerships.choices.agreements import CommitmentState
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from placements.choices import STANDING, ApplicationState, PostingKind
from placements.models.postings import Posting
from visits.choices import TOOK_PLACE
from visits.models.results import Outcome
from visits.models.visits import Visit

JOBS = (PostingKind.JOB, PostingKind.CAMPUS)
INTERNSHIPS = (PostingKind.INTERNSHIP,)
WITHIN = timedelta(days=365)
SUGGESTED = 20


@dataclass(frozen=True)
class Use:
    """Places of one kind: promised at visits, then published, applied for and filled."""

    promised: int = 0
    published: int = 0
    applied: int = 0
    filled: int = 0

    @property
    def percent(self) -> int | None:
        """Filled of promised, rounded down; None where nothing was promised. More than all is possible."""
        return 100 * self.filled // self.promised if self.promised else None

    def __bool__(self) -> bool:
        return bool(self.promised or self.published or self.applied or self.filled)


@dataclass(frozen=True)
class Uses:
    """Posts for graduates, and places for interns; never added to each other."""

    posts: Use
    internships: Use

    def __bool__(self) -> bool:
        return bool(self.posts or self.internships)


@dataclass(frozen=True)
class Event:
    """One thing that came of a visit, on its day."""

    on: date
    what: str
    text: str
    link: str = ""
    args: tuple[int, ...] = ()


@dataclass(frozen=True)
class Suggested:
    """Records of the enterprise that began within a year of the visit and are not said to have come of it."""

    agreements: list[Agreement] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.agreements or self.postings or self.needs)


def with_use() -> QuerySet[Posting]:
    """Postings with how many applied and how many were taken, and from when to when."""
    taken = Q(applications__state=ApplicationState.ACCEPTED)
    return Posting.objects.annotate(
        applied=Count("applications", distinct=True),
        filled=Count("applications", filter=taken, distinct=True),
        first_applied=Min("applications__submitted_at"),
        last_taken=Max("applications__moves__at", filter=Q(applications__moves__state=ApplicationState.ACCEPTED)),
    )


def use_of(visit: Visit) -> Uses:
    """Reads what the page of the visit has fetched: no query."""
    offered, postings = list(visit.outcomes.all()), list(visit.postings.all())
    return Uses(
        _use(sum(row.posts for row in offered), [row for row in postings if row.kind in JOBS]),
        _use(sum(row.internships for row in offered), [row for row in postings if row.kind in INTERNSHIPS]),
    )


def _use(promised: int, postings: Iterable[Any]) -> Use:
    rows = list(postings)
    return Use(
        promised=promised,
        published=sum(row.headcount for row in rows if row.state in STANDING),
        applied=sum(row.applied for row in rows),
        filled=sum(row.filled for row in rows),
    )


def use_of_enterprise(enterprise: Enterprise) -> Uses:
    """Over all visits of an enterprise, each posting once however many visits it came of; two queries."""
    visits = Visit.objects.filter(enterprise=enterprise, state__in=TOOK_PLACE).order_by().values("pk")
    offered = Outcome.objects.filter(visit__in=visits).order_by()
    promised = offered.aggregate(posts=Sum("posts"), internships=Sum("internships"))
    linked = Posting.visits.through._default_manager.filter(visit__in=visits)
    postings = list(with_use().filter(pk__in=linked.values("posting")))
    return Uses(
        _use(promised["posts"] or 0, [row for row in postings if row.kind in JOBS]),
        _use(promised["internships"] or 0, [row for row in postings if row.kind in INTERNSHIPS]),
    )


def sequence(visit: Visit) -> list[Event]:
    """Everything that came of a visit in the order of time; reads what its page has fetched."""
    found = [*_of_needs(visit), *_of_agreements(visit), *_of_promises(visit), *_of_postings(visit)]
    return sorted(found, key=lambda event: event.on)


def _of_needs(visit: Visit) -> Iterable[Event]:
    link = ("partnerships:enterprise_needs", (visit.enterprise_id,))
    for need in visit.needs.all():
        yield Event(_day(need.created_at), _("Need recorded"), need.description, *link)


def _of_agreements(visit: Visit) -> Iterable[Event]:
    for agreement in visit.agreements.all():
        link = ("agreements:agreement", (agreement.pk,))
        yield Event(_day(agreement.created_at), _("Agreement drafted"), agreement.title, *link)
        if agreement.signed_on:
            yield Event(agreement.signed_on, _("Agreement signed"), agreement.title, *link)


def _of_promises(visit: Visit) -> Iterable[Event]:
    for promise in visit.commitments.all():
        link = ("agreements:promise", (promise.pk,))
        yield Event(visit.starts_on or _day(promise.created_at), _("Promised"), promise.description, *link)
        if promise.closed_on:
            words = _("Promise kept") if promise.state == CommitmentState.KEPT else _("Promise closed")
            yield Event(promise.closed_on, words, promise.description, *link)


def _of_postings(visit: Visit) -> Iterable[Event]:
    for posting in visit.postings.all():
        link = ("placements:posting", (posting.pk,))
        row: Any = posting
        if posting.published_at:
            words = _("Posting published (%(number)s places)") % {"number": posting.headcount}
            yield Event(_day(posting.published_at), words, str(posting), *link)
        else:
            yield Event(_day(posting.created_at), _("Posting drafted"), str(posting), *link)
        if row.applied:
            words = _("First of %(number)s applications") % {"number": row.applied}
            yield Event(_day(row.first_applied), words, str(posting), *link)
        if row.filled and row.last_taken:
            words = _("%(number)s of %(places)s places filled") % {"number": row.filled, "places": posting.headcount}
            yield Event(_day(row.last_taken), words, str(posting), *link)


def _day(moment: Any) -> date:
    return timezone.localdate(moment)


def suggested(user: User, visit: Visit) -> Suggested:
    """What may have come of a visit: of the same enterprise, begun within a year after it; three queries.

    Nothing is linked by itself: somebody says so.
    """
    if visit.starts_on is None or visit.state not in TOOK_PLACE:
        return Suggested()
    begun = Q(created_at__date__range=(visit.starts_on, visit.starts_on + WITHIN))
    enterprise = visit.enterprise
    agreements = Agreement.objects.visible_to(user).with_enterprise(enterprise).filter(begun).exclude(visits=visit)
    postings = Posting.objects.filter(begun, enterprise=enterprise).exclude(visits=visit)
    needs = Need.objects.visible_to(user).filter(begun, enterprise=enterprise).exclude(visits=visit)
    newest = F("created_at").asc()
    return Suggested(
        list(agreements.order_by(newest, "pk")[:SUGGESTED]),
        list(postings.order_by(newest, "pk")[:SUGGESTED]),
        list(needs.order_by(newest, "pk")[:SUGGESTED]),
    )

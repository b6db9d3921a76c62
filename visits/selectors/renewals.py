"""What came of an agreement while it was in force, for those who decide about its renewal."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, DecimalField, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.models.people import User
from agreements.selectors import holding
from agreements.selectors.promises import Standing, enterprise_keys, of_agreement, standings
from partnerships.choices.agreements import CommitmentState
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Investment
from partnerships.models.mentors import MentorAppearance
from partnerships.models.programmes import Programme
from placements.choices import ApplicationState, PostingKind
from placements.models.postings import Posting
from visits.choices import TOOK_PLACE
from visits.models.visits import Visit


@dataclass(frozen=True)
class Evidence:
    """The rows behind every number of the review; nothing is counted that is not shown."""

    visits: list[Visit]
    postings: list[Posting]
    appearances: list[MentorAppearance]
    promises: list[Standing]
    investments: list[Investment]
    programmes: list[Programme]

    @property
    def places(self) -> int:
        return sum(posting.headcount for posting in self.postings)

    @property
    def interns(self) -> int:
        return _taken(posting for posting in self.postings if posting.kind == PostingKind.INTERNSHIP)

    @property
    def hires(self) -> int:
        return _taken(posting for posting in self.postings if posting.kind != PostingKind.INTERNSHIP)

    @property
    def kept(self) -> int:
        return self._in_state(CommitmentState.KEPT)

    @property
    def not_kept(self) -> int:
        return self._in_state(CommitmentState.NOT_KEPT)

    @property
    def still_open(self) -> int:
        return self._in_state(CommitmentState.OPEN)

    @property
    def promised(self) -> Decimal:
        return sum((each.promised for each in self.investments), Decimal(0))

    @property
    def received(self) -> Decimal:
        return sum((each.received for each in self.investments), Decimal(0))  # type: ignore[attr-defined]

    def _in_state(self, state: CommitmentState) -> int:
        return sum(each.promise.state == state for each in self.promises)


def _taken(postings: Iterable[Posting]) -> int:
    return sum(posting.taken for posting in postings)  # type: ignore[attr-defined]


def evidence_of(user: User, agreement: Agreement, *, on: date) -> Evidence:
    """All enterprises of the agreement, from its first day to its last or today; eleven queries."""
    parties = enterprise_keys(agreement)
    since, until = agreement.starts_on or agreement.signed_on or date.min, min(on, agreement.ends_on or on)
    term = (since, until)
    visits = Visit.objects.visible_to(user).filter(enterprise__in=parties, state__in=TOOK_PLACE)
    appearances = MentorAppearance.objects.filter(mentor__enterprise__in=parties, held_on__range=term)
    received = Coalesce(Sum("receipts__amount"), Decimal(0), output_field=DecimalField())
    investments = Investment.objects.filter(agreement=agreement).annotate(received=received)
    programmes = Programme.objects.visible_to(user).filter(agreement=agreement).prefetch_related("outcomes")
    return Evidence(
        visits=list(visits.filter(starts_on__range=term).select_related("enterprise").order_by("-starts_on", "-pk")),
        postings=list(_postings(parties, term)),
        appearances=list(appearances.select_related("mentor").order_by("-held_on", "-pk")),
        promises=standings(of_agreement(user, agreement), on=on),
        investments=list(investments.order_by("pk")),
        programmes=list(programmes),
    )


def _postings(parties: Collection[int], term: tuple[date, date]) -> QuerySet[Posting]:
    """Published in the term, with how many students accepted."""
    accepted = Q(applications__state=ApplicationState.ACCEPTED)
    published = holding.postings().filter(enterprise__in=parties, published_at__date__range=term)
    return published.annotate(taken=Count("applications", filter=accepted)).order_by("-published_at", "-pk")

"""Whether an agreement is renewed: what was decided, by whom, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models.people import User
from agreements.choices import RenewalDecision
from agreements.models import RenewalReview
from partnerships.choices.agreements import AgreementState, Track
from partnerships.models.agreements import Agreement, AgreementQuerySet

ASKED_BEFORE = timedelta(days=180)


@dataclass(frozen=True)
class Renewal:
    """What stands about the end of an agreement; `review` is the decision that counts."""

    agreement: Agreement
    review: RenewalReview | None
    earlier: tuple[RenewalReview, ...]
    successor: Agreement | None
    on: date

    @property
    def may_end(self) -> bool:
        """Does it end by its date at all, and is its time not over by another one?"""
        agreement = self.agreement
        return agreement.state == AgreementState.SIGNED and bool(agreement.ends_on) and not agreement.renews_itself

    @property
    def is_settled(self) -> bool:
        return self.successor is not None and self.successor.state == AgreementState.SIGNED

    @property
    def is_asked(self) -> bool:
        """Its end is near, so that somebody has to decide."""
        ends_on = self.agreement.ends_on
        return self.may_end and not self.is_settled and bool(ends_on and ends_on <= self.on + ASKED_BEFORE)

    @property
    def waits(self) -> bool:
        return self.is_asked and self.review is None


def renewal_of(agreement: Agreement, *, on: date, renewed_by: Iterable[Agreement] | None = None) -> Renewal:
    """Two queries, one where what renews it is given; a decision about another end counts as an earlier one."""
    reviews = list(RenewalReview.objects.filter(agreement=agreement).select_related("by"))
    known = agreement.renewals.all() if renewed_by is None else renewed_by
    drawn_up = [each for each in known if each.state != AgreementState.ENDED]
    successors = sorted(drawn_up, key=lambda each: each.pk, reverse=True)
    counts = next((review for review in reviews if review.ends_on == agreement.ends_on), None)
    earlier = tuple(review for review in reviews if review is not counts)
    signed = [each for each in successors if each.state == AgreementState.SIGNED]
    return Renewal(agreement, counts, earlier, next(iter(signed or successors), None), on)


def latest_decision() -> Subquery:
    """The decision about the end that an agreement has now, as a column of agreements."""
    about = RenewalReview.objects.filter(agreement=OuterRef("pk"), ends_on=OuterRef("ends_on"))
    return Subquery(about.order_by("-at", "-pk").values("decision")[:1])


def ending(agreements: AgreementQuerySet) -> AgreementQuerySet:
    """Those that end by their date, and that no signed agreement has renewed yet."""
    successors = Agreement.objects.filter(renewed_from=OuterRef("pk"), state=AgreementState.SIGNED)
    signed = agreements.filter(~Exists(successors), state=AgreementState.SIGNED, renews_itself=False)
    return signed.filter(ends_on__isnull=False)


def waiting(user: User, *, on: date) -> QuerySet[Agreement]:
    """Agreements whose owner or deputy a person is, near their end and without a decision."""
    mine = Agreement.objects.visible_to(user).filter(Q(owner=user) | Q(deputy=user))
    near = ending(mine).filter(ends_on__range=(on, on + ASKED_BEFORE))
    undecided = near.annotate(decided=latest_decision()).filter(decided__isnull=True)
    return undecided.select_related("enterprise").order_by("ends_on", "pk")


def track_of_renewal(older: Agreement) -> str:
    """The track on which the agreement that renews this one begins."""
    review = RenewalReview.objects.filter(agreement=older, ends_on=F("agreement__ends_on")).first()
    anew = review is not None and review.decision == RenewalDecision.RENEGOTIATE
    return Track.NEGOTIATED.value if anew else older.track

"""Records of an enterprise that could show how far a promise was kept; visits are found by the app that holds them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from accounts.models.people import User
from agreements.choices import EvidenceKind
from agreements.selectors import holding
from partnerships.choices.agreements import CommitmentKind
from partnerships.choices.programmes import ProgrammeMeasure
from partnerships.models.agreements import AgreementFile
from partnerships.models.commitments import Commitment, InvestmentReceipt
from partnerships.models.mentors import MentorAppearance
from partnerships.models.programmes import ProgrammeOutcome
from placements.choices import PostingKind
from placements.models.applications import Application

MOST = 100  # of each kind, the newest ones
K, E = CommitmentKind, EvidenceKind
# What shows a promise of a kind, best first; it counts by itself, what is not named only where a number is typed.
FITS: dict[str, tuple[EvidenceKind, ...]] = {
    K.INTERNSHIP_PLACES: (E.INTERN, E.POSTING),
    K.JOBS: (E.HIRE, E.POSTING),
    K.LECTURES: (E.APPEARANCE,),
    K.TEACHING: (E.APPEARANCE,),
    K.MONEY: (E.RECEIPT,),
    K.EQUIPMENT: (),
    K.SITE: (),
    K.TEACHER_PRACTICE: (),
    K.OTHER: (),
}


@dataclass(frozen=True)
class Found:
    """A record in words, with the number that it would count for; `who` is for those who may see the person."""

    kind: EvidenceKind
    record: int
    enterprise: int
    text: str
    link: str
    number: Decimal | None = None
    on: date | None = None
    who: str = ""
    agreement: int | None = None


def kinds_for(promise: Commitment) -> list[EvidenceKind]:
    """All kinds of records, those that fit the promise first."""
    first = FITS[promise.kind]
    rest = [kind for kind in EvidenceKind if kind not in first and kind != EvidenceKind.OTHER]
    return [*first, *rest]


def records(user: User, promise: Commitment, enterprises: Collection[int]) -> Iterator[Found]:
    """What this app can see, in a query for each kind."""
    yield from _postings(promise, enterprises)
    yield from _applications(user, promise, enterprises)
    yield from _appearances(promise, enterprises)
    yield from _receipts(promise, enterprises)
    yield from _outcomes(enterprises)
    yield from _files(promise)


def _counts(promise: Commitment, kind: EvidenceKind, number: Decimal | int) -> Decimal | None:
    return Decimal(number) if kind in FITS[promise.kind] else None


def _postings(promise: Commitment, enterprises: Collection[int]) -> Iterator[Found]:
    for posting in holding.postings().filter(enterprise__in=enterprises).order_by("-published_at", "-pk")[:MOST]:
        yield Found(
            kind=E.POSTING,
            record=posting.pk,
            enterprise=posting.enterprise_id,
            text=posting.title,
            link=reverse("placements:posting", args=[posting.pk]),
            number=_counts(promise, E.POSTING, posting.headcount),
            on=timezone.localdate(posting.published_at) if posting.published_at else posting.opens_on,
        )


def _applications(user: User, promise: Commitment, enterprises: Collection[int]) -> Iterator[Found]:
    """Students who accepted; each is named to those alone who may see the application."""
    mine = Application.objects.visible_to(user).order_by().values("pk")
    taken = (holding.interns() | holding.hires()).filter(posting__enterprise__in=enterprises, pk__in=mine)
    rows = taken.select_related("posting", "student").order_by("-submitted_at", "-pk")
    for application in rows[: 2 * MOST]:
        kind = E.INTERN if application.posting.kind == PostingKind.INTERNSHIP else E.HIRE
        major, year = application.snapshot.get("major", ""), application.snapshot.get("class_of", "")
        yield Found(
            kind=kind,
            record=application.pk,
            enterprise=application.posting.enterprise_id,
            text=" · ".join(str(part) for part in (application.posting.title, major, year) if part),
            link=reverse("placements:application", args=[application.pk]),
            number=_counts(promise, kind, 1),
            on=timezone.localdate(application.submitted_at),
            who=str(application.student),
        )


def _appearances(promise: Commitment, enterprises: Collection[int]) -> Iterator[Found]:
    rows = MentorAppearance.objects.filter(mentor__enterprise__in=enterprises).select_related("mentor")
    for appearance in rows.order_by("-held_on", "-pk")[:MOST]:
        number = appearance.hours if promise.kind == K.TEACHING else Decimal(1)
        yield Found(
            kind=E.APPEARANCE,
            record=appearance.pk,
            enterprise=appearance.mentor.enterprise_id,
            text=f"{appearance.subject} · {appearance.mentor.name}",
            link=reverse("programmes:mentor_list"),
            number=None if number is None else _counts(promise, E.APPEARANCE, number),
            on=appearance.held_on,
        )


def _receipts(promise: Commitment, enterprises: Collection[int]) -> Iterator[Found]:
    rows = InvestmentReceipt.objects.filter(investment__enterprise__in=enterprises).select_related("investment")
    for receipt in rows.order_by("-received_on", "-pk")[:MOST]:
        what = receipt.note or receipt.investment.description or receipt.investment.get_kind_display()
        yield Found(
            kind=E.RECEIPT,
            record=receipt.pk,
            enterprise=receipt.investment.enterprise_id,
            text=f"{what} · ¥{receipt.amount:,.0f}",
            link=reverse("agreements:enterprise_agreements", args=[receipt.investment.enterprise_id]),
            number=_counts(promise, E.RECEIPT, receipt.amount),
            on=receipt.received_on,
        )


def _outcomes(enterprises: Collection[int]) -> Iterator[Found]:
    """What programmes achieved, in people; a ratio counts nothing."""
    rows = ProgrammeOutcome.objects.filter(programme__enterprise__in=enterprises).select_related("programme")
    people = rows.exclude(measure=ProgrammeMeasure.EMPLOYMENT_RATE)
    for outcome in people.order_by("-year", "-pk")[:MOST]:
        yield Found(
            kind=E.OUTCOME,
            record=outcome.pk,
            enterprise=outcome.programme.enterprise_id,
            text=f"{outcome.programme.name} · {outcome.get_measure_display()} {outcome.number.normalize():f}",
            link=reverse("programmes:programme", args=[outcome.programme_id]),
            on=date(outcome.year, 12, 31) if outcome.year else None,
        )


def _files(promise: Commitment) -> Iterator[Found]:
    if promise.agreement is None:
        return
    for file in AgreementFile.objects.filter(agreement=promise.agreement).order_by("-uploaded_at", "-pk")[:MOST]:
        yield Found(
            kind=E.FILE,
            record=file.pk,
            enterprise=promise.enterprise_id,
            text=file.name,
            link=reverse("agreements:agreement_file", args=[file.pk]),
            on=timezone.localdate(file.uploaded_at),
            agreement=file.agreement_id,
        )

"""What shows the promises of the sample school: its own postings, students taken, lectures and visits."""

from __future__ import annotations

from agreements.choices import EvidenceKind, RenewalDecision
from agreements.selectors.sources import FITS, Found
from agreements.services import commitments
from agreements.services.evidence import Counted, Words, show_evidence
from agreements.services.renewals import decide_renewal
from demo.school.world import World
from demo.words.promises import RENEWED, WHY_RENEWED, WORDS_OF
from partnerships.choices.agreements import AgreementState, CommitmentKind, CommitmentState, Side
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from visits.selectors.evidence_picker import found_records

LATE = (-40, -12, -5)


def build_promises(world: World) -> None:
    """Evidence of every promise under a signed agreement; some are late; one renewal is decided."""
    signed = [AgreementState.SIGNED, AgreementState.RENEWED]
    rows = Commitment.objects.filter(agreement__state__in=signed).select_related("agreement", "enterprise")
    for promise in rows.order_by("pk"):
        _show(world, promise)
    _be_late(world)
    _promise_of_the_school(world)
    _decide(world)


def _show(world: World, promise: Commitment) -> None:
    found = list(found_records(world.officer, promise).values())
    counted = [Counted(each, each.number) for each in _that_fit(promise, found)]
    counted += [Counted(each, None) for each in found if each.kind == EvidenceKind.VISIT][:1]
    words = None if counted or promise.state != CommitmentState.KEPT else Words(WORDS_OF[promise.kind])
    if counted or words:
        at = world.at(world.day(-3), 15)
        show_evidence(promise, counted=counted, words=words, by=world.officer, at=at)


def _that_fit(promise: Commitment, found: list[Found]) -> list[Found]:
    """People taken before places offered, never both; as many as were promised."""
    for kind in FITS[promise.kind]:
        fitting = [each for each in found if each.kind == kind]
        if fitting:
            return fitting[: int(promise.number or 1)]
    return []


def _be_late(world: World) -> None:
    """Three open promises whose day is past; the first owners among them have them in their day."""
    open_ones = Commitment.objects.open().filter(agreement__state=AgreementState.SIGNED)
    for days, promise in zip(LATE, open_ones.order_by("agreement__owner", "pk"), strict=False):
        fields = {"due_on": world.day(days)}
        commitments.change_promise(promise, version=None, fields=fields, by=world.officer, at=world.at(world.day(-60)))


def _promise_of_the_school(world: World) -> None:
    """The other side promises too."""
    agreement = Agreement.objects.get(state=AgreementState.SIGNED, enterprise=world.partner(RENEWED).record)
    commitments.promise(
        agreement.enterprise,
        side=Side.SCHOOL,
        kind=CommitmentKind.TEACHER_PRACTICE,
        description="每学期选派骨干教师到企业实践",
        number=2,
        unit="人",
        due_on=world.day(45),
        agreement=agreement,
        by=world.officer,
        at=world.at(world.day(-100)),
    )


def _decide(world: World) -> None:
    agreement = Agreement.objects.get(state=AgreementState.SIGNED, enterprise=world.partner(RENEWED).record)
    decide_renewal(
        agreement, decision=RenewalDecision.RENEW, reason=WHY_RENEWED, by=world.officer, at=world.at(world.day(-6), 11)
    )

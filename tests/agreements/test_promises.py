"""Promises beside what was delivered: sums, evidence that holds, the list."""

from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from agreements.choices import EvidenceKind
from agreements.models import CommitmentEvidence
from agreements.selectors import promises as selectors
from agreements.selectors.sources import records
from agreements.services import commitments
from agreements.services.evidence import Counted, Words, remove_evidence, show_evidence
from core.errors import RuleBroken, StaleEdit
from partnerships.choices.agreements import CommitmentKind, CommitmentState, Side
from partnerships.choices.timeline import TimelineKind
from partnerships.models.commitments import Commitment, Investment
from partnerships.models.timeline import TimelineEntry
from placements.choices import ApplicationState, PostingKind, PostingState
from tests.factories.partnerships import AgreementFactory, CommitmentFactory, EnterpriseFactory, signed_agreement
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.visits import VisitFactory
from visits.choices import VisitState
from visits.selectors.evidence_picker import found_records

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def taken(enterprise, kind=PostingKind.INTERNSHIP):
    posting = PostingFactory(enterprise=enterprise, kind=kind)
    return ApplicationFactory(posting=posting, state=ApplicationState.ACCEPTED)


def found(user, promise, kind):
    return [each for each in found_records(user, promise).values() if each.kind == kind]


def link(promise, user, kind, number=1):
    counted = [Counted(each, Decimal(number)) for each in found(user, promise, kind)]
    return show_evidence(promise, counted=counted, by=user, at=NOW)


def test_delivered_is_the_sum_of_the_evidence_that_holds(officer):
    promise = CommitmentFactory(number=10)
    applications = [taken(promise.enterprise), taken(promise.enterprise)]
    link(promise, officer, EvidenceKind.INTERN)
    assert selectors.standing_of(promise).delivered == Decimal(2)

    applications[0].state = ApplicationState.WITHDRAWN
    applications[0].save()

    standing = selectors.standing_of(promise)
    assert (standing.delivered, standing.lost) == (Decimal(1), 1)
    assert sorted(each.holds for each in standing.shown) == [False, True]


def test_every_kind_of_record_stops_counting_when_it_is_gone_or_called_off(officer):
    promise = CommitmentFactory(kind=CommitmentKind.MONEY, number=500, unit="元")
    enterprise = promise.enterprise
    posting = PostingFactory(enterprise=enterprise)
    visit = VisitFactory(enterprise=enterprise, state=VisitState.HELD, starts_on=TODAY)
    investment = Investment.objects.create(enterprise=enterprise, promised=500)
    receipt = investment.receipts.create(amount=300, received_on=TODAY)
    for kind, number in ((EvidenceKind.POSTING, 1), (EvidenceKind.VISIT, 2), (EvidenceKind.RECEIPT, 300)):
        link(promise, officer, kind, number)
    show_evidence(promise, words=Words("到账单", Decimal(4)), by=officer, at=NOW)
    assert selectors.standing_of(promise).delivered == Decimal(307)

    posting.state, visit.state = PostingState.WITHDRAWN, VisitState.CANCELLED
    posting.save()
    visit.save()
    receipt.delete()

    standing = selectors.standing_of(promise)
    assert (standing.delivered, standing.lost) == (Decimal(4), 3)


def test_words_alone_keep_the_number_said_when_it_was_closed(officer):
    promise = CommitmentFactory(number=10)
    show_evidence(promise, words=Words("新闻报道"), by=officer, at=NOW)
    state = CommitmentState.KEPT

    closed = commitments.close_commitment(
        promise, state=state, delivered=9, evidence="表", on=TODAY, by=officer, at=NOW
    )

    assert selectors.standing_of(closed).delivered == Decimal(9)


def test_closing_takes_what_the_evidence_counts_rather_than_what_is_said(officer):
    promise = CommitmentFactory(number=10)
    taken(promise.enterprise)
    link(promise, officer, EvidenceKind.INTERN, 3)

    closed = commitments.close_commitment(
        promise, state=CommitmentState.KEPT, delivered=99, on=TODAY, by=officer, at=NOW
    )

    assert closed.delivered == Decimal(3)


def test_sums_never_mix_units_kinds_or_sides():
    agreement = AgreementFactory()
    of = {"agreement": agreement, "enterprise": agreement.enterprise}
    CommitmentFactory(**of, number=10, unit="人", delivered=4)
    CommitmentFactory(**of, number=5, unit="人")
    CommitmentFactory(**of, number=2, unit="班")
    CommitmentFactory(**of, number=3, unit="人", side=Side.SCHOOL)
    CommitmentFactory(**of, number=None, unit="", kind=CommitmentKind.OTHER)

    sums = selectors.sums(selectors.standings(Commitment.objects.all()))

    assert [(each.promises, each.unit, each.promised, each.delivered) for each in sums] == [
        (1, "人", Decimal(3), None),
        (2, "人", Decimal(15), Decimal(4)),
        (1, "班", Decimal(2), None),
        (1, "", None, None),
    ]


def test_a_record_of_another_enterprise_is_refused_and_one_of_another_party_is_not(officer):
    agreement, party, other = AgreementFactory(), EnterpriseFactory(), EnterpriseFactory()
    agreement.parties.create(place=3, enterprise=party)
    promise = CommitmentFactory(agreement=agreement, enterprise=agreement.enterprise)
    for enterprise in (party, other):
        taken(enterprise)
    assert len(found(officer, promise, EvidenceKind.INTERN)) == 1
    foreign = [each for each in records(officer, promise, {other.pk}) if each.kind == EvidenceKind.INTERN]

    with pytest.raises(RuleBroken):
        show_evidence(promise, counted=[Counted(foreign[0], Decimal(1))], by=officer, at=NOW)
    assert not CommitmentEvidence.objects.exists()

    link(promise, officer, EvidenceKind.INTERN)
    assert CommitmentEvidence.objects.count() == 1


@pytest.mark.parametrize("number", [0, -1])
def test_what_counts_is_more_than_nothing(officer, number):
    promise = CommitmentFactory()
    taken(promise.enterprise)

    with pytest.raises(RuleBroken):
        link(promise, officer, EvidenceKind.INTERN, number)

    assert not CommitmentEvidence.objects.exists()


def test_linking_again_corrects_the_number_and_the_timeline_keeps_both(officer):
    promise = CommitmentFactory(description="接收实习生")
    posting = PostingFactory(enterprise=promise.enterprise, title="剪辑")
    link(promise, officer, EvidenceKind.POSTING, 3)
    link(promise, officer, EvidenceKind.POSTING, 5)

    assert [row.number for row in CommitmentEvidence.objects.all()] == [Decimal(5)]
    entries = TimelineEntry.objects.order_by("pk")
    assert [(entry.kind, entry.text) for entry in entries] == [
        (TimelineKind.EVIDENCE_ADDED, "接收实习生"),
        (TimelineKind.COMMITMENT_CHANGED, "接收实习生"),
    ]
    assert (entries[1].changes[0]["before"], entries[1].changes[0]["after"]) == (["剪辑 (3)"], ["剪辑 (5)"])
    remove_evidence(CommitmentEvidence.objects.get(record=posting.pk), by=officer, at=NOW)
    assert not CommitmentEvidence.objects.exists()


@pytest.mark.parametrize("who", ["leader", "student", "stranger"])
def test_others_neither_link_nor_take_away(request, officer, who):
    promise = CommitmentFactory()
    taken(promise.enterprise)
    link(promise, officer, EvidenceKind.INTERN)
    row, user = CommitmentEvidence.objects.get(), request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        show_evidence(promise, words=Words("表"), by=user, at=NOW)
    with pytest.raises(PermissionDenied):
        remove_evidence(row, by=user, at=NOW)

    assert list(CommitmentEvidence.objects.all()) == [row]


@pytest.mark.django_db(transaction=True)
def test_two_people_who_link_the_same_record_at_once_count_it_once(officer):
    promise = CommitmentFactory()
    taken(promise.enterprise)
    counted = [Counted(each, Decimal(1)) for each in found(officer, promise, EvidenceKind.INTERN)]
    barrier, troubles = Barrier(2), []

    def act():
        barrier.wait()
        try:
            show_evidence(promise, version=promise.version, counted=counted, by=officer, at=NOW)
        except StaleEdit as error:
            troubles.append(error)
        finally:
            connection.close()

    threads = [Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (CommitmentEvidence.objects.count(), len(troubles)) == (1, 1)
    assert selectors.standing_of(promise).delivered == Decimal(1)


def test_a_change_keeps_before_and_after_and_tells_a_stale_edit(officer):
    promise = CommitmentFactory(number=10, description="接收实习生")
    fields = {"number": Decimal(12), "due_on": date(2027, 7, 1)}

    commitments.change_promise(promise, version=promise.version, fields=fields, by=officer, at=NOW)
    with pytest.raises(StaleEdit):
        commitments.change_promise(promise, version=promise.version, fields={"number": None}, by=officer, at=NOW)
    with pytest.raises(RuleBroken):
        commitments.change_promise(promise, version=None, fields={"number": Decimal(-1)}, by=officer, at=NOW)

    promise.refresh_from_db()
    assert promise.number == Decimal(12)
    entry = TimelineEntry.objects.get()
    assert entry.kind == TimelineKind.COMMITMENT_CHANGED
    assert [(each["field"], each["before"], each["after"]) for each in entry.changes] == [
        ("number", "10", "12"),
        ("due_on", "2027-06-30", "2027-07-01"),
    ]


def test_a_promise_is_opened_again_and_an_open_one_is_not(officer):
    promise = CommitmentFactory(state=CommitmentState.KEPT, delivered=4, evidence="表", closed_on=TODAY)

    commitments.reopen_promise(promise, by=officer, at=NOW)
    with pytest.raises(RuleBroken):
        commitments.reopen_promise(promise, by=officer, at=NOW)

    promise.refresh_from_db()
    assert (promise.state, promise.delivered, promise.evidence, promise.closed_on) == ("open", None, "", None)


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({}, ["late", "soon", "far", "kept"]),
        ({"state": "overdue"}, ["late"]),
        ({"state": "soon"}, ["soon"]),
        ({"state": "kept"}, ["kept"]),
        ({"side": "school"}, ["far"]),
        ({"kind": "jobs"}, ["soon"]),
        ({"find": "far"}, ["far"]),
    ],
)
def test_the_list_is_narrowed_and_ordered_by_day(officer, filters, wanted):
    CommitmentFactory(description="late", due_on=date(2026, 11, 1))
    CommitmentFactory(description="soon", due_on=date(2026, 12, 1), kind=CommitmentKind.JOBS)
    CommitmentFactory(description="far", due_on=date(2027, 6, 1), side=Side.SCHOOL)
    CommitmentFactory(description="kept", due_on=None, state=CommitmentState.KEPT)

    rows = selectors.promise_list(officer, filters, on=TODAY)

    assert [row.description for row in rows] == wanted


def test_the_list_is_narrowed_by_owner_and_college(officer, college_staff, college):
    mine = signed_agreement(owner=college_staff)
    mine.colleges.add(college)
    under = CommitmentFactory(agreement=mine, enterprise=mine.enterprise)
    alone = CommitmentFactory(enterprise=EnterpriseFactory(owner=college_staff))
    elsewhere = signed_agreement(owner=officer)
    elsewhere.colleges.add(college.__class__.objects.create(code="ZZ", name_zh="另一学院", name_en="Other"))
    CommitmentFactory(agreement=elsewhere, enterprise=elsewhere.enterprise)
    on = timezone.localdate(NOW)

    assert set(selectors.promise_list(officer, {"owner": str(college_staff.pk)}, on=on)) == {under, alone}
    assert set(selectors.promise_list(officer, {"college": str(college.pk)}, on=on)) == {under}
    assert set(selectors.promise_list(college_staff, {}, on=on)) == {under, alone}

"""The review of an agreement before its end."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from agreements.choices import RenewalDecision
from agreements.models import RenewalReview
from agreements.selectors.renewals import renewal_of, waiting
from agreements.services.renewals import decide_renewal
from core.errors import RuleBroken
from notifications.choices import Channel
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementState, CommitmentState, Track
from partnerships.choices.timeline import TimelineKind
from partnerships.models.commitments import Investment
from partnerships.models.timeline import TimelineEntry
from placements.choices import ApplicationState, PostingKind
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import AgreementFactory, CommitmentFactory, signed_agreement
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.visits import VisitFactory
from tests.reminding import due, queue
from visits.choices import VisitState
from visits.selectors.renewals import evidence_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
RULE = "agreements.agreement"
TOKEN = "11111111-1111-4111-8111-111111111111"
RENEW, ANEW, LET_END = RenewalDecision.RENEW, RenewalDecision.RENEGOTIATE, RenewalDecision.LET_END


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def ending_in(days, **fields):
    return signed_agreement(ends_on=TODAY + timedelta(days=days), **fields)


def decide(agreement, decision, by, **more):
    return decide_renewal(agreement, decision=decision, reason="合作良好", by=by, at=NOW, **more)


def review_page(agreement):
    return reverse("visits:renewal_review", args=[agreement.pk])


def test_a_decision_says_what_and_why_and_a_second_one_keeps_the_first(officer):
    agreement = ending_in(80, title="实习基地协议")

    first = decide(agreement, LET_END, officer)
    second = decide(agreement, RENEW, officer, seen=first.pk)

    renewal = renewal_of(agreement, on=TODAY)
    assert (renewal.review, renewal.earlier, renewal.waits) == (second, (first,), False)
    entries = TimelineEntry.objects.order_by("pk").values_list("kind", "text", "detail")
    assert list(entries) == [
        (TimelineKind.RENEWAL_DECIDED, "实习基地协议", "let_end"),
        (TimelineKind.RENEWAL_DECIDED, "实习基地协议", "renew"),
    ]


@pytest.mark.usefixtures("in_english")
def test_who_did_not_see_the_decision_of_another_is_told(officer):
    agreement = ending_in(80)
    decide(agreement, LET_END, officer, seen=0)

    with pytest.raises(RuleBroken, match="meanwhile"):
        decide(agreement, RENEW, officer, seen=0)

    assert RenewalReview.objects.count() == 1


@pytest.mark.parametrize(
    "fields", [{"renews_itself": True}, {"ends_on": None}, {"state": AgreementState.DRAFT}, {"state": "renewed"}]
)
def test_what_does_not_end_by_its_date_is_not_decided(officer, fields):
    agreement = signed_agreement(**{"ends_on": TODAY, **fields})

    with pytest.raises(RuleBroken):
        decide(agreement, RENEW, officer)

    assert not RenewalReview.objects.exists()
    assert not renewal_of(agreement, on=TODAY).waits


@pytest.mark.parametrize("who", ["college_staff", "leader", "student"])
def test_others_than_the_office_and_the_owner_do_not_decide(request, who):
    user = request.getfixturevalue(who)
    agreement = ending_in(80)

    with pytest.raises(PermissionDenied):
        decide(agreement, RENEW, user)

    assert not RenewalReview.objects.exists()


def test_the_owner_decides_and_no_longer_has_it_waiting(college_staff):
    mine = ending_in(80, owner=college_staff)
    ending_in(80)
    ending_in(181, owner=college_staff)
    ending_in(10, owner=college_staff, renews_itself=True)
    assert list(waiting(college_staff, on=TODAY)) == [mine]

    decide(mine, RENEW, college_staff)

    assert list(waiting(college_staff, on=TODAY)) == []


def test_an_end_that_moved_is_decided_anew(officer):
    agreement = ending_in(80)
    decide(agreement, LET_END, officer)
    agreement.ends_on += timedelta(days=10)
    agreement.save()

    renewal = renewal_of(agreement, on=TODAY)

    assert (renewal.review, len(renewal.earlier), renewal.waits) == (None, 1, True)
    assert len(due(RULE, NOW)) == 1


def test_letting_it_end_stops_the_letters_and_drops_those_not_yet_sent(officer):
    agreement = ending_in(80)
    assert queue(NOW, RULE) == 2

    decide(agreement, LET_END, officer)

    assert due(RULE, NOW) == []
    assert deliver_message(OutgoingMessage.objects.get(channel=Channel.EMAIL).pk, now=NOW) is False


def test_the_letters_after_a_decision_say_what_was_decided_and_how_far_the_new_one_is(officer):
    agreement = ending_in(80, owner=UserFactory(language="en"), title="Practice base")
    decide(agreement, RENEW, officer)
    queue(NOW, RULE)
    AgreementFactory(
        enterprise=agreement.enterprise, renewed_from=agreement, title="Second term", state=AgreementState.IN_REVIEW
    )
    queue(NOW + timedelta(days=60), RULE)

    first, second = OutgoingMessage.objects.filter(channel=Channel.EMAIL).order_by("pk")
    assert "Wang Min decided on 20 Nov 2026: Renew." in first.body
    assert "The agreement that renews it is not drawn up yet." in first.body
    assert "“Second term” is: In review" in second.body


def test_nothing_is_sent_once_the_new_agreement_is_signed(officer):
    agreement = ending_in(80)
    decide(agreement, RENEW, officer)
    signed_agreement(enterprise=agreement.enterprise, renewed_from=agreement)

    assert due(RULE, NOW) == []
    with pytest.raises(RuleBroken):
        decide(agreement, LET_END, officer)


def test_the_review_counts_what_came_of_the_agreement_in_its_time(officer):
    agreement = ending_in(80, starts_on=date(2026, 1, 1))
    enterprise = agreement.enterprise
    for state, day in ((VisitState.HELD, date(2026, 5, 1)), (VisitState.HELD, date(2025, 5, 1)), ("cancelled", TODAY)):
        VisitFactory(enterprise=enterprise, state=state, starts_on=day)
    internship = PostingFactory(enterprise=enterprise, headcount=5, published_at=datetime(2026, 3, 1, tzinfo=UTC))
    job = PostingFactory(enterprise=enterprise, kind=PostingKind.JOB, headcount=2)
    for posting, state in ((internship, "accepted"), (internship, "submitted"), (job, "accepted"), (job, "accepted")):
        ApplicationFactory(posting=posting, state=ApplicationState(state))
    for state in (CommitmentState.KEPT, CommitmentState.NOT_KEPT, CommitmentState.OPEN, CommitmentState.OPEN):
        CommitmentFactory(agreement=agreement, enterprise=enterprise, state=state)
    investment = Investment.objects.create(enterprise=enterprise, agreement=agreement, promised=500)
    investment.receipts.create(amount=200)
    Investment.objects.create(enterprise=enterprise, promised=7)

    found = evidence_of(officer, agreement, on=TODAY)

    assert (len(found.visits), len(found.postings), found.places, found.interns, found.hires) == (1, 2, 7, 1, 2)
    assert (found.kept, found.not_kept, found.still_open) == (1, 1, 2)
    assert (found.promised, found.received) == (Decimal(500), Decimal(200))


@pytest.mark.parametrize(
    ("decision", "goes_on", "track"),
    [
        ("renew", "new", Track.STANDARD),
        ("renegotiate", "new", Track.NEGOTIATED),
        ("let_end", "", ""),
    ],
)
def test_a_decision_leads_to_the_draft_that_renews(client, officer, decision, goes_on, track):
    agreement = ending_in(80)
    client.force_login(officer)
    data = {"form_token": TOKEN, "decision": decision, "reason": "合作良好", "seen": "0"}

    answer = client.post(review_page(agreement), data)

    if not goes_on:
        assert answer["Location"] == reverse("agreements:agreement", args=[agreement.pk])
        return
    new = reverse("agreements:agreement_new", args=[agreement.enterprise_id])
    assert answer["Location"] == f"{new}?renews={agreement.pk}"
    assert client.get(answer["Location"]).context["form"].initial["track"] == track


def test_a_decision_without_a_reason_is_refused_beside_the_field(client, officer):
    agreement = ending_in(80)
    client.force_login(officer)

    refused = client.post(review_page(agreement), {"form_token": TOKEN, "decision": "renew", "reason": " ", "seen": 0})

    assert list(refused.context["form"].errors) == ["reason"]
    assert not RenewalReview.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_review_runs_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    agreement = ending_in(80)
    for _ in range(rows):
        VisitFactory(enterprise=agreement.enterprise, state=VisitState.HELD, starts_on=TODAY)
        PostingFactory(enterprise=agreement.enterprise)
        CommitmentFactory(agreement=agreement, enterprise=agreement.enterprise)
        Investment.objects.create(enterprise=agreement.enterprise, agreement=agreement, promised=5)
    client.force_login(officer)

    with django_assert_num_queries(16):
        client.get(review_page(agreement))

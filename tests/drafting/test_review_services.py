"""A draft goes through its review."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import translation

from accounts.choices import Role
from agreements.services import agreements
from core.errors import RuleBroken
from drafting.choices import ReviewerRole, StepState
from drafting.models.reviews import ReviewHandOn, ReviewRule, ReviewStep
from drafting.models.texts import Revision
from drafting.services import reviews
from partnerships.choices.agreements import AgreementState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.timeline import TimelineEntry
from tests.factories.accounts import CollegeFactory, person
from tests.factories.partnerships import AgreementFactory, AgreementKindFactory
from tests.factories.reviews import approve_all, drafted, open_step, sent_to_review

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
S = AgreementState


@pytest.fixture(autouse=True)
def in_english():
    """Refusals are read in English whatever ran before."""
    with translation.override("en"):
        yield


def steps_of(agreement, number=1):
    rows = agreement.review_steps.filter(round=number).order_by("place")
    return [(step.role, step.state) for step in rows]


def test_sending_makes_a_round_whose_first_step_is_open(officer, college):
    agreement = drafted(colleges=[college])
    revision = Revision.objects.create(agreement=agreement, number=1, by=officer, at=NOW)

    reviews.send_to_review(agreement, by=officer, at=NOW)

    agreement.refresh_from_db()
    assert agreement.state == S.IN_REVIEW
    assert steps_of(agreement) == [("college", "open"), ("office", "waiting"), ("legal", "waiting")]
    assert [step.revision for step in agreement.review_steps.all()] == [revision] * 3
    assert open_step(agreement).opened_at == NOW


def test_without_a_college_its_step_is_left_out(officer):
    agreement = sent_to_review()

    assert steps_of(agreement) == [("college", "cancelled"), ("office", "open"), ("legal", "waiting")]
    assert [step.is_left_out for step in agreement.review_steps.order_by("place")] == [True, False, False]
    assert open_step(agreement).revision is None


def test_an_agreement_without_a_text_or_a_file_is_not_sent(officer):
    agreement = AgreementFactory()

    with pytest.raises(RuleBroken, match="nothing to review yet"):
        reviews.send_to_review(agreement, by=officer, at=NOW)

    agreement.refresh_from_db()
    assert agreement.state == S.DRAFT
    assert not ReviewStep.objects.exists()


def test_a_draft_that_nobody_would_look_at_is_not_sent(officer):
    agreement = drafted()
    ReviewRule.objects.create(kind=agreement.kind, place=1, role=ReviewerRole.COLLEGE)

    with pytest.raises(RuleBroken, match="Nobody would look"):
        reviews.send_to_review(agreement, by=officer, at=NOW)

    agreement.refresh_from_db()
    assert agreement.state == S.DRAFT
    assert not ReviewStep.objects.exists()


def test_each_approval_opens_the_next_and_the_last_one_leads_to_the_signatures(officer, college_staff, college):
    agreement = sent_to_review(colleges=[college])

    reviews.approve(open_step(agreement), by=college_staff, at=NOW, comment="专业对口")
    assert steps_of(agreement) == [("college", "approved"), ("office", "open"), ("legal", "waiting")]
    reviews.approve(open_step(agreement), by=officer, at=NOW)
    reviews.approve(open_step(agreement), by=officer, at=NOW)

    agreement.refresh_from_db()
    assert agreement.state == S.AWAITING_SIGNATURES
    first = agreement.review_steps.get(role="college")
    assert (first.decided_by, first.decided_at, first.comment) == (college_staff, NOW, "专业对口")
    assert [move.state for move in agreement.moves.all()] == ["in_review", "awaiting_signatures"]
    told = TimelineEntry.objects.filter(kind=TimelineKind.AGREEMENT_REVIEWED).order_by("pk")
    assert [entry.detail for entry in told] == ["college_approved", "office_approved", "legal_approved"]


def test_returning_ends_the_round_and_the_next_one_begins_anew(officer, college_staff, college):
    agreement = sent_to_review(colleges=[college])
    reviews.approve(open_step(agreement), by=college_staff, at=NOW)

    reviews.return_for_correction(open_step(agreement), by=officer, at=NOW, comment="补充违约责任")

    agreement.refresh_from_db()
    assert agreement.state == S.DRAFT
    assert steps_of(agreement) == [("college", "approved"), ("office", "returned"), ("legal", "cancelled")]
    assert not agreement.review_steps.get(role="legal").is_left_out
    assert agreement.moves.last().note == "补充违约责任"
    reviews.send_to_review(agreement, by=officer, at=NOW)
    assert steps_of(agreement, 2) == [("college", "open"), ("office", "waiting"), ("legal", "waiting")]
    assert steps_of(agreement, 1) == [("college", "approved"), ("office", "returned"), ("legal", "cancelled")]


def test_a_return_says_what_is_to_be_corrected(officer):
    agreement = sent_to_review()

    with pytest.raises(RuleBroken, match="what is to be corrected"):
        reviews.return_for_correction(open_step(agreement), by=officer, at=NOW, comment=" ")

    assert open_step(agreement).role == "office"


@pytest.mark.parametrize("state", [StepState.WAITING, StepState.APPROVED, StepState.RETURNED, StepState.CANCELLED])
def test_a_step_that_is_not_open_is_not_decided(officer, state):
    agreement = sent_to_review()
    step = agreement.review_steps.get(role="legal")
    ReviewStep.objects.filter(pk=step.pk).update(state=state, decided_by=officer, comment="好")

    for act in (
        lambda: reviews.approve(step, by=officer, at=NOW),
        lambda: reviews.return_for_correction(step, by=officer, at=NOW, comment="改"),
        lambda: reviews.hand_on(step, to=person(Role.OFFICER), by=officer, at=NOW),
    ):
        with pytest.raises(RuleBroken):
            act()

    step.refresh_from_db()
    assert (step.state, step.comment, open_step(agreement).role) == (state, "好", "office")
    assert not ReviewHandOn.objects.exists()


def test_whoever_decides_second_hears_who_was_first(officer):
    agreement = sent_to_review()
    step = open_step(agreement)
    reviews.approve(step, by=officer, at=NOW)

    with pytest.raises(RuleBroken) as refused:
        reviews.approve(step, by=person(Role.OFFICER), at=NOW)

    assert str(refused.value) == "Wang Min has decided this step already: Approved."


def test_a_page_of_a_round_that_is_over_is_told(officer):
    agreement = sent_to_review()
    step = open_step(agreement)
    reviews.stop_review(agreement, S.DRAFT, by=officer, at=NOW, note="先不签")

    with pytest.raises(RuleBroken, match="This round of the review is over"):
        reviews.approve(step, by=officer, at=NOW)

    agreement.refresh_from_db()
    assert agreement.state == S.DRAFT
    assert steps_of(agreement) == [("college", "cancelled"), ("office", "cancelled"), ("legal", "cancelled")]


def test_ending_in_review_ends_the_round(officer):
    agreement = sent_to_review()

    reviews.stop_review(agreement, S.ENDED, by=officer, at=NOW, note="企业停产")

    agreement.refresh_from_db()
    assert agreement.state == S.ENDED
    assert not ReviewStep.objects.filter(state__in=["open", "waiting"]).exists()
    with pytest.raises(RuleBroken, match="not in review"):
        reviews.stop_review(agreement, S.DRAFT, by=officer, at=NOW)


def test_a_step_is_handed_to_a_colleague_and_the_way_there_is_kept(officer):
    agreement, colleague = sent_to_review(), person(Role.OFFICER)

    reviews.hand_on(open_step(agreement), to=colleague, note="你更熟悉", by=officer, at=NOW)

    step = open_step(agreement)
    assert step.reviewer == colleague
    assert [(handed.by, handed.to, handed.note, handed.at) for handed in step.hand_ons.all()] == [
        (officer, colleague, "你更熟悉", NOW)
    ]
    assert TimelineEntry.objects.filter(kind=TimelineKind.AGREEMENT_REVIEWED).get().detail == "handed_on"
    with pytest.raises(RuleBroken, match="has this step already"):
        reviews.hand_on(step, to=colleague, by=officer, at=NOW)


def test_a_step_is_not_handed_to_someone_who_cannot_take_it(officer, leader):
    agreement = sent_to_review()

    with pytest.raises(RuleBroken, match="cannot take this step"):
        reviews.hand_on(open_step(agreement), to=leader, by=officer, at=NOW)

    assert open_step(agreement).reviewer is None
    assert not ReviewHandOn.objects.exists()


def test_a_step_is_given_to_whom_the_order_names_unless_that_person_cannot_take_it(officer, college):
    elsewhere = person(Role.COLLEGE, college=CollegeFactory())
    colleague = person(Role.OFFICER)
    agreement = drafted(colleges=[college])
    for place, (role, reviewer) in enumerate([("college", elsewhere), ("office", colleague)], start=1):
        ReviewRule.objects.create(kind=agreement.kind, place=place, role=role, reviewer=reviewer)

    reviews.send_to_review(agreement, by=officer, at=NOW)

    assert [step.reviewer for step in agreement.review_steps.order_by("place")] == [None, colleague]


def test_where_leadership_decides_nothing_is_signed_without_it(officer, leader):
    kind = AgreementKindFactory(code="strategic", needs_leadership=True)
    agreement = sent_to_review(kind=kind)
    assert [role for role, _state in steps_of(agreement)] == ["college", "office", "legal", "leadership"]
    for _step in range(2):
        reviews.approve(open_step(agreement), by=officer, at=NOW)

    with pytest.raises(PermissionDenied):
        reviews.approve(open_step(agreement), by=officer, at=NOW)
    for to in (S.AWAITING_SIGNATURES, S.DRAFT):
        with pytest.raises(RuleBroken):
            agreements.move_agreement(agreement, to, by=officer, at=NOW)

    agreement.refresh_from_db()
    assert agreement.state == S.IN_REVIEW
    reviews.approve(open_step(agreement), by=leader, at=NOW)
    agreement.refresh_from_db()
    assert agreement.state == S.AWAITING_SIGNATURES


def test_a_kind_that_leadership_decides_from_now_on_is_not_signed_by_an_older_round(officer):
    agreement = sent_to_review()
    reviews.approve(open_step(agreement), by=officer, at=NOW)
    agreement.kind.needs_leadership = True
    agreement.kind.save()

    with pytest.raises(RuleBroken, match="Leadership decides"):
        reviews.approve(open_step(agreement), by=officer, at=NOW)

    agreement.refresh_from_db()
    assert (agreement.state, open_step(agreement).role) == (S.IN_REVIEW, "legal")


@pytest.mark.parametrize("state", [S.IN_REVIEW, S.AWAITING_SIGNATURES])
def test_what_was_sent_to_review_stays_of_its_kind(officer, state):
    agreement = AgreementFactory(state=state)
    other = AgreementKindFactory(code="strategic", needs_leadership=True)

    with pytest.raises(RuleBroken, match="The kind is changed in a draft"):
        agreements.change_agreement(agreement, version=1, fields={"kind": other}, by=officer, at=NOW)

    agreement.refresh_from_db()
    assert agreement.kind.code == "practice_base"


@pytest.mark.parametrize("who", ["leader", "student", "stranger", "college_staff"])
def test_others_decide_nothing_and_nothing_changes(request, who):
    user, agreement = request.getfixturevalue(who), sent_to_review()
    entries = TimelineEntry.objects.count()

    for act in (
        lambda: reviews.approve(open_step(agreement), by=user, at=NOW),
        lambda: reviews.return_for_correction(open_step(agreement), by=user, at=NOW, comment="改"),
        lambda: reviews.hand_on(open_step(agreement), to=person(Role.OFFICER), by=user, at=NOW),
        lambda: reviews.stop_review(agreement, S.DRAFT, by=user, at=NOW),
        lambda: reviews.send_to_review(agreement, by=user, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()

    agreement.refresh_from_db()
    assert (agreement.state, open_step(agreement).role, open_step(agreement).reviewer) == (S.IN_REVIEW, "office", None)
    assert TimelineEntry.objects.count() == entries


def test_an_agreement_that_comes_back_from_signing_is_reviewed_again(officer):
    agreement = approve_all(sent_to_review(), by=officer)
    agreements.move_agreement(agreement, S.DRAFT, by=officer, at=NOW)

    reviews.send_to_review(agreement, by=officer, at=NOW)

    assert steps_of(agreement, 2) == [("college", "cancelled"), ("office", "open"), ("legal", "waiting")]


@pytest.mark.django_db(transaction=True)
def test_of_people_who_decide_at_once_one_wins():
    agreement = sent_to_review()
    step = open_step(agreement)
    people = [person(Role.OFFICER) for _ in range(4)]

    def decide(numbered) -> str:
        number, user = numbered
        try:
            if number % 2:
                reviews.approve(step, by=user, at=NOW)
            else:
                reviews.return_for_correction(step, by=user, at=NOW, comment="改")
        except RuleBroken:
            return "told"
        finally:
            connection.close()
        return "decided"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(decide, enumerate(people)))

    assert outcomes == ["decided", "told", "told", "told"]
    step.refresh_from_db()
    agreement.refresh_from_db()
    assert agreement.state == (S.DRAFT if step.state == StepState.RETURNED else S.IN_REVIEW)
    assert agreement.review_steps.exclude(decided_by=None).count() == 1

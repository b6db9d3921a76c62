"""What came of a visit elsewhere, and drafting it from the report."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleBroken
from partnerships.choices.agreements import AgreementState, CommitmentState
from partnerships.models.agreements import Agreement
from placements.choices import PostingKind, PostingState
from placements.models.postings import Posting
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import (
    AgreementFactory,
    AgreementKindFactory,
    CommitmentFactory,
    EnterpriseFactory,
    NeedFactory,
    ProvinceFactory,
)
from tests.factories.placements import PostingFactory
from tests.factories.visits import CampaignFactory, OutcomeFactory, VisitFactory, reported_visit
from visits.services import links

pytestmark = pytest.mark.django_db


def test_agreements_postings_and_needs_are_linked_once(officer, now):
    visit = reported_visit()
    made = [factory(enterprise=visit.enterprise) for factory in (AgreementFactory, PostingFactory, NeedFactory)]

    for _ in range(2):
        for link, thing in zip((links.link_agreement, links.link_posting, links.link_need), made, strict=True):
            link(visit, thing, by=officer, at=now)

    assert [visit.agreements.get(), visit.postings.get(), visit.needs.get()] == made


def test_an_agreement_of_several_enterprises_may_come_of_a_visit_to_any_of_them(officer, now):
    visit, agreement = reported_visit(), AgreementFactory()
    agreement.parties.create(place=3, enterprise=visit.enterprise)

    links.link_agreement(visit, agreement, by=officer, at=now)

    assert visit.agreements.get() == agreement


def test_what_belongs_to_another_enterprise_is_not_linked(officer, now):
    visit = reported_visit()

    with pytest.raises(RuleBroken, match="another enterprise"):
        links.link_agreement(visit, AgreementFactory(), by=officer, at=now)
    assert not visit.agreements.exists()


def test_drawing_an_agreement_drafts_links_and_takes_the_open_promises_along(officer, now):
    visit, major = reported_visit(), MajorFactory()
    OutcomeFactory(visit=visit, major=major)
    open_one = CommitmentFactory(enterprise=visit.enterprise)
    kept = CommitmentFactory(enterprise=visit.enterprise, state=CommitmentState.KEPT)
    elsewhere = CommitmentFactory(enterprise=visit.enterprise, agreement=AgreementFactory(enterprise=visit.enterprise))
    visit.commitments.add(open_one, kept, elsewhere)

    agreement = links.draw_agreement(
        visit,
        kind=AgreementKindFactory(),
        title="共建实习基地协议",
        starts_on=date(2027, 1, 1),
        ends_on=date(2029, 12, 31),
        by=officer,
        at=now,
    )

    assert (agreement.state, agreement.title, agreement.enterprise) == (
        AgreementState.DRAFT,
        "共建实习基地协议",
        visit.enterprise,
    )
    assert (agreement.starts_on, agreement.ends_on, agreement.owner) == (date(2027, 1, 1), date(2029, 12, 31), officer)
    assert list(agreement.majors.all()) == [major]
    assert list(visit.agreements.all()) == [agreement]
    assert list(agreement.commitments.all()) == [open_one]
    for commitment in (kept, elsewhere):
        before = commitment.agreement
        commitment.refresh_from_db()
        assert commitment.agreement == before


def test_college_staff_draw_for_their_own_college(college_staff, college, now):
    agreement = links.draw_agreement(
        reported_visit(), kind=AgreementKindFactory(), title="协议", by=college_staff, at=now
    )

    assert list(agreement.colleges.all()) == [college]


def test_leaders_do_not_draw_and_nothing_changes(leader, now):
    visit = reported_visit()
    outcome = OutcomeFactory(visit=visit)

    with pytest.raises(PermissionDenied):
        links.draw_agreement(visit, kind=AgreementKindFactory(), title="协议", by=leader, at=now)
    with pytest.raises(PermissionDenied):
        links.draw_posting(visit, outcome, kind=PostingKind.JOB, by=leader, at=now)
    assert (Agreement.objects.count(), Posting.objects.count()) == (0, 0)


def test_nothing_comes_of_a_visit_that_has_not_taken_place(officer, now):
    visit = VisitFactory()

    with pytest.raises(RuleBroken, match="has not taken place"):
        links.draw_agreement(visit, kind=AgreementKindFactory(), title="协议", by=officer, at=now)
    with pytest.raises(RuleBroken, match="has not taken place"):
        links.draw_posting(visit, OutcomeFactory(visit=visit), kind=PostingKind.JOB, by=officer, at=now)
    assert (Agreement.objects.count(), Posting.objects.count()) == (0, 0)


def test_an_agreement_that_ends_before_it_starts_leaves_nothing_behind(officer, now):
    visit = reported_visit()

    with pytest.raises(RuleBroken, match="cannot end before it starts"):
        links.draw_agreement(
            visit,
            kind=AgreementKindFactory(),
            title="协议",
            starts_on=date(2027, 1, 2),
            ends_on=date(2027, 1, 1),
            by=officer,
            at=now,
        )
    assert (Agreement.objects.count(), visit.agreements.count()) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "places", "pay", "title"),
    [
        (PostingKind.JOB, 4, 6000, "Animation (Job)"),
        (PostingKind.INTERNSHIP, 9, 3000, "Animation (Internship)"),
    ],
)
def test_a_posting_is_drafted_from_what_was_offered(officer, now, kind, places, pay, title):
    enterprise = EnterpriseFactory(province=ProvinceFactory(), city="成都")
    visit, major = reported_visit(enterprise=enterprise), MajorFactory(name_zh="动画", name_en="Animation")
    visit.campaigns.add(CampaignFactory(class_of=2027))
    outcome = OutcomeFactory(visit=visit, major=major, posts=4, post_pay=6000, internships=9, internship_pay=3000)

    posting = links.draw_posting(visit, outcome, kind=kind, by=officer, at=now)

    assert (posting.state, posting.kind, posting.headcount, posting.pay_min) == (PostingState.DRAFT, kind, places, pay)
    assert (posting.title[:2], posting.title_en) == ("动画", title)
    assert (posting.class_of, posting.city, posting.closes_on) == (2027, "成都", date(2026, 12, 24))
    assert list(posting.majors.all()) == [major]
    assert list(visit.postings.all()) == [posting]


def test_asked_twice_there_is_one_posting_of_each_kind(officer, now):
    visit = reported_visit()
    outcome = OutcomeFactory(visit=visit)

    first = links.draw_posting(visit, outcome, kind=PostingKind.JOB, by=officer, at=now)
    again = links.draw_posting(visit, outcome, kind=PostingKind.JOB, by=officer, at=now)
    other = links.draw_posting(visit, outcome, kind=PostingKind.INTERNSHIP, by=officer, at=now)

    assert (again, Posting.objects.count()) == (first, 2)
    assert other != first


def test_an_offer_of_nothing_or_of_another_visit_makes_no_posting(officer, now):
    visit = reported_visit()

    with pytest.raises(RuleBroken, match="No place of this kind"):
        links.draw_posting(visit, OutcomeFactory(visit=visit, posts=0), kind=PostingKind.JOB, by=officer, at=now)
    with pytest.raises(RuleBroken, match="at another visit"):
        links.draw_posting(visit, OutcomeFactory(), kind=PostingKind.JOB, by=officer, at=now)
    assert not Posting.objects.exists()

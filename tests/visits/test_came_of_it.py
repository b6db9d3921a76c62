"""What came of visits, forth and back: by one click, in the order of time, with promised beside filled."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import RuleBroken
from partnerships.choices.needs import NeedSource
from placements.choices import ApplicationState, PostingKind, PostingState
from placements.models.postings import Posting
from tests.factories.partnerships import AgreementFactory, CommitmentFactory, EnterpriseFactory, NeedFactory
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.visits import OutcomeFactory, VisitFactory, reported_visit
from visits.models.visits import Visit
from visits.selectors.came_of_it import suggested, use_of_enterprise
from visits.services.came_of_it import say_it_came, take_it_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    found = reported_visit()
    OutcomeFactory(visit=found, posts=10, internships=4)
    OutcomeFactory(visit=found, posts=2, internships=0)
    return found


def posting(visit, kind=PostingKind.JOB, state=PostingState.PUBLISHED, **fields):
    return PostingFactory(enterprise=visit.enterprise, kind=kind, state=state, **fields)


def taken(record, number=1, state=ApplicationState.ACCEPTED):
    for _ in range(number):
        ApplicationFactory(posting=record, state=state)


def page(visit):
    return reverse("visits:came_of_it", args=[visit.pk])


def test_promised_published_applied_and_filled_stand_beside_each_other(client_of, officer, visit):
    jobs, drafted = posting(visit, headcount=6), posting(visit, state=PostingState.DRAFT, headcount=9)
    interns = posting(visit, kind=PostingKind.INTERNSHIP, headcount=3)
    visit.postings.add(jobs, drafted, interns)
    taken(jobs, 3)
    taken(jobs, 2, ApplicationState.REJECTED)
    taken(interns, 1)

    use = client_of(officer).get(page(visit)).context["use"]

    assert (use.posts.promised, use.posts.published, use.posts.applied, use.posts.filled) == (12, 6, 5, 3)
    assert use.posts.percent == 25
    assert (use.internships.promised, use.internships.filled, use.internships.percent) == (4, 1, 25)
    text = client_of(officer).get(reverse("visits:visit", args=[visit.pk])).content.decode()
    assert "25% (3/12)" in text


def test_over_an_enterprise_a_posting_of_two_visits_counts_once(visit, client_of, officer):
    second = reported_visit(enterprise=visit.enterprise)
    OutcomeFactory(visit=second, posts=8, internships=0)
    jobs = posting(visit, headcount=5)
    taken(jobs, 4)
    for each in (visit, second):
        each.postings.add(jobs)

    posts = use_of_enterprise(visit.enterprise).posts

    assert (posts.promised, posts.published, posts.applied, posts.filled, posts.percent) == (20, 5, 4, 4, 20)
    tab = client_of(officer).get(reverse("visits:enterprise_visits", args=[visit.enterprise_id])).content.decode()
    assert "20% (4/20)" in tab


def test_nothing_promised_is_no_share(visit):
    visit.outcomes.all().delete()

    assert use_of_enterprise(visit.enterprise).posts.percent is None


def test_only_what_began_within_a_year_at_the_same_enterprise_is_suggested(visit, officer):
    fresh, need, agreement = (
        posting(visit),
        NeedFactory(enterprise=visit.enterprise),
        AgreementFactory(enterprise=visit.enterprise),
    )
    linked, old, late = posting(visit), posting(visit), posting(visit)
    visit.postings.add(linked)
    PostingFactory(enterprise=EnterpriseFactory())
    begins = datetime(2026, 11, 10, tzinfo=UTC)
    Posting.objects.filter(pk=old.pk).update(created_at=begins - timedelta(days=2))
    Posting.objects.filter(pk=late.pk).update(created_at=begins + timedelta(days=367))
    for record in (fresh, need, agreement):
        type(record).objects.filter(pk=record.pk).update(created_at=begins + timedelta(days=300))

    found = suggested(officer, visit)

    assert (found.postings, found.needs, found.agreements) == ([fresh], [need], [agreement])
    assert list(visit.postings.all()) == [linked]


def test_one_click_says_it_and_another_takes_it_back(client_of, officer, visit):
    need, client = NeedFactory(enterprise=visit.enterprise), client_of(officer)
    address = reverse("visits:came_link", args=[visit.pk])

    for _ in range(2):
        assert client.post(address, {"kind": "need", "record": need.pk}).url == page(visit)

    need.refresh_from_db()
    assert (list(visit.needs.all()), need.source) == ([need], NeedSource.VISIT)
    assert visit.enterprise.timeline.count() == 1
    client.post(address, {"kind": "need", "record": need.pk, "back": "1"})
    assert not visit.needs.exists()


@pytest.mark.parametrize("said", [{"kind": "visit", "record": "1"}, {"kind": "need", "record": "x"}, {}])
def test_what_is_not_offered_is_not_found(client_of, officer, visit, said):
    assert client_of(officer).post(reverse("visits:came_link", args=[visit.pk]), said).status_code == 404


def test_a_record_of_another_enterprise_and_a_visit_ahead_are_refused(officer, leader, visit, now):
    other = PostingFactory()
    with pytest.raises(RuleBroken, match="another enterprise"):
        say_it_came(visit, other, by=officer, at=now)
    ahead = VisitFactory(enterprise=other.enterprise)
    with pytest.raises(RuleBroken, match="has not taken place"):
        say_it_came(ahead, other, by=officer, at=now)
    with pytest.raises(PermissionDenied):
        say_it_came(visit, posting(visit), by=leader, at=now)
    assert take_it_back(visit, other, by=officer, at=now) is False
    assert not Visit.postings.through.objects.exists()


def test_a_year_later_the_page_tells_it_in_the_order_of_time(client_of, officer, visit):
    agreement = AgreementFactory(enterprise=visit.enterprise, signed_on="2027-03-01")
    jobs = posting(visit, published_at=datetime(2027, 4, 1, 2, tzinfo=UTC), headcount=5)
    promise = CommitmentFactory(enterprise=visit.enterprise, state="kept", closed_on="2027-09-01")
    hired = ApplicationFactory(posting=jobs, state="accepted", submitted_at=datetime(2027, 5, 1, 2, tzinfo=UTC))
    hired.moves.create(state="accepted", by=officer, at=datetime(2027, 6, 1, 2, tzinfo=UTC))
    hired.moves.create(state="submitted", by=officer, at=datetime(2027, 5, 1, 2, tzinfo=UTC))
    visit.agreements.add(agreement)
    visit.postings.add(jobs)
    visit.commitments.add(promise)

    events = client_of(officer).get(page(visit)).context["sequence"]

    told = [(str(event.on), event.what) for event in events if event.what != "Agreement drafted"]
    assert told == [
        ("2026-11-10", "Promised"),
        ("2027-03-01", "Agreement signed"),
        ("2027-04-01", "Posting published (5 places)"),
        ("2027-05-01", "First of 1 applications"),
        ("2027-06-01", "1 of 5 places filled"),
        ("2027-09-01", "Promise kept"),
    ]


def test_each_record_tells_of_its_visit_to_staff_alone(client_of, officer, student, visit):
    agreement = AgreementFactory(enterprise=visit.enterprise)
    need = NeedFactory(enterprise=visit.enterprise, source=NeedSource.VISIT)
    promise, jobs = CommitmentFactory(enterprise=visit.enterprise), posting(visit)
    for links, record in (
        (visit.agreements, agreement), (visit.needs, need), (visit.commitments, promise), (visit.postings, jobs),
    ):  # fmt: skip
        links.add(record)
    client, words = client_of(officer), "Came of the visit of 10 Nov 2026"
    shown = reverse("placements:posting", args=[jobs.pk])

    for address in (
        reverse("agreements:agreement", args=[agreement.pk]),
        reverse("agreements:promise", args=[promise.pk]),
        reverse("partnerships:enterprise_needs", args=[visit.enterprise_id]),
        shown,
    ):
        text = client.get(address).content.decode()
        assert text.count('class="muted came-of"') == 1, address
        assert reverse("visits:visit", args=[visit.pk]) in text
    assert words in client.get(shown).content.decode()
    assert "came-of" not in client_of(student).get(shown).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_came(client_of, officer, django_assert_num_queries, visit, count):
    for _ in range(count):
        jobs = posting(visit)
        taken(jobs)
        visit.postings.add(jobs)
        visit.needs.add(NeedFactory(enterprise=visit.enterprise))
        visit.agreements.add(AgreementFactory(enterprise=visit.enterprise))
        posting(visit)
    client = client_of(officer)

    with django_assert_num_queries(20):
        text = client.get(page(visit)).content.decode()

    assert text.count("Take it back") == 3 * count

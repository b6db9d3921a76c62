"""The pages of what one follows, and the buttons on other pages."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from following.choices import Frequency
from following.models import FollowedEnterprise, FollowedPosting, SavedSearch
from following.selectors.stopping import stop_path
from following.services.searches import save_search
from placements.choices import PostingState
from tests.factories.accounts import student as make_student
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db
PAGE = "/following/"


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def kept(user, **fields):
    given = {"name": "Chengdu", "query": "kind=job", "frequency": Frequency.DAILY, **fields}
    return save_search(**given, by=user, at=timezone.now())


def test_the_list_leads_to_saving_what_it_shows(student):
    page = client_of(student).get("/postings/?find=Chengdu&kind=job").content.decode()

    assert 'href="/following/searches/new/?query=find%3DChengdu%26kind%3Djob"' in page
    assert 'href="/postings/feed.xml?find=Chengdu&amp;kind=job"' in page


def test_a_visitor_is_offered_the_feed_alone(client):
    page = client.get("/postings/").content.decode()

    assert "/postings/feed.xml" in page
    assert "/following/" not in page


def test_a_search_is_saved_from_its_address_and_sent_twice_saved_once(student):
    client = client_of(student)
    address = f"{reverse('following:search_new')}?query=find%3DChengdu%26kind%3Djob%26page%3D2"
    form = client.get(address).context["form"]
    assert form.initial == {"query": "find=Chengdu&kind=job", "name": "Chengdu, Job"}
    sent = {
        "form_token": form["form_token"].value(),
        "query": form.initial["query"],
        "name": "Jobs in Chengdu",
        "frequency": "at_once",
    }

    for _ in range(2):
        assert client.post(address, sent).url == PAGE

    search = SavedSearch.objects.get()
    assert (search.user, search.name, search.query, search.frequency) == (
        student,
        "Jobs in Chengdu",
        "find=Chengdu&kind=job",
        "at_once",
    )


def test_a_refusal_stands_on_the_form_and_nothing_is_kept(student):
    kept(student)
    client = client_of(student)
    address = f"{reverse('following:search_new')}?query=kind%3Djob"
    form = client.get(address).context["form"]

    response = client.post(
        address,
        {"form_token": form["form_token"].value(), "query": "kind=job", "name": "Again", "frequency": "daily"},
    )

    assert response.context["form"].non_field_errors() == ["You keep this search already, as “Chengdu”."]
    assert SavedSearch.objects.count() == 1


def test_a_search_is_changed_and_deleted(student):
    search = kept(student)
    client = client_of(student)
    address = reverse("following:search_edit", args=[search.pk])

    client.post(address, {"version": 1, "name": "Jobs", "frequency": "never"})
    search.refresh_from_db()
    assert (search.name, search.frequency, search.version) == ("Jobs", "never", 2)
    stale = client.post(address, {"version": 1, "name": "Old", "frequency": "daily"})
    assert stale.status_code == 200
    search.refresh_from_db()
    assert search.name == "Jobs"
    client.post(reverse("following:search_delete", args=[search.pk]))

    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("name", ["search_edit", "search_delete"])
def test_somebody_else_s_search_is_not_there(student, name):
    search = kept(make_student())

    response = client_of(student).post(
        reverse(f"following:{name}", args=[search.pk]), {"version": 1, "name": "Mine", "frequency": "never"}
    )

    assert response.status_code == 404
    search.refresh_from_db()
    assert (search.name, search.frequency) == ("Chengdu", "daily")


def test_a_posting_and_an_enterprise_are_followed_and_let_go_by_one_button(student):
    posting = PostingFactory()
    client = client_of(student)
    for address, model in (
        (reverse("following:follow_posting", args=[posting.pk]), FollowedPosting),
        (reverse("following:follow_enterprise", args=[posting.enterprise_id]), FollowedEnterprise),
    ):
        for _ in range(2):
            client.post(address, {"follow": "on"})
        assert model.objects.get().user == student
        assert client.post(address, {"follow": "off", "back": PAGE}).url == PAGE
        assert not model.objects.exists()


def test_the_way_back_leads_to_no_other_site(student):
    posting = PostingFactory()

    response = client_of(student).post(
        reverse("following:follow_posting", args=[posting.pk]), {"follow": "on", "back": "https://elsewhere.example/"}
    )

    assert response.url == f"/postings/{posting.pk}/"


def test_a_draft_is_not_there_to_be_followed(student):
    posting = PostingFactory(state=PostingState.DRAFT)

    response = client_of(student).post(reverse("following:follow_posting", args=[posting.pk]), {"follow": "on"})

    assert response.status_code == 404
    assert not FollowedPosting.objects.exists()


def test_what_has_ended_can_be_let_go(student):
    follow = FollowedPosting.objects.create(
        user=student, posting=PostingFactory(state=PostingState.CLOSED), at=timezone.now()
    )

    client_of(student).post(reverse("following:follow_posting", args=[follow.posting_id]), {"follow": "off"})

    assert not FollowedPosting.objects.exists()


def test_an_announced_posting_is_read_and_waited_for(student, client):
    posting = PostingFactory(opens_on=timezone.localdate() + timedelta(days=9))

    page = client_of(student).get(f"/postings/{posting.pk}/").content.decode()

    assert "Tell me when it opens" in page
    assert f"/postings/{posting.pk}/apply/" not in page
    assert client.get(f"/postings/{posting.pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number_of_rows(student, rows, django_assert_num_queries):
    on = timezone.localdate()
    for number in range(rows):
        kept(student, query=f"find={number}&kind=job")
        enterprise = EnterpriseFactory()
        FollowedEnterprise.objects.create(user=student, enterprise=enterprise, at=timezone.now())
        FollowedPosting.objects.create(user=student, posting=PostingFactory(), at=timezone.now())
        PostingFactory(enterprise=enterprise, opens_on=on + timedelta(days=3))
    client = client_of(student)

    # session, person, roles; searches, profile, majors and provinces; enterprises; count, postings; announced;
    # school, unread
    with django_assert_num_queries(12):
        page = client.get(PAGE).content.decode()

    assert page.count("Follow “") == 2 * rows
    assert page.count("Kind: Job · ") + page.count("· Kind: Job") == rows
    assert page.count("opens ") == rows


def test_what_one_applied_to_is_said(student):
    posting = PostingFactory(closes_on=date(2020, 1, 1), opens_on=None)
    ApplicationFactory(posting=posting, student=student)
    FollowedPosting.objects.create(user=student, posting=posting, at=timezone.now())

    assert "You have applied" in client_of(student).get(PAGE).content.decode()


@pytest.mark.parametrize("kind", ["search", "enterprise", "posting"])
def test_the_link_of_a_message_stops_it_when_its_button_is_pressed_and_not_before(student, client, kind):
    posting, at = PostingFactory(), timezone.now()
    record = {
        "search": lambda: kept(student),
        "enterprise": lambda: FollowedEnterprise.objects.create(user=student, enterprise=posting.enterprise, at=at),
        "posting": lambda: FollowedPosting.objects.create(user=student, posting=posting, at=at),
    }[kind]()
    address = stop_path(record)

    def holds():
        if kind == "search":
            return SavedSearch.objects.get().frequency == "daily"
        return type(record).objects.exists()

    opened = client.get(address)
    assert (opened.status_code, opened["Referrer-Policy"]) == (200, "no-referrer")
    assert b"<button" in opened.content
    assert holds()
    assert b"No more messages" in client.post(address).content
    assert not holds()
    again = client.get(address)
    assert b"<button" not in again.content
    assert again.status_code == 200


def test_a_made_up_link_leads_nowhere(client, student):
    search = kept(student)

    assert client.post("/following/stop/WyJzZWFyY2giLDEsMV0:x:y/").status_code == 404
    search.refresh_from_db()
    assert search.frequency == "daily"

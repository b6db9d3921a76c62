"""The personal link by which a member's representative finds and asks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from communities.models.members import MemberLink, Representative
from communities.models.sharing import ResourceRequest
from communities.reminders import link_still_holds
from communities.services import member_links
from core.errors import RuleBroken
from notifications.models.messages import OutgoingMessage
from partnerships.models.communities import Membership
from tests.factories.community_work import (
    CommunityFactory,
    MembershipFactory,
    RepresentativeFactory,
    ResourceFactory,
    address_in,
    sent_link,
)
from tests.factories.partnerships import ContactFactory
from tests.mails import text_of
from tests.servers import SmtpServer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "7b8f0f5e-7f5c-4d51-9d8c-6d7d54b1f001"
WISH = {"form_token": TOKEN, "purpose": "毕业设计拍摄"}


@pytest.fixture(autouse=True)
def nobody_was_here_yet():
    cache.clear()


@pytest.fixture
def person(db):
    return RepresentativeFactory(membership__organisation="灯塔影视")


@pytest.fixture
def resource(person):
    return ResourceFactory(community=person.membership.community, name="虚拟演播室", conditions="每周三")


@pytest.fixture
def link(person, officer):
    return sent_link(person, by=officer, at=timezone.now())


def test_the_office_sends_links_and_a_new_one_ends_the_one_before(officer, person):
    first = sent_link(person, by=officer, at=NOW)
    second = sent_link(person, by=officer, at=NOW + timedelta(days=1))

    first.refresh_from_db()
    assert (first.revoked_at, second.expires_at) == (NOW + timedelta(days=1), NOW + timedelta(days=181))
    assert settings.MEMBER_LINK_DAYS == 180
    letter = OutgoingMessage.objects.get(key=f"member-link:{second.pk}")
    assert (letter.address, letter.language) == (person.email, "zh-hans")
    token = address_in(second).split("/")[2]
    assert token not in second.digest
    assert (link_still_holds(first.pk, now=NOW), link_still_holds(second.pk, now=NOW)) == (False, True)


def test_the_letter_speaks_the_language_of_the_contact_on_file(officer, person):
    Representative.objects.update(contact=ContactFactory(language="en"))

    sent = sent_link(Representative.objects.get(), by=officer, at=NOW)

    letter = OutgoingMessage.objects.get(key=f"member-link:{sent.pk}")
    assert letter.language == "en"
    assert letter.subject.endswith("what members share, and how to ask for it")


def test_who_cannot_be_written_to(officer, leader, person):
    community = person.membership.community
    nowhere = RepresentativeFactory(membership__community=community, email="")
    gone = RepresentativeFactory(membership__community=community, to_on=date(2026, 11, 19))
    left = RepresentativeFactory(membership__community=community, membership__left_on=date(2026, 11, 1))
    elsewhere = RepresentativeFactory()

    for wrong in ([nowhere], [gone], [left], [elsewhere], [person, gone], []):
        with pytest.raises(RuleBroken):
            member_links.send_links(community, wrong, by=officer, at=NOW)
    with pytest.raises(PermissionDenied):
        member_links.send_links(community, [person], by=leader, at=NOW)
    assert (MemberLink.objects.count(), OutgoingMessage.objects.count()) == (0, 0)


def test_the_office_sends_to_all_on_the_page_and_withdraws(client, officer, person):
    community = person.membership.community
    other = RepresentativeFactory(membership__community=community)
    client.force_login(officer)
    address = reverse("communities:links_send", args=[community.pk])
    for _click in range(2):
        assert client.post(address, {"form_token": TOKEN, "people": [person.pk, other.pk]})["Location"] == address
    assert OutgoingMessage.objects.count() == 2
    sent = person.links.get()

    assert client.post(reverse("communities:link_revoke", args=[sent.pk]))["Location"] == address
    assert client.post(reverse("communities:link_revoke", args=[sent.pk])).status_code == 409
    states = {each.pk: each.link_state for each in client.get(address).context["people"]}
    assert states == {person.pk: "revoked", other.pk: "open"}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_links_run_the_same_queries_for_any_number(client, officer, django_assert_num_queries, rows):
    community = CommunityFactory()
    for _number in range(rows):
        sent_link(RepresentativeFactory(membership__community=community), by=officer, at=NOW)
    client.force_login(officer)

    with django_assert_num_queries(9):  # session, person, roles, community, choices, people, links, frame
        response = client.get(reverse("communities:links_send", args=[community.pk]))

    assert len(response.context["people"]) == rows


def test_a_scanner_that_opens_the_link_changes_nothing(client, link, resource):
    address = address_in(link)
    before = list(MemberLink.objects.values())

    for _time in range(3):
        for method in (client.get, client.head):
            assert method(address).status_code == 200
            assert method(f"{address}{resource.pk}/").status_code == 200

    assert list(MemberLink.objects.values()) == before
    assert not ResourceRequest.objects.exists()
    response = client.get(address)
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert "no-store" in response["Cache-Control"]


def test_a_representative_finds_only_what_their_communities_share_and_nobodys_number(client, link, person, resource):
    elsewhere = ResourceFactory(community=CommunityFactory(), name="别处的设备")
    second = MembershipFactory(organisation=person.membership.organisation)
    ResourceFactory(community=second.community, name="第二个共同体的课程", kind="course")
    ResourceFactory(community=second.community, name="不再共享", ended_on=date(2020, 1, 1))
    stranger = RepresentativeFactory(
        membership__community=person.membership.community, name="孙强", phone="13900001234", email="sun@other.example"
    )
    address = address_in(link)

    page = client.get(address)

    assert {row.name for row in page.context["page"]} == {"虚拟演播室", "第二个共同体的课程"}
    html = page.content.decode()
    for secret in (stranger.name, stranger.phone, stranger.email, elsewhere.name):
        assert secret not in html
    assert [row.name for row in client.get(f"{address}?kind=course").context["page"]] == ["第二个共同体的课程"]
    assert [row.name for row in client.get(f"{address}?find=周三").context["page"]] == ["虚拟演播室"]
    assert client.get(f"{address}{elsewhere.pk}/").status_code == 404
    assert client.post(f"{address}{elsewhere.pk}/", WISH).status_code == 404
    assert not ResourceRequest.objects.exists()


def test_two_clicks_ask_once_and_another_wish_is_possible(client, link, person, resource):
    address = address_in(link)
    for _click in range(2):
        sent = client.post(f"{address}{resource.pk}/?language=en", WISH)
        assert sent["Location"] == f"{address}?language=en#asked"
    client.post(f"{address}{resource.pk}/", {"form_token": TOKEN[:-1] + "2", "purpose": "另一次"})

    assert ResourceRequest.objects.count() == 2
    asked = ResourceRequest.objects.get(purpose="毕业设计拍摄")
    assert (asked.membership, asked.representative, asked.name, asked.email, asked.language) == (
        person.membership, person, person.name, person.email, "en",
    )  # fmt: skip
    empty = client.post(f"{address}{resource.pk}/", {"form_token": TOKEN[:-1] + "3", "purpose": ""})
    assert list(empty.context["form"].errors) == ["purpose"]
    wrong = {"form_token": TOKEN[:-1] + "4", "purpose": "x", "from_on": "2026-12-02", "to_on": "2026-12-01"}
    assert list(client.post(f"{address}{resource.pk}/", wrong).context["form"].errors) == ["to_on"]
    assert ResourceRequest.objects.count() == 2


def test_own_and_ended_resources_are_refused_in_words(client, link, person):
    own = ResourceFactory(community=person.membership.community, organisation=person.membership.organisation)
    over = ResourceFactory(community=person.membership.community, ended_on=date(2020, 1, 1))
    address = address_in(link)

    for wrong, words in ((own, "A member does not ask"), (over, "This is no longer shared.")):
        form = client.post(f"{address}{wrong.pk}/?language=en", WISH).context["form"]
        assert form.non_field_errors()[0].startswith(words)
    assert not ResourceRequest.objects.exists()


def test_a_link_that_does_not_hold_refuses_in_words(client, link, person, resource):
    address = address_in(link)
    for change, words in (
        (lambda: MemberLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1)), "It was open until"),
        (lambda: Membership.objects.update(left_on=date(2026, 1, 1)), "is no longer a member"),
        (lambda: MemberLink.objects.update(revoked_at=timezone.now()), "It was withdrawn"),
    ):
        change()
        for answer in (
            client.get(f"{address}?language=en"),
            client.get(f"{address}{resource.pk}/?language=en"),
            client.post(f"{address}{resource.pk}/?language=en", WISH),
        ):
            assert answer.status_code == 410
            assert words in answer.content.decode()
    assert not ResourceRequest.objects.exists()


def test_a_forged_token_finds_nothing(client, link, resource):
    address = address_in(link)

    for forged in (f"{address[:-2]}x/", f"/shared/{link.digest}/", "/shared/x/"):
        assert client.get(forged).status_code == 404
        assert client.post(f"{forged}{resource.pk}/", WISH).status_code == 404
    assert not ResourceRequest.objects.exists()


def test_a_wish_is_taken_back_by_who_asked_alone(client, officer, link, person, resource):
    address = address_in(link)
    client.post(f"{address}{resource.pk}/", WISH)
    asked = ResourceRequest.objects.get()
    other = sent_link(RepresentativeFactory(membership=person.membership), by=officer, at=timezone.now())

    assert client.post(f"{address_in(other)}{asked.pk}/withdraw/").status_code == 404
    asked.refresh_from_db()
    assert asked.state == "asked"
    assert client.post(f"{address}{asked.pk}/withdraw/").status_code == 302
    assert client.post(f"{address}{asked.pk}/withdraw/").status_code == 409
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_a_link_that_is_opened_without_end_has_to_wait(client, link, monkeypatch):
    monkeypatch.setattr("core.outside.REQUESTS_A_MINUTE", 2)
    answers = {client.get(address_in(link)).status_code for _time in range(6)}

    assert answers == {200, 429}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_outside_runs_the_same_queries(client, link, person, django_assert_num_queries, rows):
    for number in range(rows):
        made = ResourceFactory(community=person.membership.community, name=str(number))
        client.post(f"{address_in(link)}{made.pk}/", {"form_token": TOKEN[:-1] + str(number), "purpose": "x"})
    address = address_in(link)

    # link, units, count, rows, wishes, school; and how often it was opened, which these tests keep in a table
    with django_assert_num_queries(6 + 6):
        response = client.get(address)

    assert (len(response.context["page"].object_list), len(response.context["wishes"])) == (rows, rows)


@pytest.mark.django_db(transaction=True)
def test_the_letter_leaves_by_smtp_and_its_link_works(client, officer, person, resource, smtp_server: SmtpServer):
    member_links.send_links(person.membership.community, [person], by=officer, at=timezone.now())

    (mail,) = smtp_server.messages
    assert smtp_server.recipients == [[person.email]]
    address = next(word for word in text_of(mail).split() if "/shared/" in word)
    assert client.get(address).status_code == 200
    assert OutgoingMessage.objects.get().link == ""

"""The pages behind a signed link: opening them changes nothing, their buttons act once."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from agreements.services.agreements import move_agreement
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementState
from partnerships.choices.links import LinkEventKind
from partnerships.models.agreements import Signature
from partnerships.models.links import SignedLink
from signing.models import SigningRequest
from signing.services.requests import send_request, withdraw_request
from tests.factories.links import address_of, asked_link
from tests.factories.signing import TEXT, address_to_sign, asked_by_link, awaiting, by_link, content_of, enterprise_of

pytestmark = pytest.mark.django_db
SAID = {"typed_name": "李娜", "agrees": "on"}


@pytest.fixture(autouse=True)
def _nobody_opened_it_before(db):
    cache.clear()


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


def asked_now(officer, **fields) -> SigningRequest:
    return send_request(by_link(enterprise_of(awaiting(**fields)), by=officer), by=officer, at=timezone.now())


def test_scanners_and_readers_open_it_often_and_nothing_happens(visitor, officer):
    request = asked_now(officer)
    address = address_to_sign(request)
    before = (request.signed_at, SignedLink.objects.count(), OutgoingMessage.objects.count())

    for _number in range(5):
        assert visitor.get(address).status_code == 200
        visitor.head(address)
        for part in ("forward/", "decline/"):
            assert visitor.get(address + part).status_code == 200
        assert content_of(visitor.get(address + "text/")) == TEXT

    request.refresh_from_db()
    assert (request.signed_at, SignedLink.objects.count(), OutgoingMessage.objects.count()) == before
    assert request.link.events.filter(kind=LinkEventKind.OPENED).count() == 10
    assert request.link.used_at is None


@pytest.mark.parametrize(("language", "words"), [("en", "Sign an agreement"), ("zh-hans", "李娜")])
def test_the_page_shows_what_is_signed_in_the_readers_language(visitor, officer, language, words):
    request = asked_now(officer, title="基地协议")

    response = visitor.get(address_to_sign(request), {"language": language})

    shown = response.content.decode()
    for expected in (words, "基地协议", request.agreement.verification.code, "基地协议"):
        assert expected in shown
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")


def test_the_text_comes_as_it_was_fixed(visitor, officer):
    response = visitor.get(address_to_sign(asked_now(officer)) + "text/")

    assert content_of(response) == TEXT
    assert response["Content-Disposition"].startswith("attachment")


def test_name_and_tick_sign_once_and_thank(visitor, officer):
    request = asked_now(officer)
    address = address_to_sign(request)

    assert list(visitor.post(address, {"typed_name": "李娜"}).context["form"].errors) == ["agrees"]
    wrong = visitor.post(address, {"typed_name": "李纳", "agrees": "on"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["typed_name"])
    assert "李娜" in wrong.context["form"].errors["typed_name"][0]
    assert not Signature.objects.exists()

    assert visitor.post(address, SAID).status_code == 302
    thanks = visitor.get(address)
    assert (thanks.status_code, str(thanks.context["end"])) == (200, "signed")
    again = visitor.post(address, SAID)
    assert (again.status_code, str(again.context["end"])) == (200, "signed")
    assert Signature.objects.count() == 1
    certificate = visitor.get(address + "certificate/")
    assert content_of(certificate).startswith(b"%PDF")


def test_there_is_no_certificate_before_signing(visitor, officer):
    assert visitor.get(address_to_sign(asked_now(officer)) + "certificate/").status_code == 404


def test_declining_needs_a_reason_and_ends_the_link(visitor, officer):
    request = asked_now(officer)
    address = address_to_sign(request)

    assert list(visitor.post(address + "decline/", {"reason": ""}).context["form"].errors) == ["reason"]
    assert visitor.post(address + "decline/", {"reason": "条款三有误"}).status_code == 302

    request.refresh_from_db()
    assert request.reason == "条款三有误"
    shown = visitor.post(address, SAID)
    assert (shown.status_code, str(shown.context["end"])) == (200, "declined")
    assert not Signature.objects.exists()


def test_passing_on_gives_the_other_a_link_and_ends_this_one(visitor, officer):
    request = asked_now(officer)
    address = address_to_sign(request)
    data = {"name": "曾建", "email": "zeng@film.example"}

    same = visitor.post(address + "forward/", {**data, "email": "LI@film.example"})
    assert list(same.context["form"].errors) == ["email"]
    assert visitor.post(address + "forward/", data).status_code == 302

    closed = visitor.get(address)
    assert (closed.status_code, str(closed.context["end"])) == (410, "forwarded")
    assert "曾建" in closed.content.decode()
    assert visitor.post(address_to_sign(request), {"typed_name": "曾建", "agrees": "on"}).status_code == 302
    assert Signature.objects.get().name == "曾建"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("spoil", ["withdrawn", "expired", "replaced", "taken_back", "ended"])
def test_a_link_that_does_not_hold_says_so_in_words_and_writes_nothing(visitor, officer, spoil, language):
    request = asked_now(officer)
    address, now = address_to_sign(request), timezone.now()
    agreement = request.agreement
    if spoil == "withdrawn":
        withdraw_request(request, by=officer, at=now)
    elif spoil == "expired":
        SignedLink.objects.update(expires_at=now - timedelta(seconds=1))
    elif spoil == "replaced":
        send_request(request, by=officer, at=now)
    elif spoil == "taken_back":
        move_agreement(agreement, AgreementState.DRAFT, by=officer, at=now)
    else:
        move_agreement(agreement, AgreementState.ENDED, by=officer, at=now, note="停")
    links = SignedLink.objects.count()

    for part, said in (("", SAID), ("decline/", {"reason": "否"}), ("forward/", {"name": "x", "email": "x@x.example"})):
        for response in (
            visitor.get(f"{address}{part}?language={language}"),
            visitor.post(f"{address}{part}?language={language}", said),
        ):
            assert (response.status_code, str(response.context["end"])) == (410, spoil)
    assert visitor.get(address + "text/").status_code == 410

    request.refresh_from_db()
    assert (request.signed_at, request.declined_at, SignedLink.objects.count()) == (None, None, links)
    assert not Signature.objects.exists()


def test_the_link_of_a_file_signs_nothing_and_the_other_way_round(visitor, officer):
    request = asked_now(officer)
    to_sign = address_to_sign(request).split("/")[2]
    of_file = address_of(asked_link(at=timezone.now())).split("/")[2]

    assert visitor.get(f"/do/{to_sign}/").status_code == 404
    assert visitor.get(f"/sign/{of_file}/").status_code == 404
    assert visitor.get("/sign/none/").status_code == 404


def test_who_opens_it_without_end_is_told_to_wait(visitor, officer):
    address = address_to_sign(asked_now(officer))
    key = f"file-link:{SignedLink.objects.get().pk}:{timezone.now():%H%M}"
    cache.set(key, 60)
    cache.set(f"file-link:{SignedLink.objects.get().pk}:{timezone.now() + timedelta(minutes=1):%H%M}", 60)

    assert visitor.post(address, SAID).status_code == 429
    assert not Signature.objects.exists()


def test_an_old_request_is_dated_by_its_letter(officer):
    assert asked_by_link(awaiting(), by=officer).link.year == 2026

"""Who is named, asked, asked again, changed and withdrawn; and nothing before its time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.errors import RuleBroken
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementState, SignatureWay
from partnerships.choices.links import LinkEventKind, LinkPurpose
from partnerships.choices.timeline import TimelineKind
from partnerships.models.links import SignedLink
from partnerships.models.timeline import TimelineEntry
from signing.models import SigningRequest, Verification
from signing.selectors.states import plain_name
from signing.services.requests import Signer, add_signer, change_signer, send_all, send_request, withdraw_request
from tests.factories.partnerships import AgreementFactory, AgreementKindFactory, ContactFactory, EnterpriseFactory
from tests.factories.reviews import moved
from tests.factories.signing import (
    SENT,
    address_to_sign,
    asked_by_link,
    awaiting,
    by_link,
    enterprise_of,
    in_portal,
    school_of,
)

pytestmark = pytest.mark.django_db
S = AgreementState


def told() -> list[tuple[str, str]]:
    entries = TimelineEntry.objects.filter(kind=TimelineKind.AGREEMENT_SIGNING).order_by("pk")
    return [(entry.detail, entry.text) for entry in entries]


def test_asking_by_link_writes_one_letter_that_alone_holds_the_token(officer):
    agreement = awaiting(title="基地协议")

    request = asked_by_link(agreement, by=officer)

    link = SignedLink.objects.get()
    letter = OutgoingMessage.objects.get(recipient=None)
    token = address_to_sign(request).split("/")[2]
    assert (link.purpose, link.name, link.email) == (LinkPurpose.SIGN_AGREEMENT, "李娜", "li@film.example")
    assert (link.expires_at, link.issued_by, link.digest != token) == (SENT + timedelta(days=30), officer, True)
    assert (request.link, request.sent_at) == (link, SENT)
    assert (letter.subject, letter.address, letter.still_due) == (
        "Please sign “基地协议”", "li@film.example", "signing.link",
    )  # fmt: skip
    assert token not in letter.body
    assert Verification.objects.get().code in letter.body
    assert told() == [("begun", "基地协议: 2026-000001"), ("asked", "基地协议: 李娜")]


def test_what_goes_out_is_fixed_with_its_sum_and_an_unguessable_code(officer):
    agreement = awaiting()
    asked_by_link(agreement, by=officer)
    other = awaiting()
    asked_by_link(other, by=officer)

    first, second = Verification.objects.order_by("pk")

    assert (first.serial, second.serial) == ("2026-000001", "2026-000002")
    assert first.code != second.code
    assert [len(part) for part in first.code.split("-")] == [4, 4, 4]
    assert not set(first.code) & set("0125BILOSZabc")
    assert first.file == agreement.files.get()
    assert first.sha256 == "946ac5b63da7d7dc433bab7a130f70a836873b4e6282edcaef21159b01876b2e"


@pytest.mark.parametrize("state", [S.DRAFT, S.IN_REVIEW, S.RENEWED, S.ENDED])
def test_nothing_is_sent_before_or_after_its_time(officer, state):
    agreement = awaiting()
    request = by_link(enterprise_of(agreement), by=officer)
    agreement.state = state
    agreement.save()

    for act in (
        lambda: send_request(request, by=officer, at=SENT),
        lambda: send_all(agreement, by=officer, at=SENT),
    ):
        with pytest.raises(RuleBroken, match="before it awaits signatures"):
            act()

    request.refresh_from_db()
    assert request.sent_at is None
    assert not SignedLink.objects.exists()
    assert not OutgoingMessage.objects.exists()
    assert not Verification.objects.exists()


def test_the_database_refuses_a_signature_before_sending(officer):
    request = by_link(enterprise_of(awaiting()), by=officer)
    rows = SigningRequest.objects.filter(pk=request.pk)

    for sent_at in (None, SENT):
        with pytest.raises(IntegrityError, match="request_signed_after_sent"), transaction.atomic():
            rows.update(sent_at=sent_at, signed_at=SENT - timedelta(seconds=1))


def test_without_a_text_nobody_is_asked_to_sign_one(officer):
    agreement = AgreementFactory(state=S.AWAITING_SIGNATURES)
    request = by_link(enterprise_of(agreement), by=officer)

    with pytest.raises(RuleBroken, match="no text to sign"):
        send_request(request, by=officer, at=SENT)

    assert not Verification.objects.exists()
    assert not SignedLink.objects.exists()


def test_all_who_were_named_are_asked_once(officer, leader):
    agreement = awaiting()
    by_link(enterprise_of(agreement), by=officer)
    in_portal(school_of(agreement), leader, by=officer)

    assert send_all(agreement, by=officer, at=SENT) == 2
    with pytest.raises(RuleBroken, match="Nobody is left"):
        send_all(agreement, by=officer, at=SENT)

    message = OutgoingMessage.objects.get(recipient=leader, channel=Channel.INBOX)
    assert message.link == f"/signers/{agreement.signing_requests.get(user=leader).pk}/"
    assert OutgoingMessage.objects.filter(recipient=None).count() == 1


def test_sending_again_retires_the_link_before(officer):
    request = asked_by_link(awaiting(), by=officer)
    later = SENT + timedelta(days=3)

    send_request(request, by=officer, at=later)

    old, new = SignedLink.objects.order_by("pk")
    request.refresh_from_db()
    assert (old.revoked_at, new.replaces, request.link, request.sent_at) == (later, old, new, later)
    assert OutgoingMessage.objects.filter(recipient=None).count() == 2
    assert told()[-1][0] == "again"


def test_changing_the_signer_withdraws_the_link_and_sends_nothing(officer):
    request = asked_by_link(awaiting(), by=officer)
    chairman = ContactFactory(enterprise=request.party.enterprise, name="曾建", email="zeng@film.example")
    signer = Signer(way=SignatureWay.LINK, name="曾建", email="zeng@film.example", contact=chairman)

    change_signer(request, signer, by=officer, at=SENT)

    request.refresh_from_db()
    link = SignedLink.objects.get()
    assert (request.name, request.link, request.sent_at, link.revoked_at) == ("曾建", None, None, SENT)
    assert link.events.filter(kind=LinkEventKind.REVOKED).count() == 1
    assert OutgoingMessage.objects.filter(recipient=None).count() == 1
    assert told()[-1] == ("changed", "实习基地共建协议: 李娜 → 曾建")


def test_withdrawing_ends_the_link(officer):
    request = asked_by_link(awaiting(), by=officer)

    withdraw_request(request, by=officer, at=SENT)

    request.refresh_from_db()
    assert (request.withdrawn_at, SignedLink.objects.get().revoked_at) == (SENT, SENT)
    with pytest.raises(RuleBroken):
        send_request(request, by=officer, at=SENT)
    assert SignedLink.objects.count() == 1


@pytest.mark.parametrize(
    ("signer", "field"),
    [
        (Signer(way=SignatureWay.LINK, name="李娜"), "email"),
        (Signer(way=SignatureWay.PORTAL, name="李娜"), "user"),
        (Signer(way=SignatureWay.PAPER, name="王 五"), "name"),
    ],
)
def test_who_cannot_be_asked_this_way_is_refused_at_the_field(officer, signer, field):
    agreement = awaiting()
    add_signer(enterprise_of(agreement), Signer(way=SignatureWay.PAPER, name="王五"), by=officer, at=SENT)

    with pytest.raises(RuleBroken) as refused:
        add_signer(enterprise_of(agreement), signer, by=officer, at=SENT)

    assert refused.value.field == field
    assert SigningRequest.objects.count() == 1


def test_people_of_another_party_do_not_sign_for_this_one(officer, leader):
    agreement = awaiting()
    stranger = ContactFactory(enterprise=EnterpriseFactory())
    for signer, field in (
        (Signer(way=SignatureWay.LINK, name="x", email="x@x.example", contact=stranger), "contact"),
        (Signer(way=SignatureWay.PORTAL, name="x", user=leader), "user"),
    ):
        with pytest.raises(RuleBroken) as refused:
            add_signer(enterprise_of(agreement), signer, by=officer, at=SENT)
        assert refused.value.field == field

    assert not SigningRequest.objects.exists()


def test_a_colleague_who_cannot_read_the_agreement_is_not_asked(officer, stranger):
    with pytest.raises(RuleBroken) as refused:
        in_portal(school_of(awaiting()), stranger, by=officer)

    assert refused.value.field == "user"
    assert not SigningRequest.objects.exists()


def test_a_framework_agreement_needs_a_leader_before_it_goes_out(officer, leader):
    agreement = awaiting(kind=AgreementKindFactory(code="strategic", needs_leadership=True))
    with pytest.raises(RuleBroken, match="leadership") as refused:
        in_portal(school_of(agreement), officer, by=officer)
    assert refused.value.field == "way"
    by_link(enterprise_of(agreement), by=officer)
    with pytest.raises(RuleBroken, match="who of the leadership"):
        send_all(agreement, by=officer, at=SENT)
    assert not SignedLink.objects.exists()

    in_portal(school_of(agreement), leader, by=officer)

    assert send_all(agreement, by=officer, at=SENT) == 2


def test_back_at_its_draft_the_text_and_what_was_sent_hold_no_more(officer):
    agreement = awaiting()
    request = asked_by_link(agreement, by=officer)
    for to, hours in ((S.DRAFT, 1), (S.IN_REVIEW, 2), (S.AWAITING_SIGNATURES, 3)):
        agreement = moved(agreement, to, by=officer, at=SENT + timedelta(hours=hours))
    issued = Verification.objects.get()

    assert send_all(agreement, by=officer, at=SENT + timedelta(hours=4)) == 1

    fresh = Verification.objects.get()
    request.refresh_from_db()
    assert (fresh.code, fresh.serial) == (issued.code, issued.serial)
    assert (fresh.issued_at, request.sent_at) == (SENT + timedelta(hours=4), SENT + timedelta(hours=4))
    assert SignedLink.objects.filter(revoked_at=None).get() == request.link


@pytest.mark.parametrize("who", ["leader", "student", "stranger", "college_staff"])
def test_only_the_office_prepares_signing(request, officer, who):
    user = request.getfixturevalue(who)
    agreement = awaiting()
    asked = by_link(enterprise_of(agreement), by=officer)

    for act in (
        lambda: in_portal(school_of(agreement), officer, by=user),
        lambda: send_request(asked, by=user, at=SENT),
        lambda: send_all(agreement, by=user, at=SENT),
        lambda: withdraw_request(asked, by=user, at=SENT),
        lambda: change_signer(asked, Signer(way=SignatureWay.PAPER, name="x"), by=user, at=SENT),
    ):
        with pytest.raises(PermissionDenied):
            act()

    asked.refresh_from_db()
    assert (asked.name, asked.sent_at, asked.withdrawn_at) == ("李娜", None, None)
    assert SigningRequest.objects.count() == 1


@pytest.mark.parametrize("typed", ["Li Na", "li  na", " LINA", "ＬｉＮａ", "Li\u3000Na"])
def test_names_are_the_same_but_for_case_width_and_spaces(typed):
    assert plain_name(typed) == plain_name("Li Na")
    assert plain_name("Li Nan") != plain_name("Li Na")

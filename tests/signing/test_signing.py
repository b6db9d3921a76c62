"""Signing by link, in the portal and on paper: once, by who was asked, and the last one completes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection

from accounts.choices import Role
from accounts.models.people import RoleGrant
from agreements.services.agreements import move_agreement
from core.errors import RuleBroken
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementFileKind, AgreementState, Side, SignatureWay
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Signature
from partnerships.models.links import SignedLink
from partnerships.models.timeline import TimelineEntry
from signing.choices import LinkEnd
from signing.models import SigningRequest, Verification
from signing.services.requests import send_request, withdraw_request
from signing.services.signing import (
    NothingToSign,
    decline_by_link,
    decline_here,
    forward,
    record_on_paper,
    sign_by_link,
    sign_here,
)
from tests.factories.accounts import person
from tests.factories.partnerships import AgreementKindFactory, ContactFactory, EnterpriseFactory, signed_agreement
from tests.factories.reviews import moved
from tests.factories.signing import (
    SENT,
    SIGNED,
    asked_by_link,
    asked_in_portal,
    awaiting,
    by_link,
    in_portal,
    school_of,
    second_party,
)

pytestmark = pytest.mark.django_db
S = AgreementState


def told_owner(owner) -> list[str]:
    """Newest first, as in the inbox."""
    return list(OutgoingMessage.objects.inbox_of(owner).values_list("subject", flat=True))


def on_paper(party, by, **more):
    given = {"way": SignatureWay.PAPER, "name": "陈立", "signed_on": date(2026, 11, 3), "at": SIGNED, **more}
    return record_on_paper(party, by=by, **given)


@pytest.mark.parametrize("typed", ["Li Na", "li na", "ＬＩ　ＮＡ"])
def test_the_typed_name_signs_and_uses_the_link_up(officer, typed):
    agreement = awaiting(title="Base")
    request = asked_by_link(agreement, by=officer, name="Li Na", title="HR")

    sign_by_link(request.link, typed_name=typed, at=SIGNED)

    request.refresh_from_db()
    agreement.refresh_from_db()
    signature = Signature.objects.get()
    assert (signature.party, signature.side, signature.name, signature.title, signature.way, signature.signed_on) == (
        request.party, Side.ENTERPRISE, "Li Na", "HR", SignatureWay.LINK, date(2026, 11, 4),
    )  # fmt: skip
    assert (request.signed_at, request.signature, request.link.used_at) == (SIGNED, signature, SIGNED)
    assert agreement.state == S.AWAITING_SIGNATURES
    assert told_owner(agreement.owner) == ["Li Na signed “Base”"]
    assert (
        TimelineEntry.objects.filter(kind=TimelineKind.AGREEMENT_SIGNING, detail="signed").get().text == "Base: Li Na"
    )


def test_another_name_is_refused_with_the_one_that_is_expected(officer):
    request = asked_by_link(awaiting(), by=officer)

    with pytest.raises(RuleBroken, match="李娜") as refused:
        sign_by_link(request.link, typed_name="李纳", at=SIGNED)

    request.refresh_from_db()
    assert refused.value.field == "typed_name"
    assert (request.signed_at, request.link.used_at) == (None, None)
    assert not Signature.objects.exists()


def test_the_last_party_completes_the_agreement_with_its_day(officer, leader):
    older = signed_agreement(ends_on=date(2026, 12, 31))
    agreement = awaiting(title="Base", enterprise=older.enterprise, renewed_from=older)
    third = second_party(agreement, EnterpriseFactory())
    one, two = asked_by_link(agreement, by=officer), asked_in_portal(agreement, leader, by=officer)
    three = send_request(by_link(third, by=officer, email="san@third.example"), by=officer, at=SENT)

    sign_by_link(one.link, typed_name="李娜", at=SIGNED)
    sign_here(two, typed_name="chen li", by=leader, at=SIGNED + timedelta(days=1))
    agreement.refresh_from_db()
    assert agreement.state == S.AWAITING_SIGNATURES
    sign_by_link(three.link, typed_name="李娜", at=SIGNED + timedelta(days=2))

    agreement.refresh_from_db()
    older.refresh_from_db()
    assert (agreement.state, agreement.signed_on, older.state) == (S.SIGNED, date(2026, 11, 6), S.RENEWED)
    assert told_owner(agreement.owner)[0] == "“Base” is signed by all"
    assert third.enterprise.timeline.filter(kind=TimelineKind.AGREEMENT_SIGNING).count() == 2


@pytest.mark.parametrize(
    ("spoil", "end"),
    [
        ("used", LinkEnd.SIGNED),
        ("declined", LinkEnd.DECLINED),
        ("withdrawn", LinkEnd.WITHDRAWN),
        ("forwarded", LinkEnd.FORWARDED),
        ("again", LinkEnd.REPLACED),
        ("expired", LinkEnd.EXPIRED),
        ("ended", LinkEnd.ENDED),
        ("draft", LinkEnd.TAKEN_BACK),
    ],
)
def test_a_spent_link_says_why_and_writes_nothing(officer, spoil, end):
    agreement = awaiting()
    request = asked_by_link(agreement, by=officer)
    link, at = request.link, SIGNED
    {
        "used": lambda: sign_by_link(link, typed_name="李娜", at=SIGNED),
        "declined": lambda: decline_by_link(link, reason="否", at=SIGNED),
        "withdrawn": lambda: withdraw_request(request, by=officer, at=SIGNED),
        "forwarded": lambda: forward(link, name="曾建", email="z@film.example", language="en", at=SIGNED),
        "again": lambda: send_request(request, by=officer, at=SIGNED),
        "expired": lambda: None,
        "ended": lambda: move_agreement(agreement, S.ENDED, by=officer, at=SIGNED, note="停"),
        "draft": lambda: move_agreement(agreement, S.DRAFT, by=officer, at=SIGNED),
    }[spoil]()
    at = SENT + timedelta(days=31) if spoil == "expired" else SIGNED + timedelta(hours=1)
    before = (Signature.objects.count(), SignedLink.objects.count(), TimelineEntry.objects.count())

    for act in (
        lambda: sign_by_link(link, typed_name="李娜", at=at),
        lambda: decline_by_link(link, reason="否", at=at),
        lambda: forward(link, name="x", email="x@x.example", language="en", at=at),
    ):
        with pytest.raises(NothingToSign) as nothing:
            act()
        assert nothing.value.end == end

    assert (Signature.objects.count(), SignedLink.objects.count(), TimelineEntry.objects.count()) == before


def test_a_link_to_an_older_text_stays_closed_once_the_new_one_awaits_signatures(officer):
    agreement = awaiting()
    request = asked_by_link(agreement, by=officer)
    on_paper(school_of(agreement), officer)
    for to in (S.DRAFT, S.IN_REVIEW, S.AWAITING_SIGNATURES):
        agreement = moved(agreement, to, by=officer, at=SIGNED)

    with pytest.raises(NothingToSign) as nothing:
        sign_by_link(request.link, typed_name="李娜", at=SIGNED + timedelta(hours=1))

    assert nothing.value.end == LinkEnd.TAKEN_BACK
    assert not Signature.objects.exists()


def test_declining_says_why_to_the_owner(officer):
    agreement = awaiting(title="Base")
    request = asked_by_link(agreement, by=officer, name="Li Na")

    with pytest.raises(RuleBroken):
        decline_by_link(request.link, reason="  ", at=SIGNED)
    decline_by_link(request.link, reason="No budget", at=SIGNED)

    request.refresh_from_db()
    assert (request.declined_at, request.reason, request.link.used_at) == (SIGNED, "No budget", SIGNED)
    message = OutgoingMessage.objects.get(recipient=agreement.owner, channel=Channel.INBOX)
    assert message.subject == "Li Na declined to sign “Base”"
    assert "No budget" in message.body
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("email", "note"), [("zeng@film.example", "forwarded"), ("z@else.example", "forwarded_outside")]
)
def test_passing_on_retires_the_link_and_the_office_sees_where_it_went(officer, email, note):
    agreement = awaiting(title="Base")
    request = asked_by_link(agreement, by=officer)
    link = request.link

    forward(link, name="曾建", email=email, language="en", at=SIGNED)

    request.refresh_from_db()
    old, new = SignedLink.objects.order_by("pk")
    assert (old.revoked_at, new.replaces, new.expires_at) == (SIGNED, old, old.expires_at)
    assert (request.link, request.name, request.email, request.contact, request.title) == (new, "曾建", email, None, "")
    entry = TimelineEntry.objects.filter(detail=note).get()
    assert entry.text == f"Base: 李娜 → 曾建 <{email}>"
    letter = OutgoingMessage.objects.get(key=f"signing:{new.pk}")
    assert "李娜 passed this request on to you." in letter.body
    assert told_owner(agreement.owner) == ["“Base” was passed on to another signer"]
    sign_by_link(new, typed_name="曾建", at=SIGNED)
    assert Signature.objects.get().name == "曾建"


def test_passing_on_without_end_is_refused(officer):
    request = asked_by_link(awaiting(), by=officer)
    for number in range(3):
        request.refresh_from_db()
        forward(request.link, name=f"人{number}", email=f"p{number}@film.example", language="en", at=SIGNED)
    request.refresh_from_db()

    with pytest.raises(RuleBroken, match="Several letters"):
        forward(request.link, name="x", email="x@film.example", language="en", at=SIGNED)
    assert SignedLink.objects.count() == 4


def test_nobody_signs_in_the_portal_for_somebody_else_or_before_it_was_sent(officer, leader):
    agreement = awaiting()
    request = in_portal(school_of(agreement), leader, by=officer)

    with pytest.raises(PermissionDenied):
        sign_here(request, typed_name="陈立", by=officer, at=SIGNED)
    with pytest.raises(RuleBroken, match="not been sent out"):
        sign_here(request, typed_name="陈立", by=leader, at=SIGNED)
    send_request(request, by=officer, at=SENT)
    with pytest.raises(RuleBroken, match="陈立"):
        sign_here(request, typed_name="陈丽", by=leader, at=SIGNED)
    assert not Signature.objects.exists()

    sign_here(request, typed_name="陈立", by=leader, at=SIGNED)
    with pytest.raises(RuleBroken, match="nothing to sign"):
        sign_here(request, typed_name="陈立", by=leader, at=SIGNED)
    with pytest.raises(RuleBroken, match="nothing to sign"):
        decline_here(request, reason="x", by=leader, at=SIGNED)
    assert Signature.objects.get().way == SignatureWay.PORTAL


def test_a_leader_no_more_does_not_sign_a_framework_agreement(officer, leader):
    agreement = awaiting(kind=AgreementKindFactory(code="strategic", needs_leadership=True))
    request = asked_in_portal(agreement, leader, by=officer)
    RoleGrant.objects.filter(user=leader).update(role=Role.OFFICER)
    del leader.grants

    with pytest.raises(PermissionDenied):
        sign_here(request, typed_name="陈立", by=leader, at=SIGNED)

    assert not Signature.objects.exists()


def test_a_signature_on_paper_is_filed_with_its_scan_and_takes_the_place_of_the_link(officer):
    agreement = awaiting()
    request = asked_by_link(agreement, by=officer)
    scan = ContentFile(b"%PDF-", "签字件.pdf")

    on_paper(request.party, officer, name=" 李 娜", way=SignatureWay.SEAL, scan=scan)

    request.refresh_from_db()
    assert (request.way, request.signed_at, request.link.revoked_at) == (SignatureWay.SEAL, SIGNED, SIGNED)
    signature = Signature.objects.get()
    assert (signature.name, signature.signed_on, signature.way) == ("李娜", date(2026, 11, 3), SignatureWay.SEAL)
    assert agreement.files.filter(kind=AgreementFileKind.SIGNED_COPY).get().name == "签字件.pdf"
    with pytest.raises(NothingToSign):
        sign_by_link(request.link, typed_name="李娜", at=SIGNED)


def test_a_paper_from_nobody_who_was_asked_is_a_signer_of_its_own(officer):
    agreement = awaiting()

    on_paper(school_of(agreement), officer)

    request = SigningRequest.objects.get()
    assert (request.name, request.way, request.sent_at, request.signed_at) == ("陈立", "paper", SIGNED, SIGNED)
    assert Verification.objects.get().issued_at == SIGNED


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"signed_on": date(2026, 11, 1)}, "signed_on"),
        ({"signed_on": date(2026, 11, 5)}, "signed_on"),
        ({"way": SignatureWay.LINK}, "way"),
    ],
)
def test_a_paper_dated_before_sending_or_after_today_is_refused(officer, said, field):
    agreement = awaiting()
    request = asked_by_link(agreement, by=officer)

    with pytest.raises(RuleBroken) as refused:
        on_paper(request.party, officer, name="李娜", **said)

    assert refused.value.field == field
    assert not Signature.objects.exists()


def test_a_framework_agreement_on_paper_asks_whether_leadership_signed(officer):
    agreement = awaiting(kind=AgreementKindFactory(code="strategic", needs_leadership=True))

    with pytest.raises(RuleBroken) as refused:
        on_paper(school_of(agreement), officer)
    assert refused.value.field == "by_leadership"
    assert not SigningRequest.objects.exists()

    on_paper(school_of(agreement), officer, by_leadership=True)
    assert Signature.objects.get().name == "陈立"


@pytest.mark.parametrize("who", ["leader", "student", "stranger", "college_staff"])
def test_only_the_office_records_paper(request, who):
    with pytest.raises(PermissionDenied):
        on_paper(school_of(awaiting()), request.getfixturevalue(who))

    assert not Signature.objects.exists()
    assert not SigningRequest.objects.exists()


def _in_threads(*acts) -> list[str]:
    def run(act) -> str:
        try:
            act()
        except RuleBroken as error:
            return getattr(error, "end", "refused")
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_six_tabs_at_once_sign_once():
    officer = person(Role.OFFICER)
    request = asked_by_link(awaiting(), by=officer)

    outcomes = _in_threads(*[lambda: sign_by_link(request.link, typed_name="李娜", at=SIGNED)] * 6)

    assert outcomes == ["done", *["signed"] * 5]
    assert Signature.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_last_signers_at_once_complete_the_agreement_once():
    officer, leader = person(Role.OFFICER), person(Role.LEADER, name="陈立")
    agreement = awaiting()
    ours, theirs = asked_in_portal(agreement, leader, by=officer), asked_by_link(agreement, by=officer)

    outcomes = _in_threads(
        lambda: sign_here(ours, typed_name="陈立", by=leader, at=SIGNED),
        lambda: sign_by_link(theirs.link, typed_name="李娜", at=SIGNED),
    )

    agreement.refresh_from_db()
    assert outcomes == ["done", "done"]
    assert agreement.state == S.SIGNED
    assert [move.state for move in agreement.moves.all()] == [S.SIGNED]
    assert sum("signed by all" in subject for subject in told_owner(agreement.owner)) == 1


@pytest.mark.django_db(transaction=True)
def test_signing_and_taking_back_at_once_leave_no_signature_under_a_draft():
    officer = person(Role.OFFICER)
    agreement = awaiting()
    request = asked_by_link(agreement, by=officer)

    _in_threads(
        lambda: sign_by_link(request.link, typed_name="李娜", at=SIGNED),
        lambda: move_agreement(agreement, S.DRAFT, by=officer, at=SIGNED),
    )

    agreement.refresh_from_db()
    assert (agreement.state, Signature.objects.count()) == (S.DRAFT, 0)


@pytest.mark.django_db(transaction=True)
def test_passing_on_and_signing_at_once_do_one_of_both():
    officer = person(Role.OFFICER)
    request = asked_by_link(awaiting(), by=officer)
    ContactFactory(enterprise=request.party.enterprise)

    outcomes = _in_threads(
        lambda: sign_by_link(request.link, typed_name="李娜", at=SIGNED),
        lambda: forward(request.link, name="曾建", email="z@film.example", language="en", at=SIGNED),
    )

    assert outcomes in (["done", "forwarded"], ["done", "signed"])
    assert Signature.objects.count() + SignedLink.objects.count() == 2

"""The page of signing and its forms, without JavaScript."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from notifications.choices import MessageState
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementFileKind, AgreementState
from partnerships.models.agreements import Signature
from signing.models import SigningRequest
from signing.services.signing import forward, sign_by_link
from tests.factories.partnerships import AgreementFactory, AgreementKindFactory, ContactFactory, EnterpriseFactory
from tests.factories.signing import (
    SIGNED,
    asked_by_link,
    asked_in_portal,
    awaiting,
    by_link,
    content_of,
    enterprise_of,
    in_portal,
    school_of,
    second_party,
)

pytestmark = pytest.mark.django_db
TOKEN = "00000000-0000-4000-8000-000000000001"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def page(name: str, record) -> str:
    return reverse(f"signing:{name}", args=[record.pk])


def lines(response) -> list[tuple[str, str]]:
    return [(line.name, str(line.state)) for each in response.context["parties"] for line in each.lines]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_signer_and_for_three(client, officer, django_assert_num_queries, rows):
    agreement = awaiting()
    for number in range(rows):
        party = second_party(agreement, EnterpriseFactory()) if number else enterprise_of(agreement)
        by_link(party, by=officer, email=f"p{number}@film.example")
    asked_by_link(agreement, by=officer, name="陈", email="c@film.example")
    agreement.signatures.create(side="school", party=school_of(agreement), name="甲", signed_on="2026-11-03")
    client.force_login(officer)

    with django_assert_num_queries(11):
        response = client.get(page("signing", agreement))

    assert len(lines(response)) == rows + 2


def test_from_naming_to_sending_to_the_timeline(client, officer):
    agreement = awaiting()
    contact = ContactFactory(enterprise=agreement.enterprise, name="李娜", email="li@film.example")
    client.force_login(officer)
    data = {"form_token": TOKEN, "contact": contact.pk, "way": "link"}

    for _twice in range(2):
        client.post(page("signer_new", enterprise_of(agreement)), data)
    assert lines(client.get(page("signing", agreement))) == [("李娜", "planned")]
    client.post(page("send_all", agreement))

    request = SigningRequest.objects.get()
    shown = client.get(page("signing", agreement))
    assert lines(shown) == [("李娜", "sent")]
    assert agreement.verification.code in shown.content.decode()
    assert (request.contact, request.email) == (contact, "li@film.example")


def test_a_name_that_is_not_on_file_needs_an_address_for_a_link(client, officer):
    agreement = awaiting()
    client.force_login(officer)
    data = {"form_token": TOKEN, "name": "曾建", "title": "董事长", "way": "link"}

    refused = client.post(page("signer_new", enterprise_of(agreement)), data)
    assert list(refused.context["form"].errors) == ["email"]
    assert refused.context["form"]["name"].value() == "曾建"
    nobody = client.post(page("signer_new", enterprise_of(agreement)), {"form_token": TOKEN, "way": "paper"})
    assert list(nobody.context["form"].errors) == ["contact"]
    assert not SigningRequest.objects.exists()

    client.post(page("signer_new", enterprise_of(agreement)), {**data, "email": "zeng@film.example"})
    assert SigningRequest.objects.get().title == "董事长"


def test_a_contact_of_another_enterprise_is_not_offered(client, officer):
    agreement = awaiting()
    stranger = ContactFactory()
    client.force_login(officer)

    refused = client.post(
        page("signer_new", enterprise_of(agreement)), {"form_token": TOKEN, "contact": stranger.pk, "way": "link"}
    )

    assert "contact" in refused.context["form"].errors
    assert not SigningRequest.objects.exists()


def test_a_framework_agreement_says_at_the_field_that_leadership_signs(client, officer):
    agreement = awaiting(kind=AgreementKindFactory(code="strategic", needs_leadership=True))
    client.force_login(officer)

    data = {"form_token": TOKEN, "user": officer.pk, "way": "portal"}
    refused = client.post(page("signer_new", school_of(agreement)), data)

    assert list(refused.context["form"].errors) == ["way"]
    assert not SigningRequest.objects.exists()


def test_before_its_time_signers_are_named_and_sending_is_refused_in_words(client, officer):
    agreement = awaiting(state=AgreementState.DRAFT)
    request = by_link(enterprise_of(agreement), by=officer)
    client.force_login(officer)

    shown = client.get(page("signing", agreement)).content.decode()
    assert page("send_all", agreement) not in shown
    assert "Nothing is sent or signed before the agreement awaits signatures." in shown
    for address in (page("send_all", agreement), page("send", request)):
        answer = client.post(address, follow=True).content.decode()
        assert "nothing is sent or signed before it awaits signatures" in answer
    request.refresh_from_db()
    assert request.sent_at is None


def test_the_page_shows_how_far_each_came(client, officer, leader):
    agreement = awaiting()
    asked_in_portal(agreement, leader, by=officer)
    request = asked_by_link(agreement, by=officer)
    forward(request.link, name="曾建", email="z@else.example", language="en", at=timezone.now())
    request.refresh_from_db()
    OutgoingMessage.objects.filter(key=f"signing:{request.link_id}").update(state=MessageState.FAILED)
    client.force_login(officer)

    shown = client.get(page("signing", agreement)).content.decode()

    for words in ("Passed on by 李娜.", "another domain", "could not be delivered", "z@else.example"):
        assert words in shown


def test_sending_again_changing_and_withdrawing(client, officer):
    agreement = awaiting()
    request = asked_by_link(agreement, by=officer)
    client.force_login(officer)

    client.post(page("send", request))
    assert OutgoingMessage.objects.filter(recipient=None).count() == 2
    data = {"form_token": TOKEN, "name": "曾建", "email": "z@film.example", "way": "link"}
    client.post(page("signer_edit", request), data)
    assert lines(client.get(page("signing", agreement))) == [("曾建", "planned")]
    client.post(page("withdraw", request))
    assert lines(client.get(page("signing", agreement))) == [("曾建", "withdrawn")]
    again = client.post(page("withdraw", request), follow=True).content.decode()
    assert "is not asked any more" in again


def test_paper_is_recorded_per_party_with_its_scan_until_the_agreement_is_signed(client, officer):
    agreement = AgreementFactory(state=AgreementState.AWAITING_SIGNATURES)
    client.force_login(officer)
    for number, party in enumerate(agreement.parties.all()):
        token = f"00000000-0000-4000-8000-00000000001{number}"
        data = {
            "form_token": token, "party": party.pk, "name": "陈立", "signed_on": "2026-11-19", "way": "paper",
            "scan": SimpleUploadedFile("签字件.pdf", PDF),
        }  # fmt: skip
        suggested = client.get(page("signature_new", agreement)).context["form"]
        assert suggested.initial["party"] == party.pk
        assert client.post(page("signature_new", agreement), data)["Location"] == page("signing", agreement)

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.SIGNED
    assert agreement.files.filter(kind=AgreementFileKind.SIGNED_COPY).count() == 2


def test_a_paper_that_is_refused_leaves_the_form_as_typed(client, officer):
    agreement = AgreementFactory()
    client.force_login(officer)
    party = school_of(agreement)
    data = {"form_token": TOKEN, "party": party.pk, "name": "陈立", "signed_on": "2026-11-19", "way": "paper"}

    form = client.post(page("signature_new", agreement), data).context["form"]

    assert form.non_field_errors() == ["Signatures are recorded while an agreement awaits them."]
    assert form["name"].value() == "陈立"
    assert not Signature.objects.exists()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_certificate_says_what_was_signed_by_whom_when_and_how(client, officer, language):
    agreement = awaiting(title="影视实习基地协议")
    request = asked_by_link(agreement, by=officer)
    sign_by_link(request.link, typed_name="李娜", at=SIGNED)
    officer.language = language
    officer.save()
    client.force_login(officer)

    response = client.get(page("certificate", agreement))

    words = "".join(each.extract_text() for each in PdfReader(BytesIO(content_of(response))).pages)
    found = agreement.verification
    for expected in (found.serial, found.code, "影视实习基地协议", "李娜", f"/verify/{found.code}/"):
        assert expected in words
    assert found.sha256 in words.replace("\n", "").replace("\u200b", "")


def test_a_leader_reads_and_may_not_prepare(client, officer, leader):
    agreement = awaiting()
    request = asked_by_link(agreement, by=officer)
    client.force_login(leader)

    assert client.get(page("signing", agreement)).status_code == 200
    for address in (page("signer_edit", request), page("signature_new", agreement)):
        assert client.get(address).status_code == 403
    for address in (page("send_all", agreement), page("send", request), page("withdraw", request)):
        assert client.post(address).status_code == 403
    request.refresh_from_db()
    assert request.withdrawn_at is None


def test_a_colleague_reads_and_signs_in_the_portal(client, officer, leader):
    agreement = awaiting()
    request = asked_in_portal(agreement, leader, by=officer)
    client.force_login(leader)
    address = page("sign", request)
    assert address in client.get(page("signing", agreement)).content.decode()

    assert content_of(client.get(page("text", request))) == b"%PDF-1.7 the text"
    wrong = client.post(address, {"typed_name": "陈丽", "agrees": "on"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["typed_name"])
    assert list(client.post(address, {"typed_name": "陈立"}).context["form"].errors) == ["agrees"]
    assert not Signature.objects.exists()

    client.post(address, {"typed_name": "Chen Li", "agrees": "on"})
    assert Signature.objects.get().name == "陈立"
    assert "You signed on" in client.get(address).content.decode()


def test_a_colleague_declines_in_the_portal(client, officer, leader):
    request = asked_in_portal(awaiting(), leader, by=officer)
    client.force_login(leader)

    assert client.post(page("decline", request), {"reason": ""}).status_code == 422
    client.post(page("decline", request), {"reason": "条款三有误"})

    request.refresh_from_db()
    assert request.reason == "条款三有误"
    assert not Signature.objects.exists()


def test_nobody_else_finds_what_a_colleague_is_to_sign(client, officer, leader):
    request = asked_in_portal(awaiting(), leader, by=officer)
    planned = in_portal(school_of(awaiting()), officer, by=officer)
    client.force_login(officer)

    for asked in (request, planned):
        assert client.get(page("sign", asked)).status_code == 404
        assert client.post(page("sign", asked), {"typed_name": "陈立", "agrees": "on"}).status_code == 404
    assert not Signature.objects.exists()

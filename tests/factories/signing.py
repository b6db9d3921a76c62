"""Agreements that go out for signing, and who is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.files.base import ContentFile

from accounts.models.people import User
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementFileKind, AgreementState, SignatureWay
from partnerships.models.agreements import Agreement, AgreementParty
from partnerships.models.enterprises import Enterprise
from signing.models import SigningRequest
from signing.services.requests import Signer, add_signer, send_request
from tests.factories.partnerships import AgreementFactory, ContactFactory

SENT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
SIGNED = datetime(2026, 11, 4, 2, 0, tzinfo=UTC)
TEXT = b"%PDF-1.7 the text"


def awaiting(**fields: object) -> Agreement:
    """An agreement that awaits signatures, with a text on file."""
    given = {"state": AgreementState.AWAITING_SIGNATURES, "title": "实习基地共建协议", **fields}
    agreement = AgreementFactory(**given)
    file = agreement.files.create(
        kind=AgreementFileKind.DRAFT, name="协议文本.pdf", uploaded_at=SENT, file=ContentFile(TEXT, "text.pdf")
    )
    file.file.close()
    return agreement


def school_of(agreement: Agreement) -> AgreementParty:
    return agreement.parties.get(is_school=True)


def enterprise_of(agreement: Agreement) -> AgreementParty:
    return agreement.parties.filter(is_school=False).first()


def second_party(agreement: Agreement, enterprise: Enterprise) -> AgreementParty:
    return agreement.parties.create(place=3, enterprise=enterprise)


def by_link(party: AgreementParty, *, by: User, **contact: object) -> SigningRequest:
    """A contact of the party, named and not asked yet."""
    given = {"enterprise": party.enterprise, "name": "李娜", "email": "li@film.example", "language": "en", **contact}
    known = ContactFactory(**given)
    signer = Signer(way=SignatureWay.LINK, name=known.name, title=known.title, email=known.email, contact=known)
    return add_signer(party, signer, by=by, at=SENT)


def in_portal(party: AgreementParty, user: User, *, by: User) -> SigningRequest:
    """A colleague, named and not asked yet."""
    signer = Signer(way=SignatureWay.PORTAL, name=user.name, title=user.title, email=user.email, user=user)
    return add_signer(party, signer, by=by, at=SENT)


def asked_by_link(agreement: Agreement, *, by: User, **contact: object) -> SigningRequest:
    """A contact of the enterprise whose letter was sent on 2 November 2026."""
    return send_request(by_link(enterprise_of(agreement), by=by, **contact), by=by, at=SENT)


def asked_in_portal(agreement: Agreement, user: User, *, by: User) -> SigningRequest:
    return send_request(in_portal(school_of(agreement), user, by=by), by=by, at=SENT)


def address_to_sign(request: SigningRequest) -> str:
    """The link as it stands in the letter; there alone is the token."""
    request.refresh_from_db()
    return urlsplit(OutgoingMessage.objects.get(key=f"signing:{request.link_id}").link).path


def content_of(response: Any) -> bytes:
    """What a download holds; closing the response itself would end the test's connection."""
    content = b"".join(response.streaming_content)
    if response.file_to_stream is not None:
        response.file_to_stream.close()
    return content

"""Agreements of the sample school that await signatures: who was asked, and how far each came."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.base import ContentFile

from agreements.services.agreements import add_agreement_file
from core.pdf import render_pdf
from demo.school.papers import TEMPLATES, facts_of
from demo.school.world import World
from partnerships.choices.agreements import AgreementFileKind, AgreementState, SignatureWay
from partnerships.models.agreements import Agreement, AgreementParty
from partnerships.models.contacts import Contact
from partnerships.services.links import note_opened
from signing.models import SigningRequest
from signing.services.requests import Signer, add_signer, send_all
from signing.services.signing import decline_by_link, forward

DECLINED = "第五条违约责任须经集团法务复核，请修改后再发。"


def build_signing(world: World) -> None:
    """The first waits for a leader and a chairman, in the second somebody declined and a colleague is named."""
    waiting = list(Agreement.objects.filter(state=AgreementState.AWAITING_SIGNATURES).select_related("enterprise"))
    waiting.sort(key=lambda agreement: agreement.signatures.exists())
    for place, agreement in enumerate(waiting):
        sent = world.now - timedelta(days=3 + place)
        _file_text(world, agreement)
        if not agreement.signatures.exists():
            _in_portal(world, agreement)
        request = _by_link(world, agreement)
        if request is None:
            continue
        send_all(agreement, by=world.officer, at=sent)
        request.refresh_from_db()
        _react(world, request, place)


def _file_text(world: World, agreement: Agreement) -> None:
    data = {**facts_of(agreement), "signers": []}
    file = ContentFile(render_pdf(TEMPLATES / "agreement.typ", data), name=f"{agreement.title}（待签文本）.pdf")
    kind = AgreementFileKind.DRAFT
    at = world.now - timedelta(days=6)
    add_agreement_file(agreement, kind=kind, file=file, by=world.officer, at=at)


def _in_portal(world: World, agreement: Agreement) -> None:
    leader = world.leader
    signer = Signer(way=SignatureWay.PORTAL, name=leader.name, title=leader.title, email=leader.email, user=leader)
    add_signer(agreement.parties.get(is_school=True), signer, by=world.officer, at=world.now - timedelta(days=5))


def _by_link(world: World, agreement: Agreement) -> SigningRequest | None:
    people = agreement.enterprise.contacts.current(world.today).exclude(email="").order_by("-is_primary", "pk")
    contact = people.first()
    if contact is None:
        return None
    return add_signer(_party(agreement), _signer(contact), by=world.officer, at=world.now - timedelta(days=5))


def _party(agreement: Agreement) -> AgreementParty:
    return agreement.parties.get(enterprise=agreement.enterprise)


def _signer(contact: Contact) -> Signer:
    return Signer(
        way=SignatureWay.LINK, name=contact.name, title=contact.title, email=contact.email, contact=contact
    )  # fmt: skip


def _react(world: World, request: SigningRequest, place: int) -> None:
    """One passes the letter on to the chairman at another domain, the other one reads it and declines."""
    link, at = request.link, world.now - timedelta(days=2, hours=place)
    if link is None:
        return
    note_opened(link, at=at)
    if place % 2:
        decline_by_link(link, reason=DECLINED, at=at)
        chairman = Signer(way=SignatureWay.LINK, name="闻道远", title="董事长", email="wen@holding.example")
        add_signer(request.party, chairman, by=world.officer, at=world.now - timedelta(days=1))
    else:
        forward(link, name="卓一鸣", email="zhuo@group.example", language="zh-hans", at=at)

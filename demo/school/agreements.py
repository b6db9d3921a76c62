"""The agreements of the sample school, each brought to its stage by the steps it takes in life."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.services import agreements, commitments, parties, signatures
from demo.school.origins import link_to_earlier_visit
from demo.school.reviewing import review, set_orders
from demo.school.texts import build_text
from demo.school.world import Partner, World
from demo.words.agreements import AGREEMENTS, EVIDENCE, PROMISES, AgreementWords
from demo.words.enterprise_words import LINES
from partnerships.choices.agreements import (
    AgreementStage,
    AgreementState,
    CommitmentKind,
    CommitmentState,
    PartyRole,
    Side,
    SignatureWay,
)
from partnerships.models.agreements import Agreement
from partnerships.models.codes import AgreementKind
from visits.services import links

DRAFTED_BEFORE = 60
SIGNED_STAGES = frozenset(AgreementStage) - {
    AgreementStage.DRAFT,
    AgreementStage.IN_REVIEW,
    AgreementStage.AWAITING_SIGNATURES,
}


def build_agreements(world: World) -> None:
    """Oldest first, so that what is renewed stands before what renews it."""
    world.kinds = {kind.code: kind for kind in AgreementKind.objects.all()}
    set_orders(world)
    older: dict[str, Agreement] = {}
    frames: dict[str, Agreement] = {}
    for place, words in enumerate(sorted(AGREEMENTS, key=lambda words: words.starts)):
        agreement = _draft(world, words, place, older.get(words.renews), frames.get(words.under))
        older[words.partner] = agreement
        if agreement.kind.needs_leadership:
            frames[words.partner] = agreement
        _join(world, agreement, words)
        if words.stage not in SIGNED_STAGES:
            build_text(world, agreement, words.starts)
        _move_on(world, agreement, words, place)
        _promise(world, agreement, words, place)
        link_to_earlier_visit(world, agreement, links.link_agreement, on=_drafted_on(world, words))


def _drafted_on(world: World, words: AgreementWords) -> date:
    return world.day(min(words.starts - DRAFTED_BEFORE, -12))


def _join(world: World, agreement: Agreement, words: AgreementWords) -> None:
    """Further parties: files of the school by their short names, anything else by its own name."""
    at = world.at(_drafted_on(world, words), 9)
    for name in words.beside:
        files = (partner.record for partner in world.partners if partner.words.short == name)
        file = next(files, None)
        who: dict[str, Any] = {"enterprise": file} if file else {"name": name}
        parties.add_party(agreement, **who, role=PartyRole.SUPPORTER, by=world.officer, at=at)


def _draft(
    world: World, words: AgreementWords, place: int, renewed_from: Agreement | None, framework: Agreement | None
) -> Agreement:
    partner = world.partner(words.partner)
    majors = [world.majors[code] for code in LINES[partner.words.line].majors[:2]]
    drafted = _drafted_on(world, words)
    owner = world.officer if place % 2 else partner.record.owner
    return agreements.draft_agreement(
        partner.record,
        kind=world.kinds[words.kind],
        title=f"与{partner.words.short}{words.title}",
        starts_on=world.day(words.starts),
        ends_on=None if words.ends is None else world.day(words.ends),
        owner=owner,
        deputy=next((other for other in (partner.record.owner, world.officer) if other not in (owner, None)), None),
        enterprise_owner=partner.contacts[0] if partner.contacts else None,
        enterprise_deputy=partner.contacts[1] if len(partner.contacts) > 1 else None,
        framework=framework,
        amount=words.amount,
        content=words.content,
        colleges={major.college for major in majors},
        majors=majors,
        fields_of_cooperation=words.fields,
        renews_itself=words.renews_itself,
        renewed_from=renewed_from,
        originals=3,
        kept_where="学院档案室",
        by=world.officer,
        at=world.at(drafted),
    )


def _move_on(world: World, agreement: Agreement, words: AgreementWords, place: int) -> None:
    drafted = _drafted_on(world, words)
    agreement = review(world, agreement, words.partner, words.stage, drafted=drafted)
    if words.stage == AgreementStage.AWAITING_SIGNATURES and words.kind == "apprenticeship":  # others wait for both
        _sign(world, agreement, Side.SCHOOL, world.day(-1))
    if words.stage in SIGNED_STAGES:
        signed = min(date.fromordinal(drafted.toordinal() + 20), world.day(-1))
        _sign(world, agreement, Side.SCHOOL, signed)
        _sign(world, agreement, Side.ENTERPRISE, signed, partner=world.partner(words.partner))
    if words.stage == AgreementStage.ENDED:
        note = "企业调整业务方向，双方协商提前终止"
        at = world.at(world.day(-90 + place))
        agreements.move_agreement(agreement, AgreementState.ENDED, by=world.officer, at=at, note=note)


def _sign(world: World, agreement: Agreement, side: Side, day: date, *, partner: Partner | None = None) -> None:
    """Each party of the side signs; a further enterprise by its first contact, another unit by its office."""
    for party in [each for each in agreement.parties.all() if each.side == side]:
        name, title = world.staff["xushaohua"].name, "院长"
        if party.enterprise_id == agreement.enterprise_id and partner is not None:
            name, title = partner.contacts[0].name, partner.contacts[0].title
        elif not party.is_school:
            contact = party.enterprise.contacts.first() if party.enterprise else None
            name, title = (contact.name, contact.title) if contact else ("何敏", "主任")
        signatures.record_signature(
            agreement,
            party=party,
            name=name,
            title=title,
            signed_on=day,
            way=SignatureWay.SEAL if agreement.pk % 3 == 0 else SignatureWay.PAPER,
            by=world.officer,
            at=world.at(day, 16),
        )


def _promise(world: World, agreement: Agreement, words: AgreementWords, place: int) -> None:
    """Promises under the agreement; one that is due and closed says what shows it."""
    for index, state in enumerate(words.keeps):
        kind, text, number, unit = PROMISES[(place + index) % len(PROMISES)]
        day = min(world.day(words.starts), world.today)
        due = world.day(15 + 40 * (index + place % 5)) if state == CommitmentState.OPEN else world.day(-30 - place)
        commitment = commitments.promise(
            agreement.enterprise,
            side=Side.ENTERPRISE,
            kind=CommitmentKind(kind),
            description=text,
            number=number,
            unit=unit,
            due_on=due,
            agreement=agreement,
            by=world.officer,
            at=world.at(day),
        )
        if state != CommitmentState.OPEN:
            commitments.close_commitment(
                commitment,
                state=state,
                delivered=number if state == CommitmentState.KEPT else number // 3,
                evidence=EVIDENCE[state],
                on=due,
                by=world.officer,
                at=world.at(due, 15),
            )

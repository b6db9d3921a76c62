"""What one agreement shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models.people import User
from agreements.choices import is_of_review
from agreements.selectors.renewals import track_of_renewal
from partnerships import rules
from partnerships.choices.agreements import AGREEMENT_NEXT, AgreementStage, AgreementState
from partnerships.models.agreements import (
    Agreement,
    AgreementField,
    AgreementFile,
    AgreementMove,
    AgreementParty,
    Signature,
)
from partnerships.models.enterprises import Enterprise


def overlapping(agreement: Agreement) -> QuerySet[Agreement]:
    """Older agreements of the same kind and enterprise that hold at the same time."""
    parties = agreement.parties.filter(enterprise__isnull=False).order_by().values("enterprise")
    shared = AgreementParty.objects.filter(enterprise__in=parties).order_by().values("agreement")
    others = Agreement.objects.filter(pk__in=shared, kind=agreement.kind_id)
    others = others.exclude(pk__in=[agreement.pk, agreement.renewed_from_id or 0])
    others = others.filter(state__in=[AgreementState.AWAITING_SIGNATURES, AgreementState.SIGNED])
    if agreement.starts_on:
        others = others.filter(Q(ends_on__isnull=True) | Q(renews_itself=True) | Q(ends_on__gte=agreement.starts_on))
    if agreement.ends_on and not agreement.renews_itself:
        others = others.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=agreement.ends_on))
    return others


@dataclass(frozen=True)
class Step:
    """One stage on the path of an agreement: done, current, or still ahead."""

    label: str
    status: str


PATH = [
    AgreementStage.DRAFT,
    AgreementStage.IN_REVIEW,
    AgreementStage.AWAITING_SIGNATURES,
    AgreementStage.SIGNED,
    AgreementStage.IN_FORCE,
]
LAST = (AgreementStage.EXPIRED, AgreementStage.RENEWED, AgreementStage.ENDED)


def stepper(agreement: Agreement, *, on: date) -> list[Step]:
    """The path from draft to the end, as far as this agreement has come."""
    stage = agreement.stage_on(on)
    if stage == AgreementStage.ENDED and not agreement.signed_on:
        return [Step(str(AgreementStage.DRAFT.label), "done"), Step(str(stage.label), "current")]
    path = [*PATH, stage if stage in LAST else AgreementStage.EXPIRED]
    shown = AgreementStage.IN_FORCE if stage == AgreementStage.EXPIRING else stage
    here = path.index(shown)
    labels = [str(step.label) for step in path]
    labels[3] = _("Signed")
    labels[here] = str(stage.label)
    return [
        Step(label, "done" if place < here else "current" if place == here else "")
        for place, label in enumerate(labels)
    ]


@dataclass(frozen=True)
class Move:
    """A button: where the agreement may go next, and whether that needs a note."""

    to: AgreementState
    label: str
    needs_note: bool
    is_main: bool
    is_of_review: bool


def moves(user: User, agreement: Agreement) -> list[Move]:
    """What this person may do with the agreement now; approving, signing and renewing come of themselves."""
    words = {
        AgreementState.IN_REVIEW: _("Send to review"),
        AgreementState.DRAFT: _("Back to draft"),
        AgreementState.ENDED: _("End early"),
    }
    return [
        Move(
            to,
            words[to],
            needs_note=to == AgreementState.ENDED,
            is_main=to == AgreementState.IN_REVIEW,
            is_of_review=is_of_review(agreement.state, to),
        )
        for to in words
        if to in AGREEMENT_NEXT[AgreementState(agreement.state)] and rules.can_move_agreement(user, agreement, to)
    ]


def agreement_with_parts(user: User) -> QuerySet[Agreement]:
    """Agreements with all that hangs on them, in a fixed number of queries."""
    named = AgreementField.objects.filter(agreement=OuterRef("pk")).order_by("pk")
    return (
        Agreement.objects.visible_to(user)
        .select_related(
            "enterprise",
            "kind",
            "owner",
            "deputy",
            "enterprise_owner",
            "enterprise_deputy",
            "framework",
            "renewed_from",
        )
        .annotate(field_names=ArraySubquery(named.values("name")))
        .prefetch_related(
            "colleges",
            "majors",
            Prefetch("signatures", Signature.objects.select_related("party__enterprise")),
            Prefetch("parties", AgreementParty.objects.select_related("enterprise")),
            Prefetch("moves", AgreementMove.objects.select_related("by")),
            Prefetch("files", AgreementFile.objects.select_related("uploaded_by")),
        )
    )


def renewal_of(user: User, enterprise: Enterprise, key: str) -> dict[str, Any]:
    """What a renewal begins with: the words of the older agreement, and the day after its end."""
    if not key.isdecimal():
        return {}
    rows = Agreement.objects.visible_to(user).with_enterprise(enterprise).filter(state=AgreementState.SIGNED)
    older = rows.prefetch_related("colleges", "majors", "fields").filter(pk=int(key)).first()
    if older is None:
        return {}
    return {
        "kind": older.kind_id,
        "title": older.title,
        "track": track_of_renewal(older),
        "starts_on": older.ends_on + timedelta(days=1) if older.ends_on else None,
        "renewed_from": older.pk,
        "colleges": [college.pk for college in older.colleges.all()],
        "majors": [major.pk for major in older.majors.all()],
        "deputy": older.deputy_id,
        "enterprise_owner": older.enterprise_owner_id,
        "enterprise_deputy": older.enterprise_deputy_id,
        "framework": older.framework_id,
        "content": older.content,
        "amount": older.amount,
        "fields_of_cooperation": "\n".join(field.name for field in older.fields.all()),
    }

"""The life of an agreement: drafted, changed, moved on, signed, filed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models.people import User
from accounts.models.school import College, Major
from agreements.choices import is_of_review
from agreements.services.checking import check, check_remaining_kind, tie_one_at_a_time
from agreements.services.numbers import give_number
from agreements.services.telling import tell
from core.errors import RuleBroken, StaleEdit
from core.saving import lock, save
from partnerships import rules
from partnerships.changes import differences, snapshot
from partnerships.choices.agreements import (
    AGREEMENT_NEXT,
    AgreementFileKind,
    AgreementState,
    PartyRole,
    Side,
)
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement, AgreementField, AgreementFile
from partnerships.models.codes import AgreementKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.timeline import agreement_detail

TIES = {"renewed_from", "framework"}


def _save(agreement: Agreement) -> None:
    """A number that somebody else took at this moment is refused like one that was taken before."""
    try:
        with transaction.atomic():
            save(agreement)
    except IntegrityError:
        raise RuleBroken(_("An agreement with this number is on file already."), field="number") from None


def _set_links(
    agreement: Agreement,
    colleges: Iterable[College] | None,
    majors: Iterable[Major] | None,
    fields: Sequence[str] | None,
) -> None:
    """Make colleges, majors and fields of cooperation these; None leaves them as they are."""
    if colleges is not None:
        agreement.colleges.set(colleges)
    if majors is not None:
        agreement.majors.set(majors)
    if fields is not None and list(agreement.fields.values_list("name", flat=True)) != list(fields):
        agreement.fields.all().delete()
        AgreementField.objects.bulk_create(AgreementField(agreement=agreement, name=name) for name in fields)


def _keep_kind(agreement: Agreement, columns: dict[str, Any]) -> None:
    """Who looks at a draft follows from its kind: one that was sent to review stays of its kind."""
    if "kind" in columns and columns["kind"].pk != agreement.kind_id:
        raise RuleBroken(_("The kind is changed in a draft: take the agreement back to draft first."), field="kind")


def _begin(agreement: Agreement, *, by: User, at: datetime) -> None:
    """The two parties of every agreement, its first step, and word of it."""
    agreement.parties.create(place=1, is_school=True, role=PartyRole.LEAD)
    agreement.parties.create(place=2, enterprise=agreement.enterprise)
    agreement.moves.create(state=AgreementState.DRAFT, by=by, at=at)
    tell(agreement, TimelineKind.AGREEMENT_MOVED, by=by, at=at, detail=AgreementState.DRAFT.value)


@transaction.atomic
def draft_agreement(
    enterprise: Enterprise,
    *,
    kind: AgreementKind,
    title: str,
    by: User,
    at: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
    owner: User | None = None,
    colleges: Iterable[College] = (),
    majors: Iterable[Major] = (),
    fields_of_cooperation: Sequence[str] = (),
    number: str = "",
    renews_itself: bool = False,
    renewed_from: Agreement | None = None,
    **more: Any,
) -> Agreement:
    """Draw up an agreement; `more` are further fields of the model. Its owner is who drafted it unless named."""
    colleges = list(colleges)
    rules.can_draft_agreement(by, colleges).or_raise()
    agreement = Agreement(
        enterprise=enterprise,
        kind=kind,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        owner=owner or by,
        number=number,
        renews_itself=renews_itself,
        renewed_from=renewed_from,
        version=0,
        **more,
    )
    check(agreement)
    _save(agreement)
    _set_links(agreement, colleges, majors, fields_of_cooperation)
    _begin(agreement, by=by, at=at)
    return agreement


@transaction.atomic
def change_agreement(
    agreement: Agreement, *, version: int | None, fields: dict[str, Any], by: User, at: datetime
) -> Agreement:
    """Change an agreement. `fields` may hold colleges, majors and fields_of_cooperation too.

    Raises StaleEdit and RuleBroken. Its state is changed by move_agreement only.
    """
    if TIES & fields.keys():
        tie_one_at_a_time()
    agreement = lock(agreement, version=version)
    rules.can_change_agreement(by, agreement).or_raise()
    columns = dict(fields)
    colleges, majors = columns.pop("colleges", None), columns.pop("majors", None)
    cooperation = columns.pop("fields_of_cooperation", None)
    if colleges is not None:
        rules.can_draft_agreement(by, colleges).or_raise()
    if agreement.state in (AgreementState.IN_REVIEW, AgreementState.AWAITING_SIGNATURES):
        _keep_kind(agreement, columns)
    before = snapshot(agreement, ["fields" if name == "fields_of_cooperation" else name for name in fields])
    for name, value in columns.items():
        setattr(agreement, name, value)
    check(agreement)
    check_remaining_kind(agreement)
    _save(agreement)
    _set_links(agreement, colleges, majors, cooperation)
    changes = differences(agreement, before)
    if changes:
        detail = agreement_detail(agreement.pk)
        tell(agreement, TimelineKind.AGREEMENT_CHANGED, by=by, at=at, detail=detail, changes=changes)
    return agreement


def _move(
    agreement: Agreement,
    to: AgreementState,
    *,
    by: User | None,
    at: datetime,
    note: str = "",
    signed_on: date | None = None,
) -> None:
    """Walk the table of states with a locked agreement, and tell of it."""
    if to not in AGREEMENT_NEXT[AgreementState(agreement.state)]:
        raise RuleBroken(
            _("This agreement is “%(now)s” and cannot become “%(next)s”.")
            % {"now": agreement.get_state_display(), "next": to.label}
        )
    if to == AgreementState.ENDED and not note.strip():
        raise RuleBroken(_("Say why the agreement ends early."), field="note")
    before = snapshot(agreement, ["state", "signed_on", "number"])
    agreement.state, agreement.signed_on = to, signed_on or agreement.signed_on
    if to == AgreementState.AWAITING_SIGNATURES:
        give_number(agreement, at=at)
    save(agreement)
    agreement.moves.create(state=to, by=by, at=at, note=note)
    changes = differences(agreement, before)
    tell(agreement, TimelineKind.AGREEMENT_MOVED, by=by, at=at, detail=to.value, changes=changes)


def missing(agreement: Agreement) -> list[str]:
    """Who has not signed: parties, and sides that have no party. A signature without a party is its side's."""
    signed = list(agreement.signatures.values_list("party", "side"))
    keys, sides = {key for key, _side in signed}, {side for key, side in signed if key is None}
    parties = list(agreement.parties.select_related("enterprise"))
    unsigned = [str(party) for party in parties if party.pk not in keys and party.side not in sides]
    without_party = {side for _key, side in signed} | {party.side for party in parties}
    return unsigned + [str(side.label) for side in Side if side not in without_party]


def sign(agreement: Agreement, *, by: User | None, at: datetime, note: str = "") -> None:
    """All parties have signed: fix the date, and let the agreement that it renews become renewed."""
    absent = missing(agreement)
    if absent:
        raise RuleBroken(
            _("The signature of this party is missing: %(party)s.")
            % {"party": pgettext("between the things of a list", ", ").join(absent)}
        )
    signed_on = max(agreement.signatures.values_list("signed_on", flat=True))
    _move(agreement, AgreementState.SIGNED, by=by, at=at, note=note, signed_on=signed_on)
    if agreement.renewed_from_id:
        older = Agreement.objects.select_for_update().get(pk=agreement.renewed_from_id)
        if older.state == AgreementState.SIGNED:
            _move(older, AgreementState.RENEWED, by=by, at=at)


def move_by_review(
    agreement: Agreement,
    to: AgreementState,
    *,
    leadership_approved: bool = False,
    by: User,
    at: datetime,
    note: str = "",
) -> None:
    """Into review and out of it, with a locked agreement: for the review alone, which knows who may.

    Raises RuleBroken when an agreement of a kind that leadership decides is to be signed without its approval.
    """
    if to == AgreementState.AWAITING_SIGNATURES and agreement.kind.needs_leadership and not leadership_approved:
        raise RuleBroken(_("Leadership decides on this kind of agreement and has not approved this draft."))
    _move(agreement, to, by=by, at=at, note=note)


def _lock_as_seen(agreement: Agreement, version: int | None) -> Agreement:
    try:
        return lock(agreement, version=version)
    except StaleEdit:
        now = Agreement.objects.get(pk=agreement.pk)
        raise RuleBroken(
            _("Somebody else changed this agreement after you opened it; it is now “%(state)s”. Look at it again.")
            % {"state": now.get_state_display()}
        ) from None


@transaction.atomic
def move_agreement(
    agreement: Agreement, to: AgreementState, *, by: User, at: datetime, note: str = "", version: int | None = None
) -> Agreement:
    """Move an agreement along AGREEMENT_NEXT; it becomes signed only with every party's signature.

    Signatures stand under a text: with the agreement back at its draft they are void (its history keeps them).
    `version` is the one that the person looked at: raises RuleBroken when somebody has changed or moved it since,
    and for the ways into review and out of it (see move_by_review).
    """
    agreement = _lock_as_seen(agreement, version)
    rules.can_move_agreement(by, agreement, to).or_raise()
    if to in AGREEMENT_NEXT[AgreementState(agreement.state)] and is_of_review(agreement.state, to):
        raise RuleBroken(_("This is done on the page of the agreement's review."))
    if to == AgreementState.SIGNED and agreement.state == AgreementState.AWAITING_SIGNATURES:
        sign(agreement, by=by, at=at, note=note)
    elif to == AgreementState.RENEWED and not agreement.renewals.filter(state=AgreementState.SIGNED).exists():
        raise RuleBroken(_("An agreement becomes renewed when the one that renews it is signed."))
    else:
        _move(agreement, to, by=by, at=at, note=note)
    if to == AgreementState.DRAFT:
        agreement.signatures.all().delete()
    return agreement


@transaction.atomic
def add_agreement_file(
    agreement: Agreement, *, kind: AgreementFileKind, file: File[bytes], by: User, at: datetime
) -> AgreementFile:
    """File a version of the text, the legal review, or the signed copy; older versions stay."""
    decision = rules.can_sign_agreement(by) if kind == AgreementFileKind.SIGNED_COPY else None
    (decision or rules.can_change_agreement(by, agreement)).or_raise()
    if kind == AgreementFileKind.SIGNED_COPY and not agreement.signatures.exists():
        raise RuleBroken(_("Record a signature before its signed copy."))
    name = PurePath(file.name or "").name[-200:]
    filed: AgreementFile = agreement.files.create(kind=kind, file=file, name=name, uploaded_by=by, uploaded_at=at)
    tell(agreement, TimelineKind.AGREEMENT_FILED, by=by, at=at, detail=str(kind))
    return filed

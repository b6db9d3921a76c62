"""Agreements with a draft on file, and on their way through review."""

from datetime import UTC, datetime

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.choices import Role
from agreements.services import agreements
from core.saving import lock
from drafting.choices import StepState
from drafting.models.reviews import ReviewStep
from drafting.services import reviews
from partnerships.choices.agreements import AGREEMENT_NEXT, AgreementFileKind, AgreementState
from partnerships.models.agreements import Agreement
from tests.factories.accounts import person
from tests.factories.partnerships import AgreementFactory

SENT = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)


def with_draft(agreement: Agreement) -> Agreement:
    """The agreement with a file of its draft."""
    agreement.files.create(
        kind=AgreementFileKind.DRAFT, name="草稿.docx", file=ContentFile(b"draft", "draft.docx"), uploaded_at=SENT
    )
    return agreement


def drafted(*, colleges=(), **fields: object) -> Agreement:
    agreement = AgreementFactory(**fields)
    agreement.colleges.set(colleges)
    return with_draft(agreement)


def sent_to_review(*, by=None, colleges=(), **fields: object) -> Agreement:
    """An agreement whose review has begun; sent by someone of the office."""
    agreement = drafted(colleges=colleges, **fields)
    return reviews.send_to_review(agreement, by=by or person(Role.OFFICER), at=SENT)


def open_step(agreement: Agreement) -> ReviewStep:
    return agreement.review_steps.get(state=StepState.OPEN)


def approve_all(agreement: Agreement, *, by, at=SENT) -> Agreement:
    """Approve each open step as one person of the office."""
    while step := agreement.review_steps.filter(state=StepState.OPEN).first():
        reviews.approve(step, by=by, at=at)
    agreement.refresh_from_db()
    return agreement


def moved(agreement: Agreement, to: AgreementState, *, by, at) -> Agreement:
    """The agreement one state further or back, by whoever moves it there."""
    assert to in AGREEMENT_NEXT[AgreementState(agreement.state)]
    if AgreementState.IN_REVIEW not in (to, agreement.state):
        return agreements.move_agreement(agreement, to, by=by, at=at)
    with transaction.atomic():
        locked = lock(agreement)
        agreements.move_by_review(locked, to, leadership_approved=True, by=by, at=at)
    return locked

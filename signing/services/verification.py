"""The text that is signed, and the code by which anyone checks it: fixed when signing begins."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from agreements.models import NumberSeries
from core.errors import RuleBroken
from drafting.selectors.texts import has_text
from drafting.services.documents import final_text
from partnerships.choices.agreements import AgreementFileKind, AgreementState, Side, SignatureWay
from partnerships.models.agreements import Agreement, AgreementFile
from signing import rules
from signing.choices import BEGUN
from signing.models import SigningRequest, Verification
from signing.selectors.states import SIGNABLE, began_at, is_of_other_text, is_open
from signing.selectors.verification import ALPHABET, grouped
from signing.services.telling import tell

LETTERS = 12
TEXTS = (AgreementFileKind.FINAL, AgreementFileKind.DRAFT)


def text_for_signing(agreement: Agreement, *, by: User, at: datetime) -> AgreementFile | None:
    """The text that will be signed, on file from now on: the last revision, or the newest file that was put there."""
    if has_text(agreement):
        return final_text(agreement, by=by, at=at)
    return agreement.files.filter(kind__in=TEXTS).first()


def begin(agreement: Agreement, *, by: User, at: datetime) -> Verification:
    """Fix the text and issue the code, once per text; the caller has locked the agreement. Raises RuleBroken."""
    if agreement.state not in SIGNABLE:
        words = _("This agreement is “%(now)s”: nothing is sent or signed before it awaits signatures.")
        raise RuleBroken(words % {"now": agreement.get_state_display()})
    _refuse_without_leadership(agreement)
    began = began_at(agreement)
    held = Verification.objects.filter(agreement=agreement).first()
    if held is not None and held.file_id and (began is None or held.issued_at >= began):
        return held
    verification = held or Verification(agreement=agreement, serial=_next_serial(at), code=_new_code())
    file = text_for_signing(agreement, by=by, at=at)
    verification.file, verification.sha256, verification.issued_at = file, _sum_of(file), at
    verification.save()
    tell(agreement, None, BEGUN, text=verification.serial, by=by, at=at)
    return verification


def _refuse_without_leadership(agreement: Agreement) -> None:
    """A framework agreement goes out when it is said which leader signs, or that it is signed on paper."""
    has_school_signed = agreement.signatures.filter(side=Side.SCHOOL).exists()
    if not agreement.kind.needs_leadership or agreement.state == AgreementState.SIGNED or has_school_signed:
        return
    asked = SigningRequest.objects.filter(agreement=agreement, party__is_school=True).select_related("user", "party")
    for request in asked:
        is_asked = (is_open(request) or request.signed_at) and not is_of_other_text(request, agreement)
        if is_asked and rules.can_sign_for(request.party, agreement, way=request.way, user=request.user):
            return
    raise RuleBroken(_("Say first who of the leadership signs this framework agreement for the school."))


def _next_serial(at: datetime) -> str:
    """The next of the year; the row of the year is locked until the transaction ends."""
    year = timezone.localdate(at).year
    series, _made = NumberSeries.objects.select_for_update().get_or_create(series=f"verification:{year}")
    series.last += 1
    series.save(update_fields=["last"])
    return f"{year}-{series.last:06}"


def _new_code() -> str:
    return grouped("".join(secrets.choice(ALPHABET) for _place in range(LETTERS)))


def _sum_of(file: AgreementFile | None) -> str:
    if file is None:
        return ""
    digest = hashlib.sha256()
    with file.file.open("rb") as content:
        for chunk in content.chunks():
            digest.update(chunk)
    return digest.hexdigest()


def refuse_without_text(verification: Verification, way: str) -> None:
    """Whoever signs without paper must be able to read what. Raises RuleBroken."""
    if verification.file_id is None and way in (SignatureWay.LINK, SignatureWay.PORTAL):
        raise RuleBroken(_("There is no text to sign yet. Add it to the files of the agreement first."))

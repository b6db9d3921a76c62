"""What anyone may learn of an agreement by its code: serial, parties, dates, and whether all have signed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from partnerships.choices.agreements import AgreementState
from signing.models import Verification
from signing.selectors.parties import names_of

ALPHABET = "346789ACDEFGHJKMNPQRTUVWXY"  # no letters or digits that look like others


@dataclass(frozen=True)
class Checked:
    serial: str
    parties: list[str]
    is_signed: bool
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None


def grouped(letters: str) -> str:
    """As it is printed and kept: 4-4-4."""
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def code_of(typed: str) -> str:
    """A typed code as it is kept: spaces, hyphens, case and width aside."""
    return grouped("".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())[:20])


def check(typed: str) -> Checked | None:
    """What a code stands for; None for an unknown one."""
    rows = Verification.objects.select_related("agreement")
    found = rows.filter(code=code_of(typed)).first()
    if found is None:
        return None
    agreement = found.agreement
    is_signed = agreement.state in (AgreementState.SIGNED, AgreementState.RENEWED) or (
        agreement.state == AgreementState.ENDED and agreement.signed_on is not None
    )
    return Checked(
        serial=found.serial,
        parties=names_of(agreement),
        is_signed=is_signed,
        signed_on=agreement.signed_on if is_signed else None,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
    )

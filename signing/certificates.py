"""The signing certificate: what was signed, by whom, when and how, and where anyone checks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import selectors
from core.pdf import render_pdf
from partnerships.models.agreements import Signature
from signing.choices import ONLINE
from signing.models import Verification
from signing.selectors.parties import name_of, names_of

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "signing" / "certificate.typ"


def certificate(verification: Verification) -> bytes:
    """The certificate as PDF, in the language of now."""
    return render_pdf(TEMPLATE, certificate_data(verification))


def certificate_data(verification: Verification) -> dict[str, Any]:
    agreement = verification.agreement
    signatures = agreement.signatures.select_related("party__enterprise", "signing_request").order_by("pk")
    dates = (agreement.signed_on, agreement.starts_on, agreement.ends_on)
    signed, starts, ends = (date_format(day, "DATE_FORMAT") if day else "—" for day in dates)
    address = reverse("signing:verify_code", args=[verification.code])
    return {
        "language": "zh" if (get_language() or "").startswith("zh") else "en",
        "school": str(selectors.school()),
        "title": _("Certificate of signing"),
        "agreement": agreement.title,
        "facts": [
            [_("Serial"), verification.serial],
            [_("Verification code"), verification.code],
            [_("Check it at"), f"{settings.SITE_URL}{address}"],
            [_("Signed on"), signed],
            [_("In force from"), starts],
            [_("In force until"), ends],
            [_("Text that was signed"), verification.file.name if verification.file else "—"],
            ["SHA-256", verification.sha256 or "—"],
        ],
        "parties_title": _("Parties"),
        "parties": [[str(place), name] for place, name in enumerate(names_of(agreement), 1)],
        "signers_title": _("Signatures"),
        "head": [_("Party"), _("Name"), _("How"), _("When")],
        "signers": [_signer(signature) for signature in signatures],
        "nothing": _("Nobody has signed yet."),
        "state": "" if agreement.signed_on else _("Not every party has signed yet."),
    }


def _signer(signature: Signature) -> list[str]:
    request = getattr(signature, "signing_request", None)
    when = date_format(signature.signed_on, "DATE_FORMAT")
    if request is not None and request.signed_at and signature.way in ONLINE:
        when = date_format(timezone.localtime(request.signed_at), "DATETIME_FORMAT")
    party = name_of(signature.party) if signature.party else str(signature.get_side_display())
    name = " · ".join(part for part in (signature.name, signature.title) if part)
    return [party, name, str(signature.get_way_display()), when]

"""Letters with a signed link, and messages to colleagues who sign in the portal."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models.people import User
from notifications.choices import Matter
from notifications.services.letters import Letter, write_to_many
from notifications.services.notifying import notify
from partnerships.choices.agreements import SignatureWay
from partnerships.choices.links import FORWARDED, REMINDER, LinkPurpose
from partnerships.services.links import Addressee, make_link
from signing.models import SigningRequest, Verification
from signing.selectors.parties import name_of, names_of

TEMPLATE = "emails/signing/asked.txt"


def language_of(request: SigningRequest) -> str:
    """In which language a signer is written to."""
    if request.contact is not None:
        return request.contact.language
    return request.user.language if request.user is not None else settings.LANGUAGE_CODE


def deliver(
    request: SigningRequest, verification: Verification, *, by: User | None, at: datetime, note: str = "",
    language: str = "", expires_at: datetime | None = None,
) -> bool:  # fmt: skip
    """Ask a signer, in the way that is theirs; on paper nothing leaves. The caller has locked the agreement.

    Returns whether there is a new message.
    """
    language = language or language_of(request)
    if request.way == SignatureWay.LINK:
        _write(request, verification, by=by, at=at, note=note, language=language, expires_at=expires_at)
        return True
    if request.way == SignatureWay.PORTAL and request.user is not None:
        new = notify(
            request.user,
            key=f"signing:{request.pk}:{note or 'asked'}:{request.sent_at or at:%Y%m%dT%H%M%S}",
            matter=Matter.AGREEMENT,
            template=TEMPLATE,
            context=_context(request, verification, language=language, note=note),
            at=at,
            link=reverse("signing:sign", args=[request.pk]),
            still_due="signing.request",
            subject_id=request.pk,
        )
        return new > 0
    return False


def _write(
    request: SigningRequest, verification: Verification, *, by: User | None, at: datetime, note: str, language: str,
    expires_at: datetime | None,
) -> None:  # fmt: skip
    agreement, previous = request.agreement, request.link
    link, token = make_link(
        request.party.enterprise or agreement.enterprise,
        Addressee(request.name, request.email, language, request.contact),
        purpose=LinkPurpose.SIGN_AGREEMENT, year=timezone.localdate(at).year, replaces=previous, by=by, at=at,
        expires_at=expires_at or at + timedelta(days=settings.SIGNING_LINK_DAYS), note=note,
    )  # fmt: skip
    request.link = link
    request.save(update_fields=["link"])
    context = _context(request, verification, language=language, note=note) | {
        "until": timezone.localdate(link.expires_at),
        "forwarded_by": previous.name if previous and note.startswith(FORWARDED) else "",
    }
    letter = Letter(
        name=request.name, address=request.email, language=language, key=f"signing:{link.pk}", matter=Matter.AGREEMENT,
        template=TEMPLATE, context=context, link=f"{reverse('signing:link', args=[token])}?language={language}",
        still_due="signing.link", subject_id=link.pk,
        enterprise_id=request.party.enterprise_id or agreement.enterprise_id,
    )  # fmt: skip
    write_to_many([letter], at=at)


def _context(request: SigningRequest, verification: Verification, *, language: str, note: str) -> dict[str, object]:
    with translation.override(language):
        parties, own = names_of(request.agreement), name_of(request.party)
    return {
        "name": request.name, "title": request.agreement.title, "parties": parties, "party": own,
        "serial": verification.serial, "code": verification.code, "is_reminder": note == REMINDER,
        "in_portal": request.way == SignatureWay.PORTAL, "check": f"{settings.SITE_URL}{reverse('signing:verify')}",
    }  # fmt: skip

"""Letters with a signed link of the desk; the token stands in them alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models.people import User
from desk.models.requests import DeskLink, DeskRequest
from desk.selectors.links import key_of, newest_link
from notifications.choices import Matter
from notifications.services.letters import Letter, write_to_many
from partnerships.choices.links import FORWARDED, LinkPurpose
from partnerships.choices.timeline import TimelineKind
from partnerships.models.links import SignedLink
from partnerships.services import timeline
from partnerships.services.links import Addressee, make_link

PAGES = {LinkPurpose.OFFER_POSTS: "desk:offer", LinkPurpose.SEE_APPLICANTS: "desk:link_applicants"}


@dataclass(frozen=True)
class Occasion:
    """Why a letter leaves that does not simply ask or show: its own words, its key, and what must still hold."""

    template: str
    key: str
    still_due: str = "desk.link"
    context: dict[str, object] = field(default_factory=dict)


def send(
    request: DeskRequest, *, by: User | None, at: datetime, note: str = "", expires_at: datetime | None = None,
    occasion: Occasion | None = None,
) -> SignedLink:  # fmt: skip
    """A new link of a request, which retires the one before, and its letter. The caller has locked the enterprise."""
    previous = newest_link(request)
    is_offer = request.purpose == LinkPurpose.OFFER_POSTS
    days = settings.OFFER_LINK_DAYS if is_offer else settings.APPLICANTS_LINK_DAYS
    link, token = make_link(
        request.enterprise, Addressee(request.name, request.email, request.language, request.contact),
        purpose=LinkPurpose(request.purpose), year=timezone.localdate(at).year, replaces=previous, by=by, at=at,
        expires_at=expires_at or at + timedelta(days=days), note=note,
    )  # fmt: skip
    DeskLink.objects.create(link=link, request=request)
    forwarded_by = previous.name if previous and note.startswith(FORWARDED) else ""
    occasion = occasion or Occasion(template=f"emails/desk/{request.purpose}.txt", key=key_of(link))
    write_to_many([_letter(request, link, occasion, token=token, forwarded_by=forwarded_by)], at=at)
    kind = TimelineKind.POSTINGS_ASKED if is_offer else TimelineKind.APPLICANTS_SHOWN
    told = request.name if request.posting is None else f"{request.posting.title}: {request.name}"
    timeline.record(request.enterprise, kind, by=by, at=at, text=told, detail=note, link=_page_of(request))
    return link


def _page_of(request: DeskRequest) -> str:
    return reverse("desk:enterprise", args=[request.enterprise_id])


def _letter(
    request: DeskRequest, link: SignedLink, occasion: Occasion, *, token: str, forwarded_by: str
) -> Letter:  # fmt: skip
    language = request.language
    with translation.override(language):
        enterprise, posting = str(request.enterprise), str(request.posting or "")
    return Letter(
        name=request.name, address=request.email, language=language, key=occasion.key, matter=Matter.POSTING,
        template=occasion.template,
        context={
            "name": request.name, "enterprise": enterprise, "posting": posting, "words": request.words,
            "until": timezone.localdate(link.expires_at), "forwarded_by": forwarded_by, **occasion.context,
        },
        link=f"{reverse(PAGES[LinkPurpose(request.purpose)], args=[token])}?language={language}",
        still_due=occasion.still_due, subject_id=link.pk, enterprise_id=request.enterprise_id,
    )  # fmt: skip

"""Signed links to surveys: whose they are, and why one leads nowhere."""

from __future__ import annotations

from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from notifications.choices import MessageState
from notifications.models.messages import OutgoingMessage
from partnerships.selectors.links import digest_of
from surveys.choices import LinkEnd, SurveyState
from surveys.models.asking import SurveyLink


def key_of(link: SurveyLink) -> str:
    """The key of the letter in which a link stands."""
    return f"survey:{link.pk}"


def came_back() -> Exists:
    """For SurveyLink: its letter did not arrive."""
    key = Concat(Value("survey:"), Cast(OuterRef("pk"), CharField()))
    return Exists(OutgoingMessage.objects.filter(key=key, recipient=None, state=MessageState.FAILED))


def link_by(token: str) -> SurveyLink | None:
    """The link that a token opens, with who is asked about what; one query."""
    return _links().filter(digest=digest_of(token)).first()


def link_by_key(pk: int) -> SurveyLink:
    """The same, read again."""
    return _links().get(pk=pk)


def _links() -> QuerySet[SurveyLink]:
    return SurveyLink.objects.select_related("invitation__survey", "invitation__enterprise")


def end_of(link: SurveyLink, *, now: datetime) -> LinkEnd | None:
    """Why nothing can be answered by this link now; None while it can. Reads link.invitation and its survey."""
    invitation = link.invitation
    if link.ended in (LinkEnd.FORWARDED, LinkEnd.REPLACED):
        return LinkEnd(link.ended)
    if invitation.answered_at is not None:
        return LinkEnd.ANSWERED
    is_filed = invitation.enterprise is not None and invitation.enterprise.archived_at is not None
    if link.ended or invitation.withdrawn_at is not None or is_filed:
        return LinkEnd.WITHDRAWN
    state = invitation.survey.state_on(timezone.localdate(now))
    if state != SurveyState.RUNNING:
        return LinkEnd.CLOSED if state == SurveyState.CLOSED else LinkEnd.AHEAD
    return None if link.expires_at > now else LinkEnd.EXPIRED


def is_over(end: LinkEnd | None) -> bool:
    """Does nothing bring the link back? A survey may be opened again, and what was typed can then be sent."""
    return end not in (None, LinkEnd.CLOSED, LinkEnd.AHEAD)

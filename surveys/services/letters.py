"""Letters that ask somebody to answer a survey, each with a signed link of its own."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from notifications.choices import Matter
from notifications.services.letters import Letter
from partnerships.choices.links import FORWARDED, REMINDER
from partnerships.selectors.links import digest_of
from surveys.models.asking import Invitation, SurveyLink
from surveys.models.surveys import Survey
from surveys.selectors.links import key_of


def make_link(
    invitation: Invitation, *, at: datetime, note: str = "", replaces: SurveyLink | None = None,
    expires_at: datetime | None = None,
) -> tuple[SurveyLink, Letter]:  # fmt: skip
    """A link beside those that a person has, and its letter still to be stored; the token stands in it alone."""
    token = secrets.token_urlsafe(32)
    link = SurveyLink.objects.create(
        digest=digest_of(token), invitation=invitation, name=invitation.name, email=invitation.email, issued_at=at,
        expires_at=expires_at or at + timedelta(days=settings.SURVEY_LINK_DAYS), replaces=replaces,
    )  # fmt: skip
    return link, _letter(link, token=token, note=note)


def _letter(link: SurveyLink, *, token: str, note: str) -> Letter:
    invitation = link.invitation
    survey, language = invitation.survey, invitation.language
    with translation.override(language):
        title, enterprise = str(survey), str(invitation.enterprise or "")
    return Letter(
        name=invitation.name,
        address=invitation.email,
        language=language,
        key=key_of(link),
        matter=Matter.SURVEY,
        template="emails/surveys/asked.txt",
        context={
            "name": invitation.name,
            "title": title,
            "kind": survey.kind,
            "enterprise": enterprise,
            "until": last_day(link, survey),
            "is_reminder": note == REMINDER,
            "forwarded_by": link.replaces.name if note.startswith(FORWARDED) and link.replaces else "",
        },
        link=f"{reverse('surveys:respond', args=[token])}?language={language}",
        still_due="surveys.link",
        subject_id=link.pk,
        enterprise_id=invitation.enterprise_id,
    )


def last_day(link: SurveyLink, survey: Survey) -> object:
    """Until when it can be answered: as long as both the link holds and the survey runs."""
    return min(timezone.localdate(link.expires_at), survey.closes_on)

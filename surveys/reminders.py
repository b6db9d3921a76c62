"""People who were asked some days ago and have not answered, and whether a letter still holds."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from surveys.models.asking import Invitation, SurveyInvitationQuerySet, SurveyLink
from surveys.models.surveys import Survey
from surveys.selectors.links import came_back, end_of


def to_remind_of(now: datetime) -> SurveyInvitationQuerySet:
    """Asked some days ago and not reminded yet, by a letter that arrived, about a survey that runs."""
    days = settings.SURVEY_REMINDER_DAYS
    if not days:
        return Invitation.objects.none()
    links = SurveyLink.objects.filter(invitation=OuterRef("pk"), ended="")
    young = links.filter(Q(issued_at__gt=now - timedelta(days=days)) | came_back())
    return Invitation.objects.waiting().filter(
        Exists(links.filter(expires_at__gt=now)),
        ~Exists(young),
        Q(enterprise=None) | Q(enterprise__archived_at=None),
        survey__in=Survey.objects.running(timezone.localdate(now)),
        reminded_at=None,
    )


def link_still_to_answer(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: this very link is still to be answered."""
    links = SurveyLink.objects.select_related("invitation__survey", "invitation__enterprise")
    link = links.filter(pk=subject_id).first()
    return link is not None and end_of(link, now=now) is None

"""People who were asked some days ago and have not answered, and whether a letter still holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from core.days import midnight_after
from notifications.occasions import Asked, Occasion
from surveys.models.asking import Invitation, SurveyLink
from surveys.models.surveys import Survey
from surveys.selectors.links import came_back, end_of


def to_remind_of(now: datetime) -> QuerySet[Any]:
    """Not reminded yet, by letters that arrived, about a survey that runs; `written_at` is that of the last one."""
    links = SurveyLink.objects.filter(invitation=OuterRef("pk"), ended="")
    rows = Invitation.objects.waiting().filter(
        Exists(links.filter(expires_at__gt=now)),
        ~Exists(links.filter(came_back())),
        Q(enterprise=None) | Q(enterprise__archived_at=None),
        survey__in=Survey.objects.running(timezone.localdate(now)),
        reminded_at=None,
    )
    return rows.annotate(written_at=Subquery(links.order_by("-issued_at").values("issued_at")[:1]))


def silent_invitations(asked: Asked) -> Iterator[Occasion]:
    """Who was asked some days ago and has not answered."""
    first, last = asked.around
    rows = asked.narrowed(to_remind_of(asked.now)).filter(invited_at__lt=midnight_after(last))
    silent = rows.filter(written_at__date__range=(first, last)).select_related("survey").order_by("pk")
    for invitation in silent.iterator(chunk_size=2000):
        on = timezone.localdate(invitation.written_at)
        mark = asked.mark_of(on)
        if mark is not None:
            yield Occasion(
                subject_id=invitation.pk,
                on=on,
                mark=mark,
                people={"invited": [invitation]},
                link=reverse("surveys:survey", args=[invitation.survey_id]),
                enterprise_id=invitation.enterprise_id,
            )


def link_still_to_answer(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: this very link is still to be answered."""
    links = SurveyLink.objects.select_related("invitation__survey", "invitation__enterprise")
    link = links.filter(pk=subject_id).first()
    return link is not None and end_of(link, now=now) is None

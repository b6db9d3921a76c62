"""The list of surveys, one survey, who was asked, and what a visit's page says of surveys."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from accounts.models.people import User
from surveys.choices import AskedState, SurveyKind, SurveyState
from surveys.models.answers import Answer, AnswerQuerySet, DemandLine
from surveys.models.asking import Invitation, SurveyInvitationQuerySet, SurveyLink
from surveys.models.surveys import SetItem, Survey, SurveyQuerySet
from surveys.selectors.links import came_back
from visits.models.visits import Visit

TO_ENTERPRISES = (SurveyKind.EMPLOYER, SurveyKind.DEMAND)
OPENED = Count("invitations", filter=Q(invitations__withdrawn_at=None))
ANSWERED = Count("invitations", filter=Q(invitations__answered_at__isnull=False))


def survey_list(user: User, chosen: dict[str, Any], *, on: date) -> SurveyQuerySet:
    """Surveys with how many were asked and have answered."""
    rows = Survey.objects.visible_to(user)
    if find := chosen.get("find"):
        rows = rows.filter(Q(name_zh__icontains=find) | Q(name_en__icontains=find))
    if kind := chosen.get("kind"):
        rows = rows.filter(kind=kind)
    is_over = Q(closed_at__isnull=False) | Q(closes_on__lt=on)
    states = {
        SurveyState.CLOSED: is_over,
        SurveyState.AHEAD: ~is_over & Q(opens_on__gt=on),
        SurveyState.RUNNING: ~is_over & Q(opens_on__lte=on),
    }
    if state := chosen.get("state"):
        rows = rows.filter(states[state])
    return rows.annotate(asked=OPENED, answered=ANSWERED).order_by("-opens_on", "-pk")


def one_survey(user: User) -> SurveyQuerySet:
    """Surveys with what their page says of them; whether one is answered at all says if its questions may change."""
    given = Answer.objects.filter(survey=OuterRef("pk"))
    rows = Survey.objects.visible_to(user).select_related("first", "opened_by")
    return rows.annotate(asked=OPENED, answered=ANSWERED, is_frozen=Exists(given))


def other_versions(survey: Survey) -> QuerySet[Survey]:
    first = survey.first_id or survey.pk
    return Survey.objects.filter(Q(pk=first) | Q(first=first)).exclude(pk=survey.pk).order_by("number")


def set_items(kind: str) -> QuerySet[SetItem]:
    return SetItem.objects.filter(kind=kind)


def invitations(survey: Survey, state: str, *, now: datetime) -> SurveyInvitationQuerySet:
    """Who was asked, with how far they came: when the letter was opened, until when it holds, whether it came back."""
    held = SurveyLink.objects.filter(invitation=OuterRef("pk"), ended="")
    rows = Invitation.objects.filter(survey=survey).select_related("enterprise", "student", "visit", "answer")
    rows = rows.annotate(
        opened_at=Max("links__opened_at"),
        expires_at=Max("links__expires_at", filter=Q(links__ended="")),
        letter_came_back=Exists(held.filter(came_back())),
    ).order_by("-invited_at", "-pk")
    still = Q(withdrawn_at=None, answered_at=None)
    came = Q(letter_came_back=True)
    states = {
        AskedState.ANSWERED: Q(answered_at__isnull=False),
        AskedState.WITHDRAWN: Q(withdrawn_at__isnull=False),
        AskedState.CAME_BACK: still & came,
        AskedState.EXPIRED: still & ~came & Q(expires_at__lte=now),
        AskedState.OPENED: still & ~came & Q(expires_at__gt=now, opened_at__isnull=False),
        AskedState.SENT: still & ~came & Q(expires_at__gt=now, opened_at=None),
    }
    return rows.filter(states[AskedState(state)]) if state else rows


def asked_state(invitation: Any, *, now: datetime) -> AskedState:
    """How far somebody came; of rows read by `invitations`."""
    if invitation.answered_at is not None:
        return AskedState.ANSWERED
    if invitation.withdrawn_at is not None:
        return AskedState.WITHDRAWN
    if invitation.letter_came_back:
        return AskedState.CAME_BACK
    if invitation.expires_at is None or invitation.expires_at <= now:
        return AskedState.EXPIRED
    return AskedState.OPENED if invitation.opened_at else AskedState.SENT


def one_answer(user: User) -> AnswerQuerySet:
    """Answers of enterprises with what their page says; those of graduates have no page."""
    rows: AnswerQuerySet = Answer.objects.visible_to(user).filter(enterprise__isnull=False)
    return rows.select_related("survey", "enterprise", "invitation__visit").prefetch_related(
        "ratings__item", "majors", "lines__major", "lines__need"
    )


def comments(answers: AnswerQuerySet) -> AnswerQuerySet:
    """Answers with something said beside the questions."""
    return answers.exclude(comment="").select_related("enterprise", "invitation")


def demand_by_major(answers: AnswerQuerySet) -> list[dict[str, Any]]:
    """How many people enterprises look for, by major; what names no major stands last."""
    lines = DemandLine.objects.filter(answer__in=answers.order_by().values("pk")).order_by()
    rows: Any = lines.values("major", "major__name_zh", "major__name_en").annotate(
        people=Sum("number"), enterprises=Count("answer__enterprise", distinct=True)
    )
    return sorted(rows, key=lambda row: (row["major"] is None, -(row["people"] or 0)))


def surveys_of_visit(visit: Visit, *, on: date) -> list[Any]:
    """Surveys of enterprises that run or were sent after this visit, with how many were asked and have; one query."""
    sent = Q(invitations__visit=visit, invitations__withdrawn_at=None)
    rows = Survey.objects.filter(kind__in=TO_ENTERPRISES).annotate(
        asked=Count("invitations", filter=sent),
        answered=Count("invitations", filter=sent & Q(invitations__answered_at__isnull=False)),
        answer_key=Max("invitations__answer", filter=sent),
    )
    runs = Q(closed_at=None, opens_on__lte=on, closes_on__gte=on)
    found: list[Any] = list(rows.filter(runs | Q(asked__gt=0)).order_by("-asked", "-opens_on", "-pk")[:6])
    for row in found:
        row.is_running = row.state_on(on) == SurveyState.RUNNING
    return found

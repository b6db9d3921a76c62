"""Answering a survey, once, on the button of its page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import StudentProfile
from accounts.models.school import College, Major
from core.days import midnight
from core.errors import RuleBroken
from partnerships.choices.timeline import TimelineKind
from surveys.choices import NOT_APPLICABLE, OPTIONS, AnswerKind
from surveys.models.answers import Answer, DemandLine, Rating
from surveys.models.asking import Invitation, SurveyLink
from surveys.models.surveys import SurveyItem
from surveys.services.asking import lock_asked, tell


@dataclass(frozen=True)
class Said:
    """What somebody answered: by the key of each question its step or words; the majors looked for; a comment."""

    ratings: dict[int, str]
    lines: list[dict[str, Any]] = field(default_factory=list)
    comment: str = ""


@transaction.atomic
def answer(link: SurveyLink, said: Said, *, at: datetime) -> Answer:
    """Keep what was said; the invitation is answered by it. Raises NothingToAnswer, and RuleBroken for other steps."""
    link, invitation = lock_asked(link, at=at)
    survey = invitation.survey
    ratings = [_rating(item, said.ratings.get(item.pk, "")) for item in survey.items.all()]
    is_of_graduate = invitation.student_id is not None
    today = timezone.localdate(at)
    invitation.answered_at = midnight(today) if is_of_graduate else at
    invitation.save(update_fields=["answered_at"])
    given = Answer.objects.create(
        survey=survey, invitation=None if is_of_graduate else invitation, enterprise=invitation.enterprise,
        received_on=today, comment=said.comment,
    )  # fmt: skip
    Rating.objects.bulk_create(_of(given, rating) for rating in ratings if rating is not None)
    lines = [DemandLine.objects.create(answer=given, **line) for line in said.lines]
    _set_majors(given, invitation, lines)
    where = reverse("surveys:answer", args=[given.pk])
    tell(invitation, TimelineKind.SURVEY_ANSWERED, by=None, at=at, link=where)
    return given


def _of(given: Answer, rating: Rating) -> Rating:
    rating.answer = given
    return rating


def _rating(item: SurveyItem, value: str) -> Rating | None:
    """What was said to one question; nothing for words that were left out. Raises RuleBroken."""
    if item.answer == AnswerKind.TEXT:
        return Rating(item=item, text=value) if value else None
    if value != NOT_APPLICABLE and value not in dict(OPTIONS[item.answer]):
        words = _("Please choose one of the steps, or that it does not apply.")
        raise RuleBroken(words, field=f"item_{item.pk}")
    return Rating(item=item, value=value)


def _set_majors(given: Answer, invitation: Invitation, lines: list[DemandLine]) -> None:
    """Of which majors an answer speaks: the graduate's; of an enterprise those it named, or was visited about."""
    colleges: set[int] = set()
    if invitation.student_id is not None:
        majors = Major.objects.filter(pk__in=StudentProfile.objects.filter(user=invitation.student).values("major"))
    else:
        named = [line.major_id for line in lines if line.major_id is not None]
        visited = list(invitation.visit.outcomes.values_list("major", flat=True)) if invitation.visit else []
        majors = Major.objects.filter(pk__in=named or visited)
        if invitation.visit is not None and not named:
            colleges = set(College.objects.filter(visits=invitation.visit).values_list("pk", flat=True))
    given.majors.set(majors)
    given.colleges.set(colleges | {major.college_id for major in majors})

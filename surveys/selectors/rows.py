"""The rows behind a number of a survey's results, and the words of what they were narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from accounts.models.school import College, Major
from partnerships.models.codes import Industry, Nature
from surveys.choices import DOES_NOT_APPLY, NOT_APPLICABLE, OPTIONS
from surveys.models.answers import Answer, AnswerQuerySet, Rating
from surveys.models.surveys import Survey, SurveyItem

TABLES: dict[str, Any] = {"major": Major, "college": College, "industry": Industry, "nature": Nature}


@dataclass(frozen=True)
class Narrow:
    """The one group that a page is narrowed to."""

    by: str
    of: int
    label: str


@dataclass(frozen=True)
class Question:
    """The question and step that a page of rows is about."""

    item: SurveyItem
    step: str


def words_of_group(by: str, of: int) -> Narrow:
    found = TABLES[by]._default_manager.filter(pk=of).first()
    return Narrow(by, of, str(found or ""))


def step_words(item: SurveyItem, value: str) -> str:
    return str({**dict(OPTIONS[item.answer]), NOT_APPLICABLE: DOES_NOT_APPLY}.get(value, ""))


def question(survey: Survey, chosen: dict[str, Any]) -> Question | None:
    item = survey.items.filter(pk=chosen["item"]).first() if "item" in chosen else None
    return Question(item, step_words(item, chosen.get("value", ""))) if item else None


def behind(survey: Survey, answers: AnswerQuerySet, chosen: dict[str, Any]) -> AnswerQuerySet:
    """Answers that took this step of this question, each with `value` and `text` of what was said to it."""
    item, value = chosen.get("item"), chosen.get("value")
    if item is not None:
        taken = Rating.objects.filter(item=item, item__survey=survey)
        answers = answers.filter(pk__in=(taken.filter(value=value) if value else taken).values("answer"))
        own = taken.filter(answer=OuterRef("pk"))
        answers = answers.annotate(value=Subquery(own.values("value")[:1]), text=Subquery(own.values("text")[:1]))
    return answers.select_related("enterprise", "invitation")


def said(answer: Answer) -> list[tuple[SurveyItem, str]]:
    """Every question of an answer with what was said to it; reads answer.ratings."""
    return [(rating.item, rating.text or step_words(rating.item, rating.value)) for rating in answer.ratings.all()]

"""The answers of a survey as rows of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models.people import User
from core.errors import RuleBroken
from surveys.choices import DOES_NOT_APPLY, FEWEST, NOT_APPLICABLE, OPTIONS
from surveys.models.answers import Answer, AnswerQuerySet, Rating
from surveys.models.surveys import Survey, SurveyItem
from surveys.selectors.results import groups


def columns(survey: Survey, items: list[SurveyItem]) -> list[str]:
    who = [_("Major")] if survey.is_of_graduates else [_("Enterprise"), _("Answered by"), _("Received"), _("Majors")]
    demand = [] if survey.is_of_graduates else [_("Looked for")]
    return [*who, *(str(item) for item in items), *demand, _("Comment")]


def rows(survey: Survey, items: list[SurveyItem], answers: AnswerQuerySet, *, user: User) -> Iterator[list[Any]]:
    """One row for each answer; of graduates without the majors of groups that are withheld. Raises RuleBroken."""
    if survey.is_of_graduates and answers.count() < FEWEST:
        raise RuleBroken(_("Fewer than 5 graduates have answered; what they said is not shown yet."))
    hidden = set()
    if survey.is_of_graduates:
        hidden = {group.key for group in groups(survey, answers, "major", user=user) if group.is_withheld}
    found = answers.select_related("enterprise", "invitation").prefetch_related("majors", "ratings", "lines__major")
    return (_row(answer, items, hidden) for answer in found)


def _row(answer: Answer, items: list[SurveyItem], hidden: set[int]) -> list[Any]:
    said = {rating.item_id: rating for rating in answer.ratings.all()}
    cells = [_cell(item, said.get(item.pk)) for item in items]
    comma = pgettext("between the things of a list", ", ")
    majors = comma.join(str(major) for major in answer.majors.all() if major.pk not in hidden)
    if answer.enterprise is None:
        return [majors or _("withheld"), *cells, answer.comment]
    lines = comma.join(f"{line} × {line.number}" if line.number else str(line) for line in answer.lines.all())
    name = answer.invitation.name if answer.invitation else ""
    return [str(answer.enterprise), name, answer.received_on, majors, *cells, lines, answer.comment]


def _cell(item: SurveyItem, rating: Rating | None) -> str:
    if rating is None:
        return ""
    words = {**dict(OPTIONS[item.answer]), NOT_APPLICABLE: DOES_NOT_APPLY}
    return rating.text or str(words.get(rating.value, rating.value))

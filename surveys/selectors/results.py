"""What was answered: distributions, satisfaction with its fraction, groups, and the rows behind each number."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models.people import User
from core.names import in_language
from surveys.choices import DOES_NOT_APPLY, FEWEST, GOOD, NOT_APPLICABLE, OPTIONS, SATISFIED, AnswerKind, SurveyKind
from surveys.models.answers import Answer, AnswerQuerySet, Rating
from surveys.models.surveys import Survey, SurveyItem

K = TypeVar("K", bound=Hashable)
# By what answers are grouped: the column, and the words of a group.
DIMENSIONS = {
    "major": "majors",
    "college": "colleges",
    "industry": "enterprise__industry",
    "nature": "enterprise__nature",
}


@dataclass(frozen=True)
class Share:
    """A part of a whole, printed with both numbers; `whole` 0 has no percentage."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.part / self.whole, 1) if self.whole else None


@dataclass(frozen=True)
class Step:
    """How many took a step of a question."""

    value: str
    label: str
    number: int


@dataclass(frozen=True)
class ItemResult:
    """A question with how many took each step; `good` is the share of the first two where that means something."""

    item: SurveyItem
    steps: list[Step]
    rated: int
    good: Share | None

    @property
    def most(self) -> int:
        """Of the step that most took; 1 at least, as the length of a bar."""
        return max([1, *(step.number for step in self.steps)])


@dataclass(frozen=True)
class Group:
    """Answers of one major, college, industry or nature; a withheld one says neither number nor share."""

    key: int
    label: str
    answers: int
    good: Share
    is_withheld: bool = False


def withheld(sizes: dict[K, int]) -> set[K]:
    """Groups too small to be shown; together they hold enough that none follows from the total."""
    hidden = {key for key, size in sizes.items() if size < FEWEST}
    others = sorted((key for key in sizes if key not in hidden), key=lambda key: sizes[key])
    while hidden and sum(sizes[key] for key in hidden) < FEWEST and others:
        hidden.add(others.pop(0))
    return hidden


def answers_in(survey: Survey, user: User) -> AnswerQuerySet:
    """The answers of a survey that a person may count."""
    rows: AnswerQuerySet = Answer.objects.filter(survey=survey).visible_to(user)
    return rows


def narrowed(answers: AnswerQuerySet, by: str, of: int) -> AnswerQuerySet:
    """Of some answers those of one group; one group at a time, so that no two give away a third."""
    if by not in DIMENSIONS:
        return answers
    same = Answer.objects.filter(pk=OuterRef("pk"), **{DIMENSIONS[by]: of})
    return answers.filter(Exists(same.order_by()))


def item_results(survey: Survey, answers: AnswerQuerySet) -> list[ItemResult]:
    """Every question with how many took each step, or answered in words; two queries."""
    counted = Rating.objects.filter(answer__in=answers.order_by().values("pk"))
    rows = counted.order_by().values_list("item", "value").annotate(number=Count("pk"))
    numbers = {(item, value): number for item, value, number in rows}
    return [_item_result(item, numbers) for item in survey.items.all()]


def _item_result(item: SurveyItem, numbers: dict[tuple[int, str], int]) -> ItemResult:
    if item.answer == AnswerKind.TEXT:
        return ItemResult(item, [], numbers.get((item.pk, ""), 0), None)
    options = (*OPTIONS[item.answer], (NOT_APPLICABLE, DOES_NOT_APPLY))
    steps = [Step(value, str(label), numbers.get((item.pk, value), 0)) for value, label in options]
    rated = sum(step.number for step in steps if step.value != NOT_APPLICABLE)
    good = GOOD.get(item.answer)
    part = sum(step.number for step in steps if good and step.value in good)
    return ItemResult(item, steps, rated, Share(part, rated) if good else None)


def overall(results: Iterable[ItemResult]) -> Share:
    """The satisfaction of all questions on the scale together."""
    shares = [result.good for result in results if result.good and result.item.answer == AnswerKind.SCALE]
    return Share(sum(share.part for share in shares), sum(share.whole for share in shares))


def groups(survey: Survey, answers: AnswerQuerySet, by: str, *, user: User) -> list[Group]:
    """Answers by one dimension with their satisfaction; one query, for the majors of graduates one more."""
    column = DIMENSIONS[by]
    rated = Q(ratings__item__answer=AnswerKind.SCALE) & ~Q(ratings__value__in=("", NOT_APPLICABLE))
    rows = answers.order_by().exclude(**{column: None})
    if by in ("major", "college") and not user.is_office and user.college_ids:
        rows = rows.filter(**{"majors__college__in" if by == "major" else "colleges__in": user.college_ids})
    found = rows.values(column, f"{column}__name_zh", f"{column}__name_en").annotate(
        number=Count("pk", distinct=True),
        rated=Count("ratings", filter=rated),
        good=Count("ratings", filter=rated & Q(ratings__value__in=SATISFIED)),
    )
    found = list(found)
    hidden = _hidden(survey, answers, by, {row[column]: row["number"] for row in found})
    made = [_group(row, column, hidden) for row in found]
    return sorted(made, key=lambda group: (group.is_withheld, -group.answers, group.label))


def _group(row: dict[str, Any], column: str, hidden: set[int]) -> Group:
    key, label = row[column], in_language(row[f"{column}__name_zh"], row[f"{column}__name_en"])
    if key in hidden:
        return Group(key, label, 0, Share(0, 0), is_withheld=True)
    return Group(key, label, row["number"], Share(row["good"], row["rated"]))


def _hidden(survey: Survey, answers: AnswerQuerySet, by: str, sizes: dict[int, int]) -> set[int]:
    """Groups of graduates that stay untold: small ones, and within each college enough that none can be reckoned."""
    if not survey.is_of_graduates:
        return set()
    if by != "major":
        return withheld(sizes)
    rows = answers.order_by().values_list("majors__college", "majors").annotate(number=Count("pk"))
    colleges: dict[int, dict[int, int]] = {}
    for college, major, number in rows:
        colleges.setdefault(college, {})[major] = number
    untold = withheld({college: sum(majors.values()) for college, majors in colleges.items()})
    return {
        major for college, majors in colleges.items() for major in (majors if college in untold else withheld(majors))
    }


def is_withheld(survey: Survey, answers: AnswerQuerySet, by: str, of: int, *, user: User) -> bool:
    """May what graduates of this group said, or all of them together, not be shown?"""
    if not survey.is_of_graduates:
        return False
    if by not in DIMENSIONS:
        return answers.count() < FEWEST
    return any(group.is_withheld for group in groups(survey, answers, by, user=user) if group.key == of)


def dimensions_of(survey: Survey) -> tuple[str, ...]:
    """By what the answers of a kind of survey can be grouped; graduates were asked as graduates of the school."""
    return ("major", "college") if survey.kind == SurveyKind.GRADUATE else tuple(DIMENSIONS)

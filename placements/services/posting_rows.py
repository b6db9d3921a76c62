"""The rows of a posting: what it asks everyone who applies, and which languages it asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.errors import RuleBroken
from placements.choices import QuestionKind
from placements.models.postings import Posting, PostingLanguage, PostingQuestion

MOST_QUESTIONS = 10


@dataclass(frozen=True)
class QuestionRow:
    """One question; `number` is the key of the row that it stood in, so that answers stay with it."""

    text: str
    text_en: str = ""
    kind: str = QuestionKind.TEXT
    choices: tuple[str, ...] = ()
    is_required: bool = True
    number: int | None = None


@dataclass(frozen=True)
class LanguageRow:
    language: str
    level: str


@dataclass(frozen=True)
class PostingRows:
    questions: tuple[QuestionRow, ...] = ()
    languages: tuple[LanguageRow, ...] = ()


def rows_as_they_are(posting: Posting) -> PostingRows:
    """The rows of a posting, to be compared with others or given to a copy."""
    questions = (
        QuestionRow(each.text, each.text_en, each.kind, tuple(each.choices), each.is_required, each.pk)
        for each in posting.questions.all()
    )
    languages = (LanguageRow(each.language, each.level) for each in posting.languages.all())
    return PostingRows(tuple(questions), tuple(languages))


def set_rows(posting: Posting, rows: PostingRows) -> bool:
    """Make the rows of a posting these; says whether that changed any. Raises RuleBroken for what cannot be.

    A question that is asked already stays the same row; one that is changed after students answered it is asked anew.
    """
    if len(rows.questions) > MOST_QUESTIONS:
        raise RuleBroken(_("At most %(count)s questions.") % {"count": MOST_QUESTIONS})
    was = rows_as_they_are(posting)
    _set_languages(posting, rows.languages)
    _set_questions(posting, rows.questions)
    now = rows_as_they_are(posting)
    return now != was


def _set_languages(posting: Posting, rows: Iterable[LanguageRow]) -> None:
    wanted = {row.language: row.level for row in rows}
    posting.languages.exclude(language__in=wanted).delete()
    for language, level in wanted.items():
        PostingLanguage.objects.update_or_create(posting=posting, language=language, defaults={"level": level})


def _set_questions(posting: Posting, rows: tuple[QuestionRow, ...]) -> None:
    asked = {each.pk: each for each in posting.questions.all()}
    answered = set(posting.questions.filter(answers__isnull=False).values_list("pk", flat=True))
    kept = set()
    for place, row in enumerate(rows, start=1):
        stands = asked.get(row.number or 0)
        if stands is not None and stands.pk in answered and _says_else(stands, row):
            stands = None
        question = stands or PostingQuestion(posting=posting)
        question.place, question.kind, question.is_required = place, row.kind, row.is_required
        question.text, question.text_en, question.choices = row.text, row.text_en, list(row.choices)
        question.full_clean()
        question.save()
        kept.add(question.pk)
    posting.questions.exclude(pk__in=kept).delete()


def _says_else(question: PostingQuestion, row: QuestionRow) -> bool:
    asked = (question.kind, question.text, question.text_en, tuple(question.choices))
    return asked != (row.kind, row.text, row.text_en, row.choices)

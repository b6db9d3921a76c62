"""Applying: once per student and posting, with everything that is sent kept as it was sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import StudentProfile, User
from core.errors import RuleBroken
from core.uploads import fingerprint
from placements import matching, rules
from placements.choices import ApplicationState, DocumentKind
from placements.models.applications import Application, ApplicationAnswer, ApplicationDocument
from placements.models.postings import Posting
from placements.services.papers import Paper


class AlreadyApplied(RuleBroken):
    """There is never a second application to a posting; carries the first one."""

    def __init__(self, application: Application) -> None:
        self.application = application
        super().__init__(_("You have applied to this posting already. This is your application."))


def snapshot_of(profile: StudentProfile) -> dict[str, object]:
    """What the profile says today, as it is sent with an application."""
    return {
        "name": profile.user.name,
        "name_en": profile.user.name_en,
        "number": profile.user.number,
        "email": profile.user.email,
        "phone": profile.phone,
        "major": profile.major.name_zh,
        "major_en": profile.major.name_en,
        "class_of": profile.class_of,
        "class_name": profile.class_name,
        "level": profile.level,
        "skills": list(profile.skills),
        "languages": list(profile.languages.values("language", "level", "proof")),
        "summary": profile.summary,
        "summary_en": profile.summary_en,
    }


def asked_of(posting: Posting) -> str:
    """A sum over everything that the form of a posting asks for; it differs once that was changed."""
    questions = [
        [each.pk, each.kind, each.text, each.text_en, each.choices, each.is_required]
        for each in posting.questions.all()
    ]
    said = json.dumps([questions, posting.documents], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


@transaction.atomic
def apply(
    posting: Posting,
    *,
    student: User,
    letter: str = "",
    answers: Mapping[int, str] | None = None,
    papers: Iterable[Paper] = (),
    asked: str = "",
    at: datetime,
) -> Application:
    """Apply. Raises AlreadyApplied the second time, RuleBroken with the rule that blocks.

    `answers` by the question's pk; `asked` is what asked_of said when the form was opened. The
    posting's row is locked, so that two requests of one student, or an application and the closing
    of the posting, come one after the other.
    """
    posting = Posting.objects.select_for_update(of=("self",), no_key=True).get(pk=posting.pk)
    rules.can_apply(student).or_raise()
    earlier = Application.objects.filter(posting=posting, student=student).first()
    if earlier is not None:
        raise AlreadyApplied(earlier)
    profile = StudentProfile.objects.select_related("user", "major").get(user=student)
    for tick in matching.obstacles(matching.fit(posting, profile, on=timezone.localdate(at))):
        raise RuleBroken(tick.text)
    if asked and asked != asked_of(posting):
        raise RuleBroken(changed_meanwhile())
    sent, answered = list(papers), _answered(posting, answers or {})
    _nothing_missing(posting, sent, letter)
    application = Application(
        posting=posting, student=student, submitted_at=at, letter=letter, snapshot=snapshot_of(profile)
    )
    application.full_clean()
    application.save()
    application.moves.create(state=ApplicationState.SUBMITTED, by=student, at=at)
    _keep(application, answered, sent)
    return application


def changed_meanwhile() -> str:
    return _("What this posting asks for was changed while you were writing. Please look at the form again.")


def _answered(posting: Posting, answers: Mapping[int, str]) -> list[ApplicationAnswer]:
    """Every question as this student read it, with the answer; one that must be answered is."""
    rows = []
    for question in posting.questions.all():
        answer = answers.get(question.pk, "").strip()
        if question.is_required and not answer:
            raise RuleBroken(
                _("This question must be answered: %(question)s") % {"question": question},
                field=f"question_{question.pk}",
            )
        rows.append(ApplicationAnswer(question=question, asked=str(question), answer=answer))
    return rows


def _nothing_missing(posting: Posting, papers: list[Paper], letter: str) -> None:
    """Each document that is wanted is there; the letter is one of them."""
    brought = {paper.kind.value for paper in papers}
    if letter.strip():
        brought.add(DocumentKind.LETTER.value)
    for kind in (DocumentKind(value) for value in posting.documents):
        if kind not in brought:
            field = kind.value if kind in (DocumentKind.RESUME, DocumentKind.LETTER) else f"document_{kind}"
            raise RuleBroken(_("This posting asks for: %(document)s") % {"document": kind.label}, field=field)


def _keep(application: Application, answers: list[ApplicationAnswer], papers: list[Paper]) -> None:
    """Answers and copies of the files, which nothing changes afterwards."""
    for answer in answers:
        answer.application = application
        answer.full_clean()
    ApplicationAnswer.objects.bulk_create(answers)
    for paper in papers:
        kept = ApplicationDocument(application=application, kind=paper.kind, name=paper.name)
        kept.sha256 = fingerprint(paper.file)
        kept.file.save(f"{paper.kind}{PurePath(paper.name).suffix.lower()}", paper.file, save=False)
        kept.full_clean()
        kept.save()

"""What students bring: entries and a file of the one who has an account, and what postings ask for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from accounts.models.people import StudentProfile
from accounts.selectors import school
from demo.school.world import World
from demo.words.resumes import ANSWERS, OF_THE_ACCOUNT
from placements.choices import ApplicationState, DocumentKind, QuestionKind
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.services.looking import note_look
from placements.services.papers import Paper, uploaded_paper, written_paper
from placements.services.resumes import add_entry, add_resume


def build_resumes(world: World) -> None:
    """Entries of every part, and one file."""
    profile, own = world.profiles[0], school()
    of = {
        "major": profile.major.name_zh, "major_en": profile.major.name_en,
        "school": own.name_zh, "school_en": own.name_en,
    }  # fmt: skip
    for section, title, title_en, place, place_en, ago, long, text, text_en in OF_THE_ACCOUNT:
        begins = world.now.date() - timedelta(days=30 * ago)
        fields = {
            "section": section, "title": title.format(**of), "title_en": title_en.format(**of),
            "place": place.format(**of), "place_en": place_en.format(**of),
            "from_on": begins, "to_on": begins + timedelta(days=30 * long) if long else None,
            "text": text, "text_en": text_en,
        }  # fmt: skip
        if not long and ago < 20:
            fields["to_on"] = begins
        add_entry(profile.user, fields=fields)
    paper = written_paper(profile, "zh-hans").file
    add_resume(profile.user, ContentFile(paper.read(), "简历（去年秋季）.pdf"), at=world.now - timedelta(days=40))


def look_through(world: World, application: Application, state: str, *, at: datetime) -> None:
    """Whoever moved it on has read it: the page, and the file where there is one."""
    if state == ApplicationState.SUBMITTED:
        return
    seen = min(at + timedelta(hours=20), world.now)
    note_look(application, by=world.officer, at=seen)
    document = application.documents.first()
    if document:
        note_look(application, document, by=world.officer, at=seen + timedelta(minutes=1))


def answers_of(posting: Posting) -> dict[int, str]:
    """Something believable for every question."""
    return {
        each.pk: each.choices[0] if each.kind == QuestionKind.CHOICE and each.choices else ANSWERS.get(each.kind, "")
        for each in posting.questions.all()
    }


def papers_of(world: World, posting: Posting, profile: StudentProfile) -> list[Paper]:
    """The documents that are wanted; the student with an account sends a résumé to every posting."""
    wanted = [DocumentKind(kind) for kind in posting.documents if kind != DocumentKind.LETTER]
    if profile == world.profiles[0] and DocumentKind.RESUME not in wanted:
        wanted.append(DocumentKind.RESUME)
    if not wanted:
        return []
    paper = written_paper(profile, "zh-hans")
    content = paper.file.read()
    return [
        uploaded_paper(kind, ContentFile(content, paper.name if kind == DocumentKind.RESUME else f"{kind.label}.pdf"))
        for kind in wanted
    ]

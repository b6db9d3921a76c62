"""The letterhead of the sample school, and the texts of its agreements that are not signed yet."""

from __future__ import annotations

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from accounts.selectors import school
from core.saving import lock, save
from demo.school.world import World
from demo.words.texts import CONTENTS, EXTRA, LETTERHEAD, ROUNDS, Negotiated
from drafting.models.texts import Revision
from drafting.selectors.documents import letterhead
from drafting.selectors.texts import templates_for
from drafting.services.letterhead import change_letterhead
from drafting.services.templates import ClauseText
from drafting.services.texts import begin_text, save_text
from partnerships.models.agreements import Agreement

BLUE = "#1f4e79"


def _emblem() -> ContentFile[bytes]:
    """A reel of film: a ring with five holes."""
    picture = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((8, 8, 232, 232), fill=BLUE)
    for x, y in ((120, 60), (177, 101), (155, 168), (85, 168), (63, 101)):
        pen.ellipse((x - 24, y - 24, x + 24, y + 24), fill="white")
    written = BytesIO()
    picture.save(written, "PNG")
    return ContentFile(written.getvalue(), name="emblem.png")


def build_letterhead(world: World) -> None:
    own = school()
    fields = {"name_zh": own.name_zh, "name_en": own.name_en, **LETTERHEAD}
    change_letterhead(version=letterhead().version, fields=fields, logo=_emblem(), by=world.officer)


def build_text(world: World, agreement: Agreement, starts: int) -> None:
    """Begun from its template and negotiated twice; what is agreed is said at the agreement."""
    agreement = lock(agreement)
    agreement.content = CONTENTS[starts % len(CONTENTS)]
    save(agreement)
    day = world.today if starts > 60 else world.day(-11)
    revision = begin_text(agreement, templates_for(agreement)[0], by=world.officer, at=world.at(day, 9))
    for number, agreed in enumerate(ROUNDS):
        clauses = [_negotiated(clause, agreed) for clause in _said(revision)]
        if number:
            clauses.insert(-2, ClauseText(EXTRA.heading, EXTRA.zh, "Meeting each term", EXTRA.en))
        revision = save_text(
            agreement,
            based_on=revision.number,
            clauses=clauses,
            note=agreed.note,
            by=world.officer,
            at=world.at(day, 10 + number),
        )


def _said(revision: Revision) -> list[ClauseText]:
    return [
        ClauseText(clause.heading_zh, clause.body_zh, clause.heading_en, clause.body_en, key=clause.pk)
        for clause in revision.clauses.all()
    ]


def _negotiated(clause: ClauseText, agreed: Negotiated) -> ClauseText:
    if clause.heading_zh != agreed.heading:
        return clause
    return ClauseText(
        clause.heading_zh, clause.body_zh + agreed.zh, clause.heading_en, clause.body_en + agreed.en, key=clause.key
    )

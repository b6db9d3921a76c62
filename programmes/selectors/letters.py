"""Letters of appointment (聘书): their numbers, and the page that is printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.selectors import school
from core.names import reads_chinese
from core.pdf import render_pdf
from partnerships.models.mentors import MentorAppointment

TEMPLATE: Path = settings.BASE_DIR / "templates" / "programmes" / "letter.typ"


def next_number(year: int) -> str:
    """The next free number of a year's letters, such as 聘〔2026〕007号; a suggestion, which may be typed over."""
    begins, ends = f"聘〔{year}〕", "号"
    taken = MentorAppointment.objects.filter(number__startswith=begins, number__endswith=ends)
    serials = [number[len(begins) : -len(ends)] for number in taken.values_list("number", flat=True)]
    last = max((int(serial) for serial in serials if serial.isdecimal()), default=0)
    return f"{begins}{last + 1:03}{ends}"


def letter_data(term: MentorAppointment) -> dict[str, Any]:
    """Everything that the letter says, in the language of the reader."""
    mentor = term.mentor
    begins, ends = (formats.date_format(day, "DATE_FORMAT") if day else "" for day in (term.from_on, term.to_on))
    if begins and ends:
        lasts = _("from %(begins)s to %(ends)s") % {"begins": begins, "ends": ends}
    else:
        lasts = _("from %(begins)s until further notice") % {"begins": begins} if begins else ""
    words = _("We hereby appoint %(name)s, %(from)s, as %(kind)s of %(college)s%(term)s.") % {
        "name": mentor.name,
        "from": " ".join(part for part in (str(mentor.enterprise), mentor.title) if part),
        "kind": term.get_kind_display(),
        "college": term.college or school(),
        "term": f"{_(', ')}{lasts}" if lasts else "",
    }
    issued = timezone.localdate(term.appointed_at) if term.appointed_at else term.from_on
    return {
        "language": "zh" if reads_chinese() else "en",
        "title": _("Letter of appointment"),
        "number": term.number,
        "to": mentor.name,
        "words": words,
        "closing": _("So appointed."),
        "school": str(school()),
        "issued": formats.date_format(issued, "DATE_FORMAT") if issued else "",
    }


def letter_pdf(term: MentorAppointment) -> bytes:
    """The letter on one A4 page, landscape."""
    return render_pdf(TEMPLATE, letter_data(term))

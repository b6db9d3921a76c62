"""The conditions that block applying: open, graduating class, level, major. The school knows all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.choices import LEVEL_ORDER, Level
from accounts.models.people import StudentProfile
from placements.broad_classes import class_name, class_of_code
from placements.choices import PostingState
from placements.fitting.ticks import Answer, Part, Tick
from placements.models.postings import Posting


def required_ticks(posting: Posting, profile: StudentProfile, *, on: date) -> Iterator[Tick]:
    """Reads posting.majors and profile.major."""
    yield open_tick(posting, on=on)
    yield _class_tick(posting, profile)
    yield _level_tick(posting, profile)
    yield _major_tick(posting, profile)


def _tick(rule: str, answer: Answer, text: str, short: str, case: str = "") -> Tick:
    return Tick(rule, answer, text, short, Part.REQUIRED, case)


def open_tick(posting: Posting, *, on: date) -> Tick:
    """Is it open on this day? The closing day itself still counts."""
    closes = date_format(posting.closes_on)
    short = _("until %(day)s") % {"day": closes}
    if posting.is_open(on):
        return _tick("open", Answer.YES, _("Open for applications until %(day)s.") % {"day": closes}, short)
    if posting.state in (PostingState.PUBLISHED, PostingState.CLOSED) and posting.closes_on < on:
        text = _("Applications closed on %(day)s.") % {"day": closes}
    elif posting.state == PostingState.PUBLISHED and posting.opens_on:
        text = _("Applications open on %(day)s.") % {"day": date_format(posting.opens_on)}
    elif posting.state == PostingState.FILLED:
        text = _("All places are filled.")
    elif posting.state in (PostingState.CLOSED, PostingState.WITHDRAWN):
        text = _("The posting has been closed and takes no more applications.")
    else:
        text = _("The posting is not published.")
    return _tick("open", Answer.NO, text, short)


def _class_tick(posting: Posting, profile: StudentProfile) -> Tick:
    if posting.class_of is None:
        return _tick("class_of", Answer.YES, _("Open to every graduating class."), _("every class"), "all")
    words = {"wanted": posting.class_of, "yours": profile.class_of}
    short = _("class of %(year)s") % {"year": posting.class_of}
    if posting.class_of == profile.class_of:
        return _tick("class_of", Answer.YES, _("For the class of %(wanted)s, which is yours.") % words, short)
    text = _("Only for the class of %(wanted)s; you are in the class of %(yours)s. If that is wrong, ask your college.")
    return _tick("class_of", Answer.NO, text % words, short)


def _level_tick(posting: Posting, profile: StudentProfile) -> Tick:
    if not posting.level:
        return _tick("level", Answer.YES, _("Open to every level of study."), _("every level"), "all")
    words = {"wanted": Level(posting.level).label, "yours": Level(profile.level).label}
    short = _("at least %(wanted)s") % words
    if LEVEL_ORDER.index(Level(profile.level)) >= LEVEL_ORDER.index(Level(posting.level)):
        return _tick("level", Answer.YES, _("Asks for at least: %(wanted)s. Yours: %(yours)s.") % words, short)
    text = _("Asks for at least: %(wanted)s. Yours: %(yours)s. A higher degree would change this.")
    return _tick("level", Answer.NO, text % words, short)


def _major_tick(posting: Posting, profile: StudentProfile) -> Tick:
    """One of the majors named, or one of a broad class named; none of either means all."""
    majors, classes = list(posting.majors.all()), posting.major_classes
    if not majors and not classes:
        return _tick("major", Answer.YES, _("Open to all majors."), _("all majors"), "all")
    own = class_of_code(profile.major.code)
    words = {"yours": str(profile.major), "class": class_name(own), "wanted": _asked_for(posting)}
    if any(major.pk == profile.major_id for major in majors):
        return _tick("major", Answer.YES, _("Your major is asked for: %(yours)s.") % words, words["yours"], "named")
    if classes and not own:
        text = _(
            "Only for %(wanted)s; the broad class of %(yours)s is not on file. Ask your college to enter its code."
        )
        return _tick("major", Answer.UNKNOWN, text % words, words["wanted"])
    if own in classes:
        text = _("Your major, %(yours)s, belongs to the broad class %(class)s, which is asked for.")
        return _tick("major", Answer.YES, text % words, _("%(class)s (broad class)") % words, "class")
    text = _("Only for %(wanted)s; your major is %(yours)s. If your major fits after all, ask the employment office.")
    return _tick("major", Answer.NO, text % words, words["wanted"])


def _asked_for(posting: Posting) -> str:
    """The majors and broad classes of a posting in words."""
    named = [str(major) for major in posting.majors.all()]
    named += [_("%(class)s (broad class)") % {"class": class_name(each)} for each in posting.major_classes]
    return _("; ").join(named)


def in_short(posting: Posting, blocking: Tick) -> str:
    """What blocks, in the two or three words that a row of a list has room for."""
    if blocking.rule == "class_of":
        return _("Only class of %(wanted)s") % {"wanted": posting.class_of}
    if blocking.rule == "level":
        return _("At least: %(wanted)s") % {"wanted": Level(posting.level).label}
    if blocking.rule == "major":
        return _("Other majors")
    return blocking.text

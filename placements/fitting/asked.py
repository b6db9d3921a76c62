"""What a posting asks for that only the student can say: languages, place, dates, days a week, skills.

None of it blocks; what either side left out is unknown. A rule that neither side says anything of has no tick.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import LANGUAGE_LEVEL_ORDER, Language, LanguageLevel
from accounts.models.people import LanguageSkill, StudentProfile
from placements.choices import WorkMode
from placements.fitting.ticks import Answer, Part, Tick
from placements.models.postings import Posting, PostingLanguage


def asked_ticks(posting: Posting, profile: StudentProfile) -> Iterator[Tick]:
    """Reads posting.languages and .province, and profile.languages where a posting asks for one."""
    yield from _language_ticks(posting, profile)
    if profile.provinces:
        yield _place_tick(posting, profile.provinces)
    if posting.starts_on or posting.ends_on or profile.available_from or profile.available_to:
        yield _dates_tick(posting, profile)
    if posting.days_a_week or profile.days_a_week:
        yield _days_tick(posting.days_a_week, profile.days_a_week)
    if posting.skills:
        yield _skills_tick(posting.skills, profile.skills)


def _tick(rule: str, answer: Answer, text: str, short: str) -> Tick:
    return Tick(rule, answer, text, short, Part.ASKED)


def _language_ticks(posting: Posting, profile: StudentProfile) -> Iterator[Tick]:
    wanted = list(posting.languages.all())
    spoken = {skill.language: skill for skill in profile.languages.all()} if wanted else {}
    for each in wanted:
        yield _language_tick(each, spoken.get(each.language))


def _language_tick(wanted: PostingLanguage, spoken: LanguageSkill | None) -> Tick:
    words = {
        "language": Language(wanted.language).label,
        "wanted": LanguageLevel(wanted.level).label,
        "yours": LanguageLevel(spoken.level).label if spoken else "",
    }
    short = _("%(language)s %(wanted)s") % words
    if spoken is None:
        text = _("Asks for %(language)s, at least %(wanted)s; your profile does not say how well you speak it.")
        return _tick("language", Answer.UNKNOWN, text % words, short)
    order = LANGUAGE_LEVEL_ORDER.index
    if order(LanguageLevel(spoken.level)) >= order(LanguageLevel(wanted.level)):
        text = _("Asks for %(language)s, at least %(wanted)s; yours is %(yours)s.")
        return _tick("language", Answer.YES, text % words, short)
    text = _(
        "Asks for %(language)s, at least %(wanted)s; yours is %(yours)s. If it is better by now, change your profile."
    )
    return _tick("language", Answer.NO, text % words, short)


def _place_tick(posting: Posting, provinces: list[str]) -> Tick:
    """May the student work there? By the provinces that they named."""
    if posting.mode == WorkMode.REMOTE:
        return _tick("place", Answer.YES, _("The work is done remotely, from anywhere."), _("remote"))
    if posting.province is None:
        text = _("The posting does not say in which province the work is; ask before you apply.")
        return _tick("place", Answer.UNKNOWN, text, _("province not stated"))
    words = {"province": str(posting.province)}
    if posting.province.code in provinces:
        text = _("In %(province)s, one of the provinces where you would work.")
        return _tick("place", Answer.YES, text % words, words["province"])
    text = _(
        "In %(province)s, which is not among the provinces where you would work. They are changed in your profile."
    )
    return _tick("place", Answer.NO, text % words, words["province"])


def _dates_tick(posting: Posting, profile: StudentProfile) -> Tick:
    work = _period(posting.starts_on, posting.ends_on)
    free = _period(profile.available_from, profile.available_to)
    words = {"work": work, "free": free}
    if not work:
        text = _("The posting does not say when the work is; you are free %(free)s.")
        return _tick("dates", Answer.UNKNOWN, text % words, _("dates not stated"))
    if not free:
        text = _("The work is %(work)s; your profile does not say when you are free.")
        return _tick("dates", Answer.UNKNOWN, text % words, work)
    if _apart(posting, profile):
        text = _("The work is %(work)s; you are free %(free)s. If that has changed, change your profile.")
        return _tick("dates", Answer.NO, text % words, work)
    if _half_said(posting, profile):
        text = _("The work is %(work)s; your profile says only that you are free %(free)s.")
        return _tick("dates", Answer.UNKNOWN, text % words, work)
    return _tick("dates", Answer.YES, _("The work is %(work)s; you are free %(free)s.") % words, work)


def _apart(posting: Posting, profile: StudentProfile) -> bool:
    """Does a day that both sides stated show that the work does not lie in the time that is free?"""
    first, last = posting.starts_on or posting.ends_on, posting.ends_on or posting.starts_on
    late = profile.available_from is not None and first is not None and profile.available_from > first
    early = profile.available_to is not None and last is not None and profile.available_to < last
    return late or early


def _half_said(posting: Posting, profile: StudentProfile) -> bool:
    """Is there a day of the work that the profile says nothing to compare with?"""
    no_start = posting.starts_on is not None and profile.available_from is None
    no_end = posting.ends_on is not None and profile.available_to is None
    return no_start or no_end


def _period(first: date | None, last: date | None) -> str:
    """From, until or both in words; empty where neither is known."""
    days = {"first": date_format(first) if first else "", "last": date_format(last) if last else ""}
    if first and last:
        return _("from %(first)s to %(last)s") % days
    if first:
        return _("from %(first)s on") % days
    return _("until %(last)s") % days if last else ""


def _days_tick(wanted: int | None, free: int | None) -> Tick:
    if wanted is None:
        text = _("The posting does not say how many days a week; you have %(free)s.") % {"free": _days(free or 0)}
        return _tick("days", Answer.UNKNOWN, text, _("days not stated"))
    words = {"wanted": _days(wanted), "free": _days(free or 0)}
    if free is None:
        text = _("Asks for %(wanted)s; your profile does not say how many days you have.")
        return _tick("days", Answer.UNKNOWN, text % words, words["wanted"])
    if free >= wanted:
        return _tick("days", Answer.YES, _("Asks for %(wanted)s; you have %(free)s.") % words, words["wanted"])
    text = _("Asks for %(wanted)s; you have %(free)s. If you have more, change your profile.")
    return _tick("days", Answer.NO, text % words, words["wanted"])


def _days(number: int) -> str:
    return ngettext("%(number)s day a week", "%(number)s days a week", number) % {"number": number}


def _skills_tick(wanted: list[str], own: list[str]) -> Tick:
    """Met by one of those asked for; the text says which."""
    mine = {_plain(skill) for skill in own}
    had = [skill for skill in wanted if _plain(skill) in mine]
    words = {"wanted": _("; ").join(wanted), "had": _("; ").join(had)}
    if not own:
        text = _("Asks for %(wanted)s; your profile names no skills.")
        return _tick("skills", Answer.UNKNOWN, text % words, words["wanted"])
    if had:
        text = _("Asks for %(wanted)s; you have %(had)s.")
        return _tick("skills", Answer.YES, text % words, words["had"])
    text = _("Asks for %(wanted)s, which your profile does not name. If you have it, add it there.")
    return _tick("skills", Answer.NO, text % words, words["wanted"])


def _plain(skill: str) -> str:
    """AutoCAD, autocad and ＡｕｔｏＣＡＤ are one skill."""
    return "".join(unicodedata.normalize("NFKC", skill).casefold().split())

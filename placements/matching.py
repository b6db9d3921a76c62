"""Does a posting fit a student? Every rule gives its answer with the reason.

Only what the posting asks for and what the student studies and wishes counts; sex, age, origin
and hardship are not known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from accounts.choices import LEVEL_ORDER, Level
from accounts.models.people import StudentProfile
from placements.choices import PostingState
from placements.models.postings import Posting


@dataclass(frozen=True)
class Tick:
    """One rule, whether it is met, why, and what would change it; a required one blocks applying."""

    rule: str
    passed: bool
    text: str
    is_required: bool


def fit(posting: Posting, profile: StudentProfile, *, on: date) -> list[Tick]:
    """All rules, required ones first; a wish that the student did not state has no tick.

    Reads posting.majors, .province and .enterprise.industry: load them with the posting for a list.
    """
    return [
        open_tick(posting, on=on),
        _class_tick(posting, profile),
        _level_tick(posting, profile),
        _major_tick(posting, profile),
        *_wishes(posting, profile),
    ]


def in_short(posting: Posting, blocking: Tick) -> str:
    """What blocks, in the two or three words that a row of a list has room for."""
    if blocking.rule == "class_of":
        return _("Only class of %(wanted)s") % {"wanted": posting.class_of}
    if blocking.rule == "level":
        return _("At least: %(wanted)s") % {"wanted": Level(posting.level).label}
    if blocking.rule == "major":
        return _("Other majors")
    return blocking.text


def obstacles(ticks: list[Tick]) -> list[Tick]:
    """The required rules that are not met."""
    return [tick for tick in ticks if tick.is_required and not tick.passed]


def open_tick(posting: Posting, *, on: date) -> Tick:
    """Is it open on this day? The closing day itself still counts."""
    closes = date_format(posting.closes_on)
    if posting.is_open(on):
        return Tick("open", True, _("Open for applications until %(day)s.") % {"day": closes}, True)
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
    return Tick("open", False, text, True)


def _class_tick(posting: Posting, profile: StudentProfile) -> Tick:
    if posting.class_of is None:
        return Tick("class_of", True, _("Open to every graduating class."), True)
    words = {"wanted": posting.class_of, "yours": profile.class_of}
    if posting.class_of == profile.class_of:
        return Tick("class_of", True, _("For the class of %(wanted)s, which is yours.") % words, True)
    text = _("Only for the class of %(wanted)s; you are in the class of %(yours)s. If that is wrong, ask your college.")
    return Tick("class_of", False, text % words, True)


def _level_tick(posting: Posting, profile: StudentProfile) -> Tick:
    if not posting.level:
        return Tick("level", True, _("Open to every level of study."), True)
    words = {"wanted": Level(posting.level).label, "yours": Level(profile.level).label}
    if LEVEL_ORDER.index(Level(profile.level)) >= LEVEL_ORDER.index(Level(posting.level)):
        return Tick("level", True, _("Asks for at least: %(wanted)s. Yours: %(yours)s.") % words, True)
    text = _("Asks for at least: %(wanted)s. Yours: %(yours)s. A higher degree would change this.")
    return Tick("level", False, text % words, True)


def _major_tick(posting: Posting, profile: StudentProfile) -> Tick:
    majors = list(posting.majors.all())
    if not majors:
        return Tick("major", True, _("Open to all majors."), True)
    words = {"wanted": _("; ").join(str(major) for major in majors), "yours": str(profile.major)}
    if any(major.pk == profile.major_id for major in majors):
        return Tick("major", True, _("Your major is asked for: %(yours)s.") % words, True)
    text = _("Only for %(wanted)s; your major is %(yours)s. If your major fits after all, ask the employment office.")
    return Tick("major", False, text % words, True)


def _wishes(posting: Posting, profile: StudentProfile) -> Iterator[Tick]:
    if profile.cities:
        yield _city_tick(posting, profile.cities)
    if profile.pay_from:
        yield _pay_tick(posting, profile.pay_from)
    if profile.industries:
        yield _industry_tick(posting, profile.industries)


def _city_tick(posting: Posting, wished: list[str]) -> Tick:
    province = posting.province
    places = {posting.city, province.name_zh, province.name_en} if province else {posting.city}
    words = {"city": posting.city or str(province or ""), "wished": _("; ").join(wished)}
    if not words["city"]:
        return Tick("city", False, _("The posting does not say where the work is."), False)
    if {_plain(place) for place in places if place} & {_plain(place) for place in wished}:
        return Tick("city", True, _("In %(city)s, where you wish to work.") % words, False)
    text = _("In %(city)s; you wish for %(wished)s. Wishes are changed in your profile.")
    return Tick("city", False, text % words, False)


def _plain(place: str) -> str:
    """成都市 and 成都 are one place, and so are Sichuan and sichuan."""
    return place.strip().lower().removesuffix("市").removesuffix("省")


def _pay_tick(posting: Posting, wished: int) -> Tick:
    best = posting.pay_max or posting.pay_min
    if best is None:
        return Tick("pay", False, _("The posting does not state the pay; ask at the interview."), False)
    words = {"best": number_format(best, force_grouping=True), "wished": number_format(wished, force_grouping=True)}
    if best >= wished:
        return Tick("pay", True, _("Up to %(best)s yuan a month; you wish for %(wished)s.") % words, False)
    text = _("At most %(best)s yuan a month; you wish for %(wished)s. Wishes are changed in your profile.")
    return Tick("pay", False, text % words, False)


def _industry_tick(posting: Posting, wished: list[str]) -> Tick:
    industry = posting.enterprise.industry
    if industry is None:
        return Tick("industry", False, _("The industry of this enterprise is not on file."), False)
    words = {"industry": str(industry)}
    if industry.code in wished:
        return Tick("industry", True, _("An industry you wish for: %(industry)s.") % words, False)
    text = _("Industry: %(industry)s, which is not among your wishes.")
    return Tick("industry", False, text % words, False)

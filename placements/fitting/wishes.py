"""What a student wishes for: city, pay, industry. A wish that was not stated has no tick, and none blocks."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models.people import StudentProfile
from placements.choices import PayPeriod, WorkMode
from placements.fitting.ticks import Answer, Part, Tick
from placements.models.postings import Posting


def wish_ticks(posting: Posting, profile: StudentProfile) -> Iterator[Tick]:
    """Reads posting.province and .enterprise.industry."""
    if profile.cities:
        yield _city_tick(posting, profile.cities)
    if profile.pay_from:
        yield _pay_tick(posting, profile.pay_from)
    if profile.industries:
        yield _industry_tick(posting, profile.industries)


def _tick(rule: str, answer: Answer, text: str, short: str) -> Tick:
    return Tick(rule, answer, text, short, Part.WISH)


def _city_tick(posting: Posting, wished: list[str]) -> Tick:
    if posting.mode == WorkMode.REMOTE:
        return _tick("city", Answer.YES, _("Remote work: you can stay where you wish to live."), _("remote"))
    province = posting.province
    places = {posting.city, province.name_zh, province.name_en} if province else {posting.city}
    words = {"city": posting.city or str(province or ""), "wished": _("; ").join(wished)}
    if not words["city"]:
        text = _("The posting does not say where the work is.")
        return _tick("city", Answer.UNKNOWN, text, _("place not stated"))
    if {_plain(place) for place in places if place} & {_plain(place) for place in wished}:
        return _tick("city", Answer.YES, _("In %(city)s, where you wish to work.") % words, words["city"])
    text = _("In %(city)s; you wish for %(wished)s. Wishes are changed in your profile.")
    return _tick("city", Answer.NO, text % words, words["city"])


def _plain(place: str) -> str:
    """成都市 and 成都 are one place, and so are Sichuan and sichuan."""
    return place.strip().lower().removesuffix("市").removesuffix("省")


def _pay_tick(posting: Posting, wished: int) -> Tick:
    """The best pay that is stated, in yuan a month whatever it is given for."""
    best = posting.pay_monthly_max if posting.pay_monthly_max is not None else posting.pay_monthly_min
    if best is None:
        text = _("The posting does not state the pay; ask at the interview.")
        return _tick("pay", Answer.UNKNOWN, text, _("pay not stated"))
    words = {
        "best": number_format(best, force_grouping=True),
        "wished": number_format(wished, force_grouping=True),
        "period": PayPeriod(posting.pay_period).label,
    }
    is_monthly = posting.pay_period == PayPeriod.MONTH
    short = _("up to %(best)s yuan a month") % words
    if best >= wished:
        text = _("Up to %(best)s yuan a month; you wish for %(wished)s.")
        if not is_monthly:
            text = _("Paid %(period)s, about %(best)s yuan a month; you wish for %(wished)s.")
        return _tick("pay", Answer.YES, text % words, short)
    text = _("At most %(best)s yuan a month; you wish for %(wished)s. Wishes are changed in your profile.")
    if not is_monthly:
        text = _(
            "Paid %(period)s, at most about %(best)s yuan a month; you wish for %(wished)s. "
            "Wishes are changed in your profile."
        )
    if posting.pay_negotiable:
        text = _("At most %(best)s yuan a month, but it can be negotiated; you wish for %(wished)s.")
    return _tick("pay", Answer.NO, text % words, short)


def _industry_tick(posting: Posting, wished: list[str]) -> Tick:
    industry = posting.enterprise.industry
    if industry is None:
        text = _("The industry of this enterprise is not on file.")
        return _tick("industry", Answer.UNKNOWN, text, _("industry not on file"))
    words = {"industry": str(industry)}
    if industry.code in wished:
        text = _("An industry you wish for: %(industry)s.")
        return _tick("industry", Answer.YES, text % words, words["industry"])
    text = _("Industry: %(industry)s, which is not among your wishes.")
    return _tick("industry", Answer.NO, text % words, words["industry"])

"""Why a posting is not published by itself: every rule says what it found, and what it could not look at.

The rules read the posting and what `selectors.reviewing.on_file` gathered; they write nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from partnerships.choices.enterprises import CreditCodeState
from placements.addresses import elsewhere
from placements.choices import MONTHLY, HoldRule, PayPeriod
from placements.held_patterns import found_by_patterns, plain, says
from placements.models.postings import Posting

WORD_RULES = (HoldRule.FEE, HoldRule.AGENCY, HoldRule.SEX, HoldRule.AGE, HoldRule.ORIGIN)
# 就业促进法 forbids these; nobody at the school may let them pass.
MUST_CHANGE = frozenset({HoldRule.SEX, HoldRule.AGE, HoldRule.ORIGIN})
WORK_WEEK = 5
MOST_NAMED = 5


@dataclass(frozen=True)
class Wage:
    """The local minimum wage (最低工资标准) in force."""

    place: str
    monthly: int
    hourly: Decimal


@dataclass(frozen=True)
class OnFile:
    """What the rules compare a posting with; `place` is where the work is, empty where the posting does not say."""

    words: tuple[tuple[HoldRule, str], ...] = ()
    wage: Wage | None = None
    place: str = ""
    domains: frozenset[str] = field(default_factory=frozenset)
    mails: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A rule that holds the posting, and the words or numbers it met."""

    rule: HoldRule
    found: str


def findings(posting: Posting, known: OnFile) -> list[Finding]:
    """All that holds a posting, one finding for each rule."""
    return [Finding(rule, found[:300]) for rule, found in _found(posting, known)]


def _found(posting: Posting, known: OnFile) -> Iterator[tuple[HoldRule, str]]:
    if pay := below_minimum(posting, known.wage):
        yield HoldRule.PAY, pay
    text = plain("\n".join(texts_of(posting, known)))
    for rule in WORD_RULES:
        words = [says(text, word) for of, word in known.words if of == rule]
        turns = [turn for turn in found_by_patterns(text, rule) if turn]
        met = list(dict.fromkeys([*turns, *(word for word in words if word and not _is_in(word, turns))]))
        if met:
            yield rule, "; ".join(met[:MOST_NAMED])
    if addresses := elsewhere(text, domains=known.domains, mails=known.mails):
        yield HoldRule.ELSEWHERE, "; ".join(addresses[:MOST_NAMED])
    if posting.enterprise.credit_code_state != CreditCodeState.VERIFIED:
        yield HoldRule.UNVERIFIED, posting.enterprise.credit_code


def _is_in(word: str, turns: list[str]) -> bool:
    return any(turn in word or word in turn for turn in turns)


def texts_of(posting: Posting, known: OnFile) -> list[str]:
    """Everything that students read of it; `known.texts` are its questions with their answers."""
    own = (posting.title, posting.title_en, posting.description, posting.description_en, posting.address)
    return [*own, *posting.skills, *known.texts]


def below_minimum(posting: Posting, wage: Wage | None) -> str:
    """The pay and the minimum it misses ("1800 < 2100 month"); empty where it does not, or where one is not known.

    Pay by the hour is compared with the hour, everything else with the month; pay for a part of the week with as much
    of the month. The lower end counts where two are given.
    """
    lower = posting.pay_min if posting.pay_min is not None else posting.pay_max
    if wage is None or lower is None:
        return ""
    if posting.pay_period == PayPeriod.HOUR:
        return f"{lower} < {wage.hourly.normalize():f} hour" if lower < wage.hourly else ""
    monthly = lower * float(MONTHLY[PayPeriod(posting.pay_period)])
    days = posting.days_a_week or WORK_WEEK
    if posting.pay_period in (PayPeriod.MONTH, PayPeriod.YEAR) and days < WORK_WEEK:
        monthly = monthly * WORK_WEEK / days
    return f"{round(monthly)} < {wage.monthly} month" if monthly < wage.monthly else ""


def explained(rule: str, found: str) -> str:
    """Why it is held, for whoever wrote it and for whoever decides."""
    if rule == HoldRule.PAY:
        return _pay_explained(found)
    texts = {
        HoldRule.FEE: _("It speaks of fees or deposits: “%(found)s”. Employers may not take money from applicants."),
        HoldRule.AGENCY: _(
            "It speaks of agencies or dispatched work: “%(found)s”. Who employs the student must be clear."
        ),
        HoldRule.ELSEWHERE: _(
            "It names an address that is neither on the enterprise's website nor a contact's: “%(found)s”."
        ),
        HoldRule.UNVERIFIED: _("No official source has confirmed the credit code of the enterprise yet."),
        HoldRule.SEX: _("It asks for a sex, marriage or children: “%(found)s”. The law forbids it; change the text."),
        HoldRule.AGE: _("It asks for an age: “%(found)s”. Change the text; what the work needs can be said otherwise."),
        HoldRule.ORIGIN: _(
            "It asks for an origin or a household register: “%(found)s”. The law forbids it; change the text."
        ),
    }
    text = texts[HoldRule(rule)]
    return text % {"found": found} if "%(" in text else text


def _pay_explained(found: str) -> str:
    pay, _sign, least, unit = found.split()
    words = {"pay": _figure(pay), "least": _figure(least)}
    if unit == "hour":
        return _("It pays %(pay)s yuan an hour; the local minimum is %(least)s.") % words
    return _("It pays %(pay)s yuan a month of full work; the local minimum is %(least)s.") % words


def _figure(number: str) -> str:
    return number_format(Decimal(number), force_grouping=True)


def not_looked_at(posting: Posting, known: OnFile) -> list[str]:
    """What the rules could not say anything about, so that nobody takes it for looked at."""
    if not posting.states_pay:
        return [_("No pay is stated, so it was not compared with the minimum wage.")]
    if not known.place:
        return [_("The place of work is not stated, so the minimum wage is unknown and the pay was not compared.")]
    if known.wage is None:
        words = {"place": known.place}
        return [_("No minimum wage of %(place)s is on file: it is unknown, and the pay was not compared.") % words]
    return []

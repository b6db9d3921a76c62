"""The pay of a posting in words and in whole yuan a month."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from placements.choices import PayPeriod
from placements.models.postings import Posting


def _range(low: int | None, high: int | None) -> str:
    """Two ends with a dash between them, or the one that is known; empty where none is."""
    if low is not None and high is not None and low != high:
        return f"{_yuan(low)}–{_yuan(high)}"
    if low is not None and high is not None:
        return _yuan(low)
    if low is not None:
        return _("from %(pay)s") % {"pay": _yuan(low)}
    return _("up to %(pay)s") % {"pay": _yuan(high)} if high is not None else ""


def _yuan(sum_: int) -> str:
    return number_format(sum_, force_grouping=True)


def pay_in_short(posting: Posting) -> str:
    """The range and for what, as a row of a list says it."""
    pay = _range(posting.pay_min, posting.pay_max)
    if not pay:
        return pgettext("pay", "negotiable")
    of_each = {
        PayPeriod.HOUR: _("%(pay)s yuan an hour"),
        PayPeriod.DAY: _("%(pay)s yuan a day"),
        PayPeriod.MONTH: _("%(pay)s yuan a month"),
        PayPeriod.YEAR: _("%(pay)s yuan a year"),
    }
    return of_each[PayPeriod(posting.pay_period)] % {"pay": pay}


def pay_in_words(posting: Posting) -> str:
    """Everything a posting says of its pay: the range and for what, how many months, whether it can be talked about."""
    parts = [pay_in_short(posting)]
    if not posting.states_pay:
        return parts[0]
    if posting.pay_months:
        parts.append(_("%(months)s months of pay a year") % {"months": posting.pay_months})
    if posting.pay_negotiable:
        parts.append(pgettext("pay", "can be negotiated"))
    return pgettext("between the things of a list", ", ").join(parts)


def monthly_in_words(posting: Posting) -> str:
    """What a pay by the hour, day or year comes to in a month of full work; empty where it is given by the month."""
    if posting.pay_period == PayPeriod.MONTH or not posting.states_pay:
        return ""
    pay = _range(posting.pay_monthly_min, posting.pay_monthly_max)
    return _("%(pay)s yuan a month of full work") % {"pay": pay}

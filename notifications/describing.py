"""When a rule speaks, and why a message was written, in the reader's language."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from notifications.choices import Counting
from notifications.models.messages import OutgoingMessage
from notifications.occasions import rules
from notifications.terms import Terms


def when_words(terms: Terms) -> str:
    """All marks of the terms, such as "7, 1 days before; on the day; then every 10 days until 90 days after"."""
    before = [-mark for mark in terms.marks if mark < 0]
    after = [mark for mark in terms.marks if mark > 0]
    parts = []
    if before:
        words = ngettext("%(days)s day before", "%(days)s days before", max(before))
        parts.append(words % {"days": _numbers(before)})
    if 0 in terms.marks:
        parts.append(_("on the day"))
    if after:
        words = ngettext("%(days)s day after", "%(days)s days after", max(after))
        parts.append(words % {"days": _numbers(after)})
    if len(terms.all_marks) > len(terms.marks):
        words = ngettext("then every day", "then every %(days)s days", terms.every)
        parts.append(words % {"days": terms.every})
    return pgettext("between moments", "; ").join([*parts, *_limits(terms)])


def _limits(terms: Terms) -> list[str]:
    """How long it goes on, where that is not plain, and how days are counted, where not all are."""
    parts = []
    if terms.until > terms.marks[-1]:
        if terms.until > 0:
            words = ngettext("no longer than %(days)s day after", "no longer than %(days)s days after", terms.until)
        elif terms.until < 0:
            words = ngettext("no later than %(days)s day before", "no later than %(days)s days before", -terms.until)
        else:
            words = _("no longer than the day itself")
        parts.append(words % {"days": abs(terms.until)})
    if terms.counting == Counting.WORKING_DAYS:
        parts.append(_("counted in working days"))
    return parts


def mark_words(mark: int, on: date) -> str:
    """How far a message was from the day that it is about."""
    words = {"days": abs(mark), "on": date_format(on, "DATE_FORMAT")}
    if mark < 0:
        return ngettext("%(days)s day before %(on)s", "%(days)s days before %(on)s", -mark) % words
    if mark > 0:
        return ngettext("%(days)s day after %(on)s", "%(days)s days after %(on)s", mark) % words
    return _("on the day, %(on)s") % words


def why_words(message: OutgoingMessage) -> str:
    """The rule that wrote it and how far off its day was; of other messages what they are about."""
    rule = rules().get(message.rule)
    if rule is None:
        return str(message.get_matter_display())
    because = message.because
    if "on" not in because or "mark" not in because:
        return str(rule.name)
    far = mark_words(int(because["mark"]), date.fromisoformat(because["on"]))
    return f"{rule.name}{pgettext('between a kind and a name', ': ')}{far}"


def _numbers(days: list[int]) -> str:
    return pgettext("between the things of a list", ", ").join(str(number) for number in days)

"""The stream of one enterprise: what is asked for, who appears in it, and the letters behind it."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.names import in_language
from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import KINDS_OF, TimelineGroup, TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.timeline import TimelineEntry, TimelineQuerySet
from partnerships.selectors.codes import Choices
from partnerships.timeline import letter_of

PORTAL = "portal"  # done by nobody: reminders, imports, answers by signed link
KEY_IN_LINK = re.compile(r"(https?://\S*?[/=])[\w.:~-]{20,}")


class Period(NamedTuple):
    """A quick choice: from a day until now."""

    label: str
    since: date


def periods(on: date) -> list[Period]:
    """The last 30 days, this term (it begins on 1 September or 1 February) and this year."""
    begins = (date(on.year, 9, 1), date(on.year, 2, 1), date(on.year - 1, 9, 1))
    term = next(first for first in begins if first <= on)
    return [
        Period(_("Last 30 days"), on - timedelta(days=30)),
        Period(_("This term"), term),
        Period(_("This year"), date(on.year, 1, 1)),
    ]


def _stream(user: User, enterprise: Enterprise) -> TimelineQuerySet:
    return TimelineEntry.objects.visible_to(user).filter(enterprise=enterprise)


def people_in(user: User, enterprise: Enterprise) -> Choices:
    """Who did something in the entries that this person may see; one query."""
    rows = _stream(user, enterprise).order_by("by__name").values_list("by", "by__name", "by__name_en").distinct()
    return [(str(pk), in_language(zh, en)) if pk else (PORTAL, _("The portal")) for pk, zh, en in rows]


def _says(words: str) -> Q:
    """Entries whose text, kind or changed values hold these words."""
    kinds = [kind for kind in TimelineKind if words.lower() in str(kind.label).lower()]
    return Q(text__icontains=words) | Q(kind__in=kinds) | Q(_holds("before", words)) | Q(_holds("after", words))


def _holds(side: str, words: str) -> Func:
    """Whether a value on one side of a change holds these words, in any language that it is kept in."""
    path = f'$[*].{side}.** ? (@ like_regex {json.dumps(words, ensure_ascii=False)} flag "iq")'
    template = "%(function)s(%(expressions)s::jsonpath)"
    return Func(F("changes"), Value(path), function="jsonb_path_exists", template=template, output_field=BooleanField())


def timeline(user: User, enterprise: Enterprise, filters: dict[str, Any]) -> QuerySet[TimelineEntry]:
    """The stream of one enterprise as this person may see it, newest first."""
    rows = _stream(user, enterprise).select_related("by")
    if words := filters.get("find"):
        rows = rows.filter(_says(words))
    if kind := filters.get("kind"):
        group = kind in TimelineGroup.values
        rows = rows.filter(kind__in=KINDS_OF[TimelineGroup(kind)]) if group else rows.filter(kind=kind)
    if who := filters.get("who"):
        rows = rows.filter(by__isnull=True) if who == PORTAL else rows.filter(by=who)
    if since := filters.get("since"):
        rows = rows.filter(at__date__gte=since)
    if until := filters.get("until"):
        rows = rows.filter(at__date__lte=until)
    return rows


def letter(entry: TimelineEntry) -> OutgoingMessage | None:
    """The message that an entry tells of; None where none is kept."""
    key = letter_of(entry)
    return OutgoingMessage.objects.select_related("recipient").filter(pk=key).first() if key is not None else None


def shown(message: OutgoingMessage) -> str:
    """The text of a letter without the keys of signed links: those are for their addressee alone."""
    return KEY_IN_LINK.sub(r"\1…", message.body)

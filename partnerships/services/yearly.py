"""Once a year each enterprise is asked to confirm its file, and reminded once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notifications.services import Letter, write_to_many
from partnerships.choices.links import REMINDER, LinkPurpose
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import SignedLink
from partnerships.reminders import files_to_ask_about, links_to_remind_of, season
from partnerships.selectors.links import addressees
from partnerships.services import timeline
from partnerships.services.links import Addressee, as_addressee, write_letter

PORTION = 50  # files per transaction


def ask_to_confirm(*, now: datetime) -> tuple[int, int]:
    """Write the letters that should exist by now, as many as a run may; returns how many ask, and how many remind.

    Two runs at once ask nobody twice: each takes files that the other does not hold, and looks again.
    """
    most = settings.FILE_CONFIRMATION_PER_RUN
    today = timezone.localdate(now)
    year, asked, reminded = season(today), 0, 0
    if year is not None:
        files = list(files_to_ask_about(year, on=today).values_list("pk", flat=True)[:most])
        asked = sum(_ask(portion, year=year, now=now) for portion in _portions(files))
    links = list(links_to_remind_of(now).values_list("enterprise", flat=True)[:most])
    reminded = sum(_remind(portion, now=now) for portion in _portions(links))
    return asked, reminded


def _portions(keys: Sequence[int]) -> list[Sequence[int]]:
    return [keys[start : start + PORTION] for start in range(0, len(keys), PORTION)]


def _held(keys: Sequence[int]) -> list[Enterprise]:
    """The files, locked, but for those that somebody else holds."""
    return list(Enterprise.objects.select_for_update(skip_locked=True).current().filter(pk__in=keys).order_by("pk"))


@transaction.atomic
def _ask(keys: Sequence[int], *, year: int, now: datetime) -> int:
    held = _held(keys)
    links = SignedLink.objects.filter(enterprise__in=held, purpose=LinkPurpose.CONFIRM_FILE, year=year)
    done = set(links.values_list("enterprise", flat=True))
    people = addressees(held, on=timezone.localdate(now))
    letters: list[Letter] = []
    for enterprise in held:
        if enterprise.pk in done or enterprise.pk not in people:
            continue
        to = as_addressee(people[enterprise.pk])
        letters.append(write_letter(enterprise, to, year=year, by=None, at=now)[1])
        timeline.record(enterprise, TimelineKind.FILE_ASKED, by=None, at=now, text=to.name)
    write_to_many(letters, at=now)
    return len(letters)


@transaction.atomic
def _remind(keys: Sequence[int], *, now: datetime) -> int:
    held = {enterprise.pk: enterprise for enterprise in _held(keys)}
    letters: list[Letter] = []
    for link in links_to_remind_of(now).filter(enterprise__in=held).select_related("contact"):
        enterprise = held[link.enterprise_id]
        known = link.contact is not None and bool(link.contact.email)
        to = as_addressee(link.contact) if link.contact and known else Addressee(link.name, link.email, "zh-hans")
        letters.append(write_letter(enterprise, to, year=link.year, by=None, at=now, note=REMINDER)[1])
        timeline.record(enterprise, TimelineKind.FILE_ASKED, by=None, at=now, text=to.name, detail=REMINDER)
    write_to_many(letters, at=now)
    return len(letters)

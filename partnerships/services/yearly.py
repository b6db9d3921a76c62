"""Once a year each enterprise is asked to confirm its file, and reminded once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.choices import Matter
from notifications.occasions import Rule
from notifications.selectors.reminding import occasion_of
from notifications.services.letters import Letter, write_to_many
from notifications.terms import Terms
from partnerships.choices.links import REMINDER, LinkPurpose
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import SignedLink
from partnerships.reminders.files import files_to_ask_about, season, silent_links
from partnerships.selectors.links import addressees
from partnerships.services import timeline
from partnerships.services.links import Addressee, as_addressee, write_letter

PORTION = 50  # files per transaction


def ask_to_confirm(*, now: datetime) -> int:
    """Write the letters that should exist by now, as many as a run may; returns how many ask.

    Two runs at once ask nobody twice: each takes files that the other does not hold, and looks again.
    """
    today = timezone.localdate(now)
    year = season(today)
    if year is None:
        return 0
    files = files_to_ask_about(year, on=today).values_list("pk", flat=True)
    chosen = list(files[: settings.FILE_CONFIRMATION_PER_RUN])
    return sum(_ask(portion, year=year, now=now) for portion in _portions(chosen))


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
def remind(subject_id: int, now: datetime) -> int:
    """Write once more about one file; returns how many letters that is. Two runs at once remind nobody twice."""
    link = SignedLink.objects.select_related("contact").get(pk=subject_id)
    enterprise = Enterprise.objects.select_for_update().get(pk=link.enterprise_id)
    if occasion_of("partnerships.file", subject_id, now=now) is None:
        return 0
    known = link.contact is not None and bool(link.contact.email)
    to = as_addressee(link.contact) if link.contact and known else Addressee(link.name, link.email, "zh-hans")
    letter = write_letter(enterprise, to, year=link.year, by=None, at=now, note=REMINDER)[1]
    timeline.record(enterprise, TimelineKind.FILE_ASKED, by=None, at=now, text=to.name, detail=REMINDER)
    return write_to_many([letter], at=now)


RULES = (
    Rule(
        slug="partnerships.file",
        name=_("File to be confirmed by the enterprise"),
        about=_("An enterprise was asked to confirm its file and has not answered; the reminder has a new link."),
        matter=Matter.ENTERPRISE,
        terms=Terms(marks=(14,), until=60, audiences=("contact",)),
        audiences={"contact": _("Contact of the enterprise")},
        find=silent_links,
        write=remind,
    ),
)

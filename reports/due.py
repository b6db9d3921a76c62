"""What the schedules of reports make due: stored exactly once, for each reader no more than they may see."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models.people import User
from reports import rules
from reports.kinds.catalogue import KINDS
from reports.kinds.kind import digest_of
from reports.models.builds import ReportBuild
from reports.models.schedules import ReportSchedule


def store_due(*, now: datetime) -> list[int]:
    """The builds to ring for: those due by now, after an outage the latest of each schedule; stored once."""
    stored: list[int] = []
    for number in ReportSchedule.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True):
        stored += _store_due(number, now=now)
    return stored


@transaction.atomic
def _store_due(number: int, *, now: datetime) -> list[int]:
    """Whoever else looks at this schedule waits here, and finds that it is done."""
    schedule = ReportSchedule.objects.select_for_update(of=("self",)).select_related("owner").get(pk=number)
    due = schedule.latest_due(now)
    if not schedule.is_active or due <= schedule.stored_until:
        return []
    schedule.stored_until = due
    schedule.is_active = bool(schedule.owner.is_active and rules.can_schedule(schedule.owner))
    schedule.save(update_fields=["stored_until", "is_active"])
    if not schedule.is_active or schedule.kind not in KINDS:
        return []
    return [_due_build(schedule, due, *each) for each in _classes(schedule)]


def _classes(schedule: ReportSchedule) -> list[tuple[User, str, list[User]]]:
    """Whose rights, which language, who gets it.

    The office sees everything, so its readers share one build in each language. What others see differs from person to
    person: each has one of their own. Who is no longer staff, or may no longer read such a report, gets none.
    """
    kind = KINDS[schedule.kind]
    shared: dict[str, list[User]] = {}
    own: list[tuple[User, str, list[User]]] = []
    for reader in schedule.readers.filter(is_active=True).order_by("pk"):
        if not (reader.is_school_staff and kind.may_build(reader)):
            continue
        if reader.is_office:
            shared.setdefault(reader.language, []).append(reader)
        else:
            own.append((reader, reader.language, [reader]))
    return [*((readers[0], language, readers) for language, readers in shared.items()), *own]


def _due_build(schedule: ReportSchedule, due: datetime, seen_as: User, language: str, readers: list[User]) -> int:
    """`due` is also the day from which "last week" is reckoned, however late it is built."""
    form = KINDS[schedule.kind].form(schedule.parameters, user=seen_as, on=timezone.localdate(due))
    words = form.words_by_language if form.is_valid() else schedule.words
    build, is_new = ReportBuild.objects.get_or_create(
        schedule=schedule,
        due_at=due,
        seen_as=seen_as,
        language=language,
        defaults={
            "kind": schedule.kind, "parameters": schedule.parameters, "words": words, "requested_by": schedule.owner,
            "requested_at": due, "digest": digest_of(schedule.kind, schedule.parameters, language, schedule.pk,
                due.isoformat()),
        },
    )  # fmt: skip
    if is_new:
        build.readers.set(readers)
    return build.pk

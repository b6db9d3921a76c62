"""Pairs of files that may be of one enterprise: found, decided, opened again."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships import rules
from partnerships.choices.enterprises import MatchKind, SuspectState
from partnerships.models.duplicates import Suspect
from partnerships.models.enterprises import Enterprise, FormerName
from partnerships.naming import name_key
from partnerships.selectors.matching import Match, similar

# Bounds of one search, so that a queue stays one that people can work through.
FILES_OF_ONE_NAME = 10
SIMILAR_PER_FILE = 5
MOST_OPEN = 2_000
BATCH = 100
SECONDS = 240.0


def _pair(one: int, other: int, **fields: object) -> Suspect:
    first, second = sorted((one, other))
    return Suspect(first_id=first, second_id=second, **fields)


@transaction.atomic
def keep_apart(enterprise: Enterprise, matches: Iterable[Match], *, by: User, at: datetime) -> None:
    """Somebody who opened a file was shown these and said that it is another enterprise."""
    rules.can_merge(by).or_raise()
    decided = {"state": SuspectState.DIFFERENT, "found_at": at, "decided_by": by, "decided_at": at}
    Suspect.objects.bulk_create(
        [
            _pair(enterprise.pk, match.enterprise.pk, kind=match.kind, likeness=match.likeness, **decided)
            for match in matches
        ],
        ignore_conflicts=True,
    )


def _lock(suspect: Suspect) -> Suspect:
    return Suspect.objects.select_for_update().get(pk=suspect.pk)


@transaction.atomic
def decide_two(suspect: Suspect, *, by: User, at: datetime) -> Suspect:
    """They are two enterprises; nobody is asked again. Raises RuleBroken when that is decided already."""
    rules.can_merge(by).or_raise()
    suspect = _lock(suspect)
    if suspect.state != SuspectState.OPEN:
        raise RuleBroken(_("Somebody has decided about these two files already."))
    suspect.state, suspect.decided_by, suspect.decided_at = SuspectState.DIFFERENT, by, at
    suspect.save(update_fields=["state", "decided_by", "decided_at"])
    return suspect


@transaction.atomic
def open_again(suspect: Suspect, *, by: User) -> Suspect:
    """They may be one enterprise after all. Raises RuleBroken unless they were said to be two."""
    rules.can_merge(by).or_raise()
    suspect = _lock(suspect)
    if suspect.state != SuspectState.DIFFERENT:
        raise RuleBroken(_("Only a pair that was said to be two enterprises is opened again."))
    suspect.state, suspect.decided_by, suspect.decided_at = SuspectState.OPEN, None, None
    suspect.save(update_fields=["state", "decided_by", "decided_at"])
    return suspect


def mark_merged(kept: Enterprise, gone: Enterprise, *, by: User, at: datetime) -> None:
    """The pair is settled, whether anybody suspected it or not."""
    first, second = sorted((kept.pk, gone.pk))
    settled = {"state": SuspectState.MERGED, "decided_by": by, "decided_at": at}
    Suspect.objects.update_or_create(
        first_id=first,
        second_id=second,
        defaults=settled,
        create_defaults={**settled, "kind": MatchKind.SIMILAR, "found_at": at},
    )


def mark_parted(kept: Enterprise, gone: Enterprise, *, by: User, at: datetime) -> None:
    """A merge was undone: they are two, until somebody opens the pair again."""
    first, second = sorted((kept.pk, gone.pk))
    pair = Suspect.objects.filter(first=first, second=second)
    pair.update(state=SuspectState.DIFFERENT, decided_by=by, decided_at=at)


def find_suspects(*, at: datetime, seconds: float = SECONDS) -> int:
    """Look for pairs over all files; returns how many files are still to be compared by likeness now.

    Equal names and former names are looked up for all files at once; similar ones for each file whose name is new
    since it was compared last, as long as `seconds` last and the queue has room. Decided pairs stay decided.
    """
    _store(_of_one_name(at))
    _store(_of_a_former_name(at))
    until = time.monotonic() + seconds
    waiting = Enterprise.objects.uncompared().order_by("pk")
    while time.monotonic() < until and _open().count() < MOST_OPEN:
        if not _compare(list(waiting[:BATCH].values_list("pk", "name_key")), at):
            break
    return waiting.count() if _open().count() < MOST_OPEN else 0


def _open() -> QuerySet[Suspect]:
    return Suspect.objects.filter(state=SuspectState.OPEN)


def _store(pairs: Iterable[Suspect]) -> None:
    """Pairs on file stay as they are."""
    Suspect.objects.bulk_create(pairs, ignore_conflicts=True, batch_size=500)


def _of_one_name(at: datetime) -> Iterator[Suspect]:
    """Files with equal keys; of a name that very many bear, the oldest few."""
    place = Window(RowNumber(), partition_by=F("name_key"), order_by=F("pk").asc())
    names = Enterprise.objects.current().exclude(name_key="").order_by()
    again = names.annotate(place=place).filter(place=2).values("name_key")
    bearers = names.filter(name_key__in=again).annotate(place=place).filter(place__lte=FILES_OF_ONE_NAME)
    alike: dict[str, list[int]] = {}
    for key, pk in bearers.values_list("name_key", "pk").order_by("name_key", "pk"):
        for other in alike.setdefault(key, []):
            yield _pair(pk, other, kind=MatchKind.NAME, found_at=at)
        alike[key].append(pk)


def _of_a_former_name(at: datetime) -> Iterator[Suspect]:
    """Files whose name is a former one of another file."""
    former = FormerName.objects.filter(enterprise__archived_at=None).values_list("name", "enterprise")
    bore: dict[str, set[int]] = {}
    for name, pk in former.iterator(chunk_size=5000):
        bore.setdefault(name_key(name), set()).add(pk)
    keys = [key for key in bore if key]
    for start in range(0, len(keys), 1000):
        rows = Enterprise.objects.current().filter(name_key__in=keys[start : start + 1000])
        for key, pk in rows.values_list("name_key", "pk").order_by("pk"):
            yield from (_pair(pk, other, kind=MatchKind.FORMER_NAME, found_at=at) for other in bore[key] if other != pk)


@transaction.atomic
def _compare(files: list[tuple[int, str]], at: datetime) -> int:
    """Look for names like those of a few files, and note that it was done; returns how many files that were."""
    current = Enterprise.objects.current().order_by()
    found = partial(_pair, kind=MatchKind.SIMILAR, found_at=at)
    for pk, key in files:
        others = similar(current.exclude(pk=pk), key, limit=SIMILAR_PER_FILE)
        _store([found(pk, other, likeness=likeness) for other, likeness in others])
    return Enterprise.objects.filter(pk__in=[pk for pk, _key in files]).update(compared_key=F("name_key"))

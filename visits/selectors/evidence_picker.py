"""Everything that could show a promise, visits too, with what is linked already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from accounts.models.people import User
from agreements.choices import EvidenceKind
from agreements.models import CommitmentEvidence
from agreements.selectors import sources
from agreements.selectors.promises import Standing, enterprises_of
from agreements.selectors.sources import Found
from partnerships.models.commitments import Commitment
from visits.choices import TOOK_PLACE
from visits.models.visits import Visit, VisitQuerySet


def visits_that_hold() -> VisitQuerySet:
    """Visits that took place; named in settings.EVIDENCE_HOLDS."""
    return Visit.objects.filter(state__in=TOOK_PLACE)


@dataclass(frozen=True)
class Pick:
    """One row of the page: a record, is it ticked, how much of it counts."""

    key: str
    text: str
    who: str = ""
    link: str = ""
    on: object = None
    number: str = ""
    is_ticked: bool = False
    holds: bool = True
    error: str = ""


@dataclass(frozen=True)
class Group:
    """The records of one kind."""

    label: str
    fits: bool
    picks: list[Pick]


def key_of(kind: str, record: int | None) -> str:
    return f"{kind}-{record}"


def found_records(user: User, promise: Commitment) -> dict[str, Found]:
    """All records of the enterprises of a promise, by key; in a fixed number of queries."""
    enterprises = enterprises_of(promise)
    rows = [*_visits(user, enterprises), *sources.records(user, promise, enterprises)]
    return {key_of(found.kind, found.record): found for found in rows}


def _visits(user: User, enterprises: Collection[int]) -> Iterator[Found]:
    rows = visits_that_hold().visible_to(user).filter(enterprise__in=enterprises).select_related("enterprise")
    for visit in rows[: sources.MOST]:
        yield Found(
            kind=EvidenceKind.VISIT,
            record=visit.pk,
            enterprise=visit.enterprise_id,
            text=visit.goal or visit.place or visit.enterprise.legal_name,
            link=reverse("visits:visit", args=[visit.pk]),
            on=visit.starts_on,
        )


@dataclass(frozen=True)
class Typed:
    """What a person ticked and typed; `was` are the keys that their page showed as linked."""

    picked: Collection[str]
    was: Collection[str]
    numbers: Mapping[str, str]
    errors: Mapping[str, str]


def found_again(promise: Commitment, row: CommitmentEvidence) -> Found:
    """A linked record that is not among those found: gone, older than they are, or not this person's to see."""
    return Found(
        kind=EvidenceKind(row.kind), record=row.record or 0, enterprise=promise.enterprise_id, text=row.text,
        link=row.link, number=row.number, on=row.on, agreement=promise.agreement_id,
    )  # fmt: skip


def linked_keys(standing: Standing) -> dict[str, CommitmentEvidence]:
    """Rows of evidence that stand for a record, by its key."""
    return {key_of(each.row.kind, each.row.record): each.row for each in standing.shown if each.row.record is not None}


def groups(
    standing: Standing, found: Mapping[str, Found], typed: Typed | None, *, fits: Collection[EvidenceKind]
) -> list[Group]:
    """The page: what fits first; what is linked and not among the records found stands with its kind."""
    linked = linked_keys(standing)
    held = {each.row.pk for each in standing.shown if each.holds}
    made = []
    for kind in sources.kinds_for(standing.promise):
        keys = [key for key, each in found.items() if each.kind == kind]
        keys += [key for key, row in linked.items() if row.kind == kind and key not in found]
        picks = [_pick(key, found.get(key), linked.get(key), typed, held) for key in keys]
        if picks:
            made.append(Group(str(kind.label), kind in fits, picks))
    return made


def _pick(
    key: str, found: Found | None, row: CommitmentEvidence | None, typed: Typed | None, held: Collection[int]
) -> Pick:
    said = row or found
    assert said is not None  # noqa: S101 - a key is of one or the other
    number = _plain(row.number if row else found.number if found else None)
    is_ticked = row is not None
    if typed is not None:
        number = typed.numbers.get(key, number)
        is_ticked = key in typed.picked or (row is not None and key not in typed.was)
    return Pick(
        key=key, text=said.text, who=found.who if found else "", link=said.link, on=said.on, number=number,
        is_ticked=is_ticked, holds=row is None or row.pk in held, error=typed.errors.get(key, "") if typed else "",
    )  # fmt: skip


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"

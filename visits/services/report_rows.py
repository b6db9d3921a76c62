"""The rows of a report while it is corrected: each that stays keeps its number, by which others know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models.school import Major
from core.errors import RuleBroken
from partnerships.changes import snapshot
from visits.choices import IntentionKind, IntentionState
from visits.models.results import Intention, Outcome
from visits.models.visits import Visit

COLUMNS = (
    "state", "starts_on", "direction", "medium", "minutes", "feedback", "result_form", "nothing_offered", "campaigns",
    "colleges",
)  # fmt: skip


@dataclass(frozen=True)
class OutcomeRow:
    """What the enterprise offers for one major; `number` is that of the row on file, None for a new one."""

    number: int | None
    major: Major
    posts: int = 0
    average_pay: int | None = None
    graduates: int | None = None
    post_pay: int | None = None
    internships: int = 0
    internship_pay: int | None = None


@dataclass(frozen=True)
class IntentionRow:
    """What both sides mean to do; `number` is that of the row on file, None for a new one."""

    number: int | None
    kind: IntentionKind
    name: str
    terms: str = ""
    class_of: int | None = None
    state: IntentionState = IntentionState.INTENDED


def report_of(visit: Visit) -> dict[str, Any]:
    """Everything that a report says, as the timeline keeps it: before and after a correction."""
    people = visit.participants.filter(was_present=True)
    return {
        **snapshot(visit, COLUMNS),
        "present": sorted(person.name for person in people),
        "outcomes": [_in_both(row) for row in visit.outcomes.select_related("major")],
        "intentions": [row.name for row in visit.intentions.all()],
        "evidence": [f"{item.name} ({item.kind})" for item in visit.evidence.all()],
    }


def _in_both(row: Outcome) -> dict[str, str]:
    """One offer with its numbers, in words of both languages."""
    words = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            numbers = {"major": row.major, "posts": row.posts, "internships": row.internships}
            pays = {"pay": row.post_pay or "—", "intern_pay": row.internship_pay or "—"}
            text = _("%(major)s: posts %(posts)s (pay %(pay)s), internships %(internships)s (pay %(intern_pay)s)")
            more = [str(each) for each in (row.average_pay, row.graduates) if each is not None]
            words[language] = " · ".join([text % {**numbers, **pays}, *more])
    return words


def write_outcomes(visit: Visit, lines: Sequence[OutcomeRow]) -> None:
    """Make the offers these. A major that is on file keeps its row; another one takes over the row it stands in."""
    if len({line.major.pk for line in lines}) < len(lines):
        raise RuleBroken(_("Each major stands in one row only."))
    on_file = list(visit.outcomes.select_for_update())
    named, numbers = {line.major.pk for line in lines}, {line.number for line in lines}
    by_major = {row.major_id: row for row in on_file if row.major_id in named}
    vacant = {row.pk: row for row in on_file if row.major_id not in named and row.pk in numbers}
    for gone in on_file:
        if gone.major_id not in by_major and gone.pk not in vacant:
            gone.delete()
    for line in lines:
        row = by_major.get(line.major.pk)
        if row is None and line.number is not None and vacant:
            row = vacant.pop(line.number if line.number in vacant else next(iter(vacant)))
        _save(row or Outcome(visit=visit), line)
    for gone in vacant.values():
        gone.delete()


def write_intentions(visit: Visit, lines: Sequence[IntentionRow]) -> None:
    """Make the intentions these; rows that stay keep their number."""
    on_file = {row.pk: row for row in visit.intentions.select_for_update()}
    for line in lines:
        row = on_file.pop(line.number, None) if line.number is not None else None
        _save(row or Intention(visit=visit), line)
    for gone in on_file.values():
        gone.delete()


def _save(row: Outcome | Intention, line: OutcomeRow | IntentionRow) -> None:
    for field in fields(line):
        if field.name != "number":
            setattr(row, field.name, getattr(line, field.name))
    row.full_clean()
    row.save()

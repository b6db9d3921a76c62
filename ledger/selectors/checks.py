"""What the platform would refuse, asked before the file is made: of every row what is missing or wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from ledger.choices import Standing, UploadState
from ledger.models.platform import PlatformRecord
from ledger.selectors import platform
from ledger.selectors.lines import Line, portions
from ledger.selectors.records import key_of, records_of
from partnerships import credit_code
from visits.models.visits import Visit

MOST_VISITS = 5000
PORTION = 1000
# Of the columns with names and positions, counted from 0; so much and no more the portal hands on.
LONGEST = {2: 100, 5: 60, 9: 50, 10: 100, 12: 50, 13: 100}


def _identity(visit: Visit) -> str:
    return reverse("partnerships:identity", args=[visit.enterprise_id])


def _enterprise(visit: Visit) -> str:
    return reverse("partnerships:enterprise_edit", args=[visit.enterprise_id])


def _plan(visit: Visit) -> str:
    return reverse("visits:visit_edit", args=[visit.pk])


def _visit(visit: Visit) -> str:
    return reverse("visits:visit", args=[visit.pk])


def _upload(visit: Visit) -> str:
    return reverse("ledger:visit_upload", args=[visit.pk])


def _codes(visit: Visit) -> str:
    return reverse("ledger:codes")


# What is said of a row, and where that is mended.
FINDINGS: dict[str, tuple[str | Promise, Callable[[Visit], str]]] = {
    "no_school_code": (_("The code of the school is not set."), _codes),
    "no_level_code": (_("The level of the major has no code (ZYCCDM)."), _codes),
    "no_credit_code": (_("The enterprise has no unified social credit code."), _identity),
    "code_fails": (_("The credit code fails its check."), _identity),
    "no_date": (_("The visit has no date."), _plan),
    "no_leader": (_("Nobody is named who led the visit."), _plan),
    "no_leader_title": (_("The position of who led is missing."), _upload),
    "no_host": (_("Nobody is named who received us."), _upload),
    "no_host_title": (_("The position of who received us is missing."), _upload),
    "no_outcome": (_("No major is named for which the enterprise needs people."), _visit),
    "no_result": (_("The main form of result is not chosen (FTCGXSDM)."), _upload),
    "no_major_name": (_("The major has no Chinese name."), _codes),
    "too_long": (_("A name or position is too long for the platform."), _enterprise),
}


@dataclass
class Row:
    """A line as the platform would get it, and what is wrong with it."""

    line: Line
    cells: list[Any]
    problems: list[str]
    record: PlatformRecord | None
    standing: Standing

    @property
    def is_complete(self) -> bool:
        return not self.problems


@dataclass
class Checked:
    """Every row that is asked for."""

    rows: list[Row] = field(default_factory=list)
    gone: int = 0
    is_capped: bool = False

    @property
    def complete(self) -> list[Row]:
        return [row for row in self.rows if row.is_complete]

    @property
    def counts(self) -> list[tuple[str, str | Promise, int]]:
        """Of each thing that is wrong in how many rows, the most frequent first."""
        found = Counter(code for row in self.rows for code in row.problems)
        return [(code, FINDINGS[code][0], number) for code, number in found.most_common()]

    @property
    def standings(self) -> list[tuple[str, str, int]]:
        found = Counter(row.standing for row in self.rows)
        return [(each.value, str(each.label), found[each]) for each in Standing]

    @property
    def posts_as_graduates(self) -> int:
        """Rows in which the posts offered stand for the graduates to take."""
        return sum(1 for row in self.rows if row.line.outcome and row.line.outcome.graduates is None)


def problems_of(line: Line, cells: Sequence[Any]) -> list[str]:
    """The codes of what is missing or wrong, in the order of the columns."""
    code, leader, host = line.visit.enterprise.credit_code, line.leader, line.host
    outcome = line.outcome
    asked = {
        "no_school_code": not cells[1],
        "no_credit_code": not code,
        "code_fails": bool(code) and not credit_code.is_valid(code),
        "no_outcome": outcome is None,
        "no_major_name": outcome is not None and not cells[5],
        "no_level_code": outcome is not None and not cells[6],
        "no_leader": leader is None,
        "no_leader_title": leader is not None and not leader.title,
        "no_date": line.visit.starts_on is None,
        "no_host": host is None,
        "no_host_title": host is not None and not host.title,
        "no_result": line.visit.result_form_id is None,
        "too_long": any(len(str(cells[place])) > most for place, most in LONGEST.items()),
    }
    return [code for code, is_wrong in asked.items() if is_wrong]


def standing_of(record: PlatformRecord, cells: list[Any]) -> Standing:
    """Beside what the platform was told last."""
    if record.state == UploadState.NOT_SENT:
        return Standing.NEW
    if record.state == UploadState.FAILED:
        return Standing.FAILED
    return Standing.SENT if record.sent == platform.told(cells) else Standing.CHANGED


def check(numbers: Sequence[int], *, user: User, on: date, upload: str = "") -> Checked:
    """The rows of these visits with what is wrong and how they stand; a few queries for every thousand visits."""
    checked = Checked(is_capped=len(numbers) > MOST_VISITS)
    numbers = numbers[:MOST_VISITS]
    rows = list(_rows(numbers, user, on))
    checked.rows = [row for row in rows if _is_asked(row, upload)]
    known = [row.record.pk for row in rows if row.record is not None]
    sent = PlatformRecord.objects.filter(visit__in=numbers, state=UploadState.SENT)
    checked.gone = sent.exclude(pk__in=known).count()
    return checked


def _rows(numbers: Sequence[int], user: User, on: date) -> Iterator[Row]:
    words = platform.Dictionaries.read()
    for lines in portions(numbers, user=user, on=on, size=PORTION):
        records = records_of(lines)
        for line in lines:
            record = records[key_of(line)]
            cells = platform.row_of(line, words, record.record_id)
            is_known = record.pk is not None
            yield Row(line, cells, problems_of(line, cells), record if is_known else None, standing_of(record, cells))


def _is_asked(row: Row, upload: str) -> bool:
    return not upload or row.standing == upload or (upload == "open" and row.standing != Standing.SENT)


@dataclass(frozen=True)
class ToMend:
    """A visit with all that is wrong with its rows, each with the way to where it is mended."""

    visit: Visit
    findings: list[tuple[str | Promise, str]]


def to_mend(rows: Sequence[Row], problem: str = "") -> list[ToMend]:
    """The visits with something to mend, in the order of the rows; `problem` narrows to one kind."""
    found: dict[int, tuple[Visit, dict[str, None]]] = {}
    for row in rows:
        if row.problems and (not problem or problem in row.problems):
            found.setdefault(row.line.visit.pk, (row.line.visit, {}))[1].update(dict.fromkeys(row.problems))
    return [
        ToMend(visit, [(FINDINGS[code][0], FINDINGS[code][1](visit)) for code in codes])
        for visit, codes in found.values()
    ]

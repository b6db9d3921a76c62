"""A ledger row by row: understood, matched, compared; what it would do is kept for the preview. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from imports import headings
from imports.checking import chunks
from imports.choices import RowOutcome, RowState
from imports.claims import Claim
from imports.lookups import Lookups
from imports.matching import Match, Matching
from imports.parsing import Parsed
from imports.problems import problem
from imports.workbooks import SheetRow, rows_of
from ledger.models.imports import LedgerImport, LedgerImportRow
from ledger.past import comparing
from ledger.past.columns import VISITS
from ledger.past.parsing import VisitParser
from ledger.past.problems import is_error
from partnerships.choices.enterprises import MatchKind
from partnerships.naming import name_key
from visits.choices import VisitState
from visits.models.visits import Visit

Place = tuple[object, str]


def check_rows(run: LedgerImport, claim: Claim) -> None:
    """Fill the preview; begun again, it starts over. Raises Unreadable, and RuleBroken for too many rows."""
    columns = {int(column): key for column, key in run.columns.items()}
    found = rows_of(run.file, run.name, run.sheet, after=run.header_to)
    with transaction.atomic():
        claim.begin(len(found))
        LedgerImportRow.objects.filter(run=run).delete()
    checking, passed_over = Checking(run, columns), 0
    for chunk in chunks(found):
        with transaction.atomic():
            rows = checking.check(chunk)
            LedgerImportRow.objects.bulk_create(rows)
            claim.step(len(chunk))
        passed_over += len(chunk) - len(rows)
    claim.end(passed_over=passed_over)


@dataclass
class Group:
    """The rows about one visit so far: which began it, and which row said which major."""

    lead: int
    majors: dict[int, int] = field(default_factory=dict)


class Checking:
    """Checks the rows of one ledger; remembers which visits the rows before were about."""

    def __init__(self, run: LedgerImport, columns: dict[int, str]) -> None:
        self.run = run
        self.lookups = Lookups()
        self.majors = {major.pk: major for major in self.lookups.majors}
        self.parser = VisitParser(columns, self.lookups, today=timezone.localdate())
        self.matching = Matching()
        self.groups: dict[Place, Group] = {}
        place = headings.Place(run.header_from, run.header_to)
        self.headings = ["".join(words[-1:]) for words in headings.labels(run.sheets[run.sheet]["head"], place)]

    def check(self, found: Sequence[SheetRow]) -> list[LedgerImportRow]:
        """The rows that are about a visit, with what each would do. Call inside a transaction."""
        kept = [row for row in found if self._is_about_a_visit(row)]
        parsed = [self.parser.parse(row.cells) for row in kept]
        matches = self.matching.find(parsed)
        visits = _visits_on_file(parsed, matches)
        return [
            self._row(row.number, one, match, visits) for row, one, match in zip(kept, parsed, matches, strict=True)
        ]

    def _is_about_a_visit(self, row: SheetRow) -> bool:
        cells = self.parser.cells_of(row.cells)
        name = str(cells.get("legal_name", "")).strip()
        return bool(cells) and not headings.is_passed_over(row.cells, name, self.headings, VISITS)

    def _row(self, number: int, parsed: Parsed, match: Match, visits: dict[Place, list[Visit]]) -> LedgerImportRow:
        _say_match(parsed, match)
        values = parsed.values
        for offer in values.get("offers", []):
            offer["name"] = comparing.words_of(self.majors[offer["major"]])
        row = LedgerImportRow(
            run=self.run, number=number, lead=number, name=str(values.get("legal_name", ""))[:200],
            values=values, problems=parsed.problems, enterprise=match.file, outcome=RowOutcome.ERROR,
        )  # fmt: skip
        if any(is_error(found) for found in row.problems):
            return row
        place: Place = (match.file.pk if match.file else _key(values), values["day"])
        visit = _meant(visits.get(place, []), values)
        if visit is not None and visit.state in (VisitState.PLANNED, VisitState.CONFIRMED, VisitState.HELD):
            row.problems.append(problem("day", "waits", values["day"]))
        elif self._joins(row, place):
            self._compare(row, visit)
        return row

    def _joins(self, row: LedgerImportRow, place: Place) -> bool:
        """Whether the row begins a visit or adds a major to one; a second row of the same is wrong."""
        group = self.groups.get(place)
        majors = [offer["major"] for offer in row.values.get("offers", [])]
        if group is None:
            self.groups[place] = Group(row.number, dict.fromkeys(majors, row.number))
            return True
        said = next((group.majors[major] for major in majors if major in group.majors), 0)
        if said or not majors:
            code = "major_repeated" if said else "row_repeated"
            row.problems.append(problem("majors" if said else "legal_name", code, "", said or group.lead))
            return False
        group.majors.update(dict.fromkeys(majors, row.number))
        row.lead = group.lead
        row.problems = [found for found in row.problems if found["code"] not in ("new_file", "similar", "no_leader")]
        row.problems.append(problem("legal_name", "joins", "", group.lead))
        return True

    def _compare(self, row: LedgerImportRow, visit: Visit | None) -> None:
        """New, or what the row changes on a visit that an import brought; what people reported stays."""
        if visit is None:
            row.outcome = RowOutcome.NEW
            return
        row.visit = visit
        changes = comparing.differences(row.values, visit, self.majors)
        may_change = visit.was_brought and visit.state == VisitState.REPORTED  # type: ignore[attr-defined]
        if changes and may_change:
            row.outcome, row.changes, row.written = RowOutcome.CHANGED, changes, {"seen": visit.version}
        else:
            row.outcome = RowOutcome.UNCHANGED
            row.problems += comparing.kept(changes)


def _key(values: dict[str, Any]) -> str:
    """By what a new enterprise is known among the rows."""
    return str(values.get("credit_code") or name_key(values["legal_name"]))


def _say_match(parsed: Parsed, match: Match) -> None:
    """Which file the row means, or why that is not clear; what is merely similar is told and opens a new file."""
    name, problems = parsed.values.get("legal_name", ""), parsed.problems
    similar = [each["name"] for each in match.candidates if each["why"] == MatchKind.SIMILAR]
    others = [each["name"] for each in match.candidates if each["why"] != MatchKind.SIMILAR]
    if match.file is not None:
        if match.by == MatchKind.FORMER_NAME:
            problems.append(problem("legal_name", "former_name", name, match.file.legal_name))
    elif match.problems:
        problems.append(problem("credit_code", "other_code", "", match.problems[0]["other"]))
    elif others:
        problems.append(problem("legal_name", "same_name", name, "、".join(others)))
    elif similar:
        problems.append(problem("legal_name", "similar", name, similar[0]))
    elif name:
        problems.append(problem("legal_name", "new_file", name))


def _visits_on_file(parsed: Iterable[Parsed], matches: Iterable[Match]) -> dict[Place, list[Visit]]:
    """The visits to these enterprises on these days, but those called off; two queries."""
    asked = {
        (match.file.pk, one.values["day"])
        for one, match in zip(parsed, matches, strict=True)
        if match.file is not None and "day" in one.values
    }
    return visits_at({pk for pk, _day in asked}, {date.fromisoformat(day) for _pk, day in asked})


def visits_at(enterprises: set[int], days: set[date]) -> dict[Place, list[Visit]]:
    """Visits by enterprise and day, with what was offered and whether an import brought them."""
    brought = LedgerImportRow.objects.filter(visit=OuterRef("pk"), state=RowState.WRITTEN, written__created=True)
    visits = Visit.objects.filter(enterprise__in=enterprises, starts_on__in=days).exclude(state=VisitState.CANCELLED)
    found: dict[Place, list[Visit]] = defaultdict(list)
    for visit in visits.annotate(was_brought=Exists(brought)).prefetch_related("outcomes").order_by("pk"):
        found[visit.enterprise_id, visit.starts_on.isoformat() if visit.starts_on else ""].append(visit)
    return found


def _meant(visits: list[Visit], values: dict[str, Any]) -> Visit | None:
    """Of several visits of one day that of the same direction, else the first."""
    same = (visit for visit in visits if visit.direction == values.get("direction", visit.direction))
    return next(same, next(iter(visits), None))

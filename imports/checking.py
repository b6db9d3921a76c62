"""The sheet row by row: understood, matched, compared; what it would do is kept for the preview. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.db import transaction

from imports import headings
from imports.choices import RowOutcome
from imports.claims import Claim
from imports.enterprise_parsing import EnterpriseParser
from imports.fields import ENTERPRISES, Vocabulary
from imports.lookups import Lookups
from imports.matching import Match, Matching
from imports.models import Import, ImportRow, ImportRun
from imports.parsing import Parsed
from imports.planning import Wording, plan
from imports.problems import is_error, problem
from imports.workbooks import SheetRow, outline, rows_of
from partnerships.choices.enterprises import MatchKind
from partnerships.models.enterprises import Enterprise
from partnerships.naming import name_key

CHUNK = 500
T = TypeVar("T")


def chunks(things: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(things), CHUNK):
        yield things[start : start + CHUNK]


def read_outline(run: ImportRun, claim: Claim, words: Vocabulary = ENTERPRISES) -> None:
    """The sheets of the upload, and where its headings seem to stand. Raises Unreadable."""
    sheets = outline(run.file, run.name)
    places = [headings.find(sheet["head"], words) for sheet in sheets]
    best = max(range(len(places)), key=lambda index: (places[index].known, -index))
    claim.end(sheets=sheets, sheet=best, header_from=places[best].first, header_to=places[best].last)


def check_rows(run: Import, claim: Claim) -> None:
    """Fill the preview; begun again, it starts over. Raises Unreadable, and RuleBroken for too many rows."""
    columns = {int(column): key for column, key in run.columns.items()}
    found = rows_of(run.file, run.name, run.sheet, after=run.header_to)
    with transaction.atomic():
        claim.begin(len(found))
        ImportRow.objects.filter(run=run).delete()
    checking = Checking(run, columns)
    passed_over = 0
    for chunk in chunks(found):
        with transaction.atomic():
            rows = checking.check(chunk)
            ImportRow.objects.bulk_create(rows)
            claim.step(len(chunk))
        passed_over += len(chunk) - len(rows)
    claim.end(passed_over=passed_over)


class Checking:
    """Checks the rows of one import; remembers which enterprises the rows before were about."""

    def __init__(self, run: Import, columns: dict[int, str]) -> None:
        self.run = run
        self.columns = columns
        self.lookups = Lookups()
        self.parser = EnterpriseParser(columns, self.lookups)
        self.matching = Matching()
        self.wording = Wording(self.lookups)
        self.seen: dict[str, int] = {}
        self.seen_files: dict[int, int] = {}
        place = headings.Place(run.header_from, run.header_to)
        self.headings = ["".join(words[-1:]) for words in headings.labels(run.sheets[run.sheet]["head"], place)]

    def check(self, found: Sequence[SheetRow]) -> list[ImportRow]:
        """The rows that are about an enterprise, with what each would do. Call inside a transaction."""
        kept = [(row, cells) for row in found if (cells := self._cells(row)) is not None]
        parsed = [self.parser.parse(row.cells) for row, _cells in kept]
        matches = self.matching.find(parsed)
        return [
            self.row(row.number, one, match, str(cells.get("legal_name", "")))
            for (row, cells), one, match in zip(kept, parsed, matches, strict=True)
        ]

    def _cells(self, row: SheetRow) -> dict[str, object] | None:
        """The cells by field; None for a row that is about nobody."""
        cells: dict[str, object] = dict(self.parser.cells_of(row.cells))
        name = str(cells.get("legal_name", "")).strip()
        if not cells or headings.is_passed_over(row.cells, name, self.headings):
            return None
        return cells

    def row(self, number: int, parsed: Parsed, match: Match, name: str) -> ImportRow:
        self._note_repeats(number, parsed, match)
        row = ImportRow(
            run=self.run,
            number=number,
            name=name[:200],
            values=parsed.values,
            problems=[*parsed.problems, *match.problems],
            candidates=match.candidates,
        )
        if any(is_error(found) for found in parsed.problems):
            row.outcome = RowOutcome.ERROR
        elif match.candidates:
            row.outcome = RowOutcome.SUSPECT
        else:
            compare(row, match.file, self.lookups, self.wording, by=match.by)
        return row

    def _note_repeats(self, number: int, parsed: Parsed, match: Match) -> None:
        """Two rows of one sheet that mean one enterprise: the later one is wrong, and says which is the first."""
        names = (name_key(parsed.values.get("legal_name", "")), parsed.values.get("credit_code", ""))
        before = [self.seen[name] for name in names if name and name in self.seen]
        if match.file is not None and match.file.pk in self.seen_files:
            before.append(self.seen_files[match.file.pk])
        if before:
            parsed.problems.append(problem("legal_name", "repeated", parsed.values.get("legal_name", ""), min(before)))
            return
        self.seen.update({name: number for name in names if name})
        if match.file is not None:
            self.seen_files[match.file.pk] = number


def compare(row: ImportRow, file: Enterprise | None, lookups: Lookups, wording: Wording, *, by: str) -> None:
    """Say what the row will do to a file, or that it opens one; the caller saves the row."""
    row.enterprise, row.matched_by = file, by
    row.changes, row.seen_version = [], None
    codes = {"digits_lost", "code_fails"}
    if file is None:
        row.outcome = RowOutcome.NEW
        if "credit_code" not in row.values and not any(found["code"] in codes for found in row.problems):
            row.problems = [*row.problems, problem("credit_code", "code_missing")]
        return
    found = plan(row.values, file, lookups, by=by)
    row.seen_version = file.version
    row.outcome = RowOutcome.UNCHANGED if found.is_empty else RowOutcome.CHANGED
    row.changes = wording.changes(found, file)
    if by == MatchKind.FORMER_NAME:
        row.problems = [*row.problems, problem("legal_name", "former_name", row.name, file.legal_name)]
    code = row.values.get("credit_code", "")
    if code and file.credit_code and code != file.credit_code and "credit_code" not in found.columns:
        row.problems = [*row.problems, problem("credit_code", "code_kept", code, file.credit_code)]

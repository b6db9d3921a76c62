"""What the pages of an import show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Count, Q, QuerySet

from accounts.models.people import User
from imports import headings
from imports.choices import RowOutcome, RowState
from imports.fields import BY_KEY, ENTERPRISES, Vocabulary
from imports.headings import Place
from imports.models import Import, ImportLine, ImportRow, ImportRun, KnownColumns
from imports.problems import field_name, is_error, sentence
from partnerships.changes import Change, field_label
from partnerships.choices.enterprises import EnterpriseLevel, MatchKind
from partnerships.choices.needs import NeedKind

SAMPLES = 3
L = TypeVar("L", bound=ImportLine)
WORDS = {"level": EnterpriseLevel, "kind": NeedKind}


def import_list(user: User) -> QuerySet[Import]:
    """Every import, newest first, with how many rows it holds of each kind."""
    counts = {f"{outcome.value}_rows": Count("rows", Q(rows__outcome=outcome)) for outcome in RowOutcome}
    return (
        Import.objects.visible_to(user).defer("sheets").select_related("by").annotate(**counts).order_by("-at", "-pk")
    )


@dataclass(frozen=True)
class Counts:
    """How many rows are of each outcome, and how many have come to each state."""

    outcomes: dict[str, int]
    states: dict[str, int]

    @property
    def to_write(self) -> int:
        return self.outcomes[RowOutcome.NEW] + self.outcomes[RowOutcome.CHANGED]

    @property
    def rows(self) -> int:
        return sum(self.outcomes.values())

    @property
    def listed(self) -> list[tuple[str, str, int]]:
        """Each outcome with its label and number, the ones that are there only."""
        return [(o.value, str(o.label), self.outcomes[o]) for o in RowOutcome if self.outcomes[o]]


def counts(rows: QuerySet[Any]) -> Counts:
    """Of the rows of an import; one query."""
    found = rows.order_by().values_list("outcome", "state").annotate(number=Count("pk"))
    outcomes = dict.fromkeys(RowOutcome.values, 0)
    states = dict.fromkeys(RowState.values, 0)
    for outcome, state, number in found:
        outcomes[outcome] += number
        states[state] += number
    return Counts(outcomes, states)


@dataclass(frozen=True)
class ColumnLine:
    """A column of the sheet: its letter, what stands above it and in it, and what it seems to be."""

    number: int
    letter: str
    heading: str
    samples: list[str]
    key: str


@dataclass(frozen=True)
class ColumnsPage:
    """The columns under certain headings; `known` is who confirmed the same headings before."""

    place: Place
    columns: list[ColumnLine]
    known: KnownColumns | None

    @property
    def rows(self) -> str:
        """The place as the form of the page names it."""
        return f"{self.place.first}-{self.place.last}"


def letter_of(column: int) -> str:
    """A column as sheets name it: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def columns_page(
    run: ImportRun, sheet: int, place: Place, words: Vocabulary = ENTERPRISES, kind: str = ""
) -> ColumnsPage:
    """What each column seems to mean: as confirmed before under the same headings, else as they read; one query."""
    head = run.sheets[sheet]["head"]
    known = KnownColumns.objects.select_related("by").filter(signature=headings.signature(head, place, kind)).first()
    keys = {int(column): key for column, key in known.columns.items()} if known else headings.guess(head, place, words)
    below = [row for row in head[place.last :] if any(cell != "" for cell in row)]
    lines = [
        ColumnLine(column, letter_of(column), " / ".join(above), _samples(below, column), keys.get(column, ""))
        for column, above in enumerate(headings.labels(head, place))
    ]
    return ColumnsPage(place, [line for line in lines if line.heading or line.samples], known)


def _samples(rows: list[list[Any]], column: int) -> list[str]:
    found = (str(row[column]) for row in rows if column < len(row) and row[column] != "")
    return list(dict.fromkeys(text[:40] for text in found))[:SAMPLES]


@dataclass(frozen=True)
class ShownChange:
    label: str
    before: Any
    after: Any
    about: Any = ""


@dataclass(frozen=True)
class ShownProblem:
    field: str
    text: str
    is_error: bool


@dataclass(frozen=True)
class ShownRow(Generic[L]):
    """A row in the reader's language."""

    row: L
    changes: list[ShownChange]
    problems: list[ShownProblem]
    facts: list[tuple[str, str]]
    candidates: list[tuple[int, str, str]]

    @property
    def has_choice(self) -> bool:
        return bool(self.candidates) and self.row.outcome != RowOutcome.ERROR


def rows_of(run: Import, filters: dict[str, str]) -> QuerySet[ImportRow]:
    """The rows of a preview, as filtered."""
    rows = run.rows.select_related("enterprise").defer("enterprise__search", "enterprise__about")
    if filters.get("outcome"):
        rows = rows.filter(outcome=filters["outcome"])
    if filters.get("state"):
        rows = rows.filter(state=filters["state"])
    if filters.get("find"):
        rows = rows.filter(name__icontains=filters["find"])
    return rows.order_by("number")


def shown(row: ImportRow) -> ShownRow[ImportRow]:
    return ShownRow(
        row=row,
        changes=[_change(change) for change in row.changes],
        problems=[ShownProblem(field_name(found), sentence(found), is_error(found)) for found in row.problems],
        facts=_facts(row) if row.outcome == RowOutcome.NEW else [],
        candidates=[(c["id"], c["name"], str(MatchKind(c["why"]).label)) for c in row.candidates],
    )


def _change(change: Change) -> ShownChange:
    prefix = {"partnerships.Contact": "contact_", "partnerships.Need": "need_"}.get(change["model"], "")
    own = {"monthly_pay": "pay"}.get(change["field"], change["field"])
    field = BY_KEY.get(prefix + own)
    label = str(field.label) if field else field_label(change["model"], change["field"])
    return ShownChange(label, _worded(change["field"], change["before"]), _worded(change["field"], change["after"]))


def _worded(field: str, value: Any) -> Any:
    """A choice as its word; everything else is put into words by the template."""
    if field in WORDS and value in WORDS[field].values:
        return WORDS[field](value).label
    return value


def _facts(row: ImportRow) -> list[tuple[str, str]]:
    """What a new file will hold besides its name: the texts of the row, as understood."""
    names = ("credit_code", "city", "contact_name", "contact_phone", "need_description")
    return [(str(BY_KEY[name].label), str(row.values[name])) for name in names if row.values.get(name)]

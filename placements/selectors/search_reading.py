"""One reading of the index of postings: the newest first, in steps that grow, until there are enough.

PostgreSQL does not know how dear it is to look into a posting for a word, and guesses how many have it; what it would
choose by itself is fast for some words and slow for others. Here the words of a step come from a list that it cannot
look into: every step is answered by the index of words alone, of so many weeks as hold enough of a frequent word, and
a rare word costs a few short steps. Steps are read one after another, so the last ones only where few were found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import QuerySet

from placements.models.marking import mark, week_of

TITLE, REST, ALL, NEAR = "0 title", "1 rest", "all", "near"
WEEKS = (3, 4, 8, 26)  # how many each step takes in, from the next one on; the last step has all that is older
STEPWISE = """SELECT found.* FROM unnest(%s::tsquery[]) WITH ORDINALITY AS step (words, place)
CROSS JOIN LATERAL ({rows}) AS found LIMIT {most}"""


@dataclass(frozen=True)
class Part:
    """Postings of one kind, in their order; `words` are those that `column` must have, step by step."""

    rows: QuerySet[Any, Any]
    words: list[str]
    column: str = "search"

    def query(self, columns: tuple[str, ...], most: int) -> tuple[str, list[Any]]:
        """The first of them, as SQL with its values."""
        rows = self.rows.filter(**{self.column: _OfStep("")}) if self.words else self.rows
        sql, values = rows.values_list(*columns)[:most].query.sql_with_params()
        if not self.words:
            return sql, list(values)
        return STEPWISE.format(rows=sql, most=most), [self.words, *values]


class _OfStep(SearchQuery):
    """What the step looks for."""

    def as_sql(self, *_args: Any, **_options: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "step.words", []


def steps(words: str, *, on: date) -> list[str]:
    """The same words in newer and older postings; each posting in one step only."""
    following, taken, found = week_of(on) + 1, [], []
    for number in WEEKS:
        weeks = [mark(following - place) for place in range(number)]
        following -= number
        taken += weeks
        found.append(f"({words}) & ({' | '.join(weeks)})")
    return [*found, f"({words}) & !({' | '.join(taken)})"]


def read(parts: Mapping[str, Part], columns: tuple[str, ...], most: int) -> list[tuple[Any, ...]]:
    """The first of each part; the rest only where its titles are not enough. One query."""
    queries = {name: part.query(columns, most) for name, part in parts.items()}
    begin = f"WITH title AS MATERIALIZED ({queries[TITLE][0]}) " if TITLE in queries else ""
    asked = begin + " UNION ALL ".join(_of_part(name, sql, most) for name, (sql, _values) in queries.items())
    with connection.cursor() as cursor:
        cursor.execute(asked, [value for _sql, values in queries.values() for value in values])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _of_part(name: str, sql: str, most: int) -> str:
    if name == TITLE:
        return "SELECT * FROM title"
    if name == REST:
        return f"SELECT * FROM ({sql}) AS rest WHERE (SELECT count(*) FROM title) < {most}"  # noqa: S608
    return f"({sql})"

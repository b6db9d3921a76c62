"""Search in Chinese and English on plain PostgreSQL, by overlapping pairs of characters.

The SQL function portal_bigrams (core migration 0001) turns text into a tsvector: a run of Han
characters becomes its overlapping pairs and its last character alone, any other run stays a
word. A query becomes phrases of the same pairs, so a match is an exact substring of Han text
and a prefix of a Latin word.
"""

from __future__ import annotations

import re
import unicodedata

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Concat

RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9_+#.]+")


class Bigrams(Func):
    """The stored search vector of some text columns; weight A for the first, B for the rest."""

    function = "portal_bigrams"
    output_field = SearchVectorField()


def search_column(
    title: str, *texts: str, vector: type[Bigrams] = Bigrams, also: tuple[str, ...] = ()
) -> models.GeneratedField:
    """A generated tsvector column over a title and further text columns of the same row.

    `vector` may take further columns; `also` names them.
    """
    body: models.Expression = Value("", output_field=models.TextField())
    if texts:
        body = Concat(
            *[part for text in texts for part in (models.F(text), Value(" "))], output_field=models.TextField()
        )
    return models.GeneratedField(
        expression=vector(models.F(title), body, *map(models.F, also)),
        output_field=SearchVectorField(),
        db_persist=True,
    )


def search_query(words: str) -> SearchQuery | None:
    """The tsquery for what a person typed, or None when nothing in it can be searched."""
    terms = []
    for run in RUNS.findall(unicodedata.normalize("NFKC", words).lower())[:12]:
        if "\u3400" <= run[0] <= "\u9fff":
            pairs = [f"'{run[i : i + 2]}'" for i in range(len(run) - 1)]
            terms.append(" <-> ".join(pairs) if pairs else f"'{run}':*")
        else:
            terms.append(f"'{run}':*")
    if not terms:
        return None
    return SearchQuery(" & ".join(f"({term})" for term in terms), search_type="raw", config="simple")

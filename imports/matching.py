"""Which file a row means: by credit code, by name, by a former name; a similar name is only a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from imports.parsing import Parsed
from imports.problems import Problem, problem
from imports.similarity import SimilarNames
from partnerships import credit_code
from partnerships.choices.enterprises import MatchKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise, FormerName
from partnerships.models.needs import Need
from partnerships.naming import name_key

MOST_CANDIDATES = 3
SHORTEST_KEY = 3


class Candidate(TypedDict):
    """A file that a row may mean, and why."""

    id: int
    name: str
    why: str


@dataclass
class Match:
    """The file that a row means, or those that it may mean; neither where it is new."""

    by: str = ""
    file: Enterprise | None = None
    candidates: list[Candidate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def files_with_contents(pks: Iterable[int] | QuerySet[Any, Any]) -> QuerySet[Enterprise]:
    """Files with everything that a row can change; five queries."""
    today = timezone.localdate()
    return (
        Enterprise.objects.filter(pk__in=pks)
        .defer("search")
        .select_related("owner")
        .prefetch_related(
            "flags",
            "former_names",
            Prefetch("contacts", Contact.objects.current(today)),
            Prefetch("needs", Need.objects.prefetch_related("majors")),
        )
    )


class Matching:
    """Finds the files of many rows, chunk by chunk."""

    def __init__(self) -> None:
        self._names: SimilarNames | None = None
        self.former: dict[str, set[int]] = defaultdict(set)
        current = FormerName.objects.filter(enterprise__archived_at__isnull=True)
        for pk, name in current.values_list("enterprise", "name").iterator(chunk_size=5000):
            self.former[name_key(name)].add(pk)

    def find(self, rows: Sequence[Parsed], *, similar: bool = True) -> list[Match]:
        """One match for each row; the same few queries for any number of them."""
        named = [(str(row.values.get("credit_code", "")), name_key(row.values.get("legal_name", ""))) for row in rows]
        files = self._files(named)
        matches = [self._exact(code, key, *files) for code, key in named]
        if similar:
            self._ask_for_similar(matches, named)
        return matches

    def _ask_for_similar(self, matches: list[Match], named: list[tuple[str, str]]) -> None:
        for match, (_code, key) in zip(matches, named, strict=True):
            if not match.file and not match.candidates and len(key) >= SHORTEST_KEY:
                match.candidates = self._similar(key)

    def _similar(self, key: str) -> list[Candidate]:
        """Files with similar names; all names are read when the first row needs them."""
        self._names = self._names or SimilarNames()
        found = self._names.like(key, MOST_CANDIDATES)
        return [Candidate(id=pk, name=name, why=MatchKind.SIMILAR.value) for pk, name in found]

    def _files(self, named: list[tuple[str, str]]) -> tuple[dict[int, Any], dict[str, Any], dict[str, list[Any]]]:
        codes, keys = {code for code, _ in named if code}, {key for _, key in named if key}
        former = {pk for key in keys for pk in self.former.get(key, ())}
        found = Enterprise.objects.current().filter(Q(credit_code__in=codes) | Q(name_key__in=keys) | Q(pk__in=former))
        files = {file.pk: file for file in files_with_contents(found.order_by().values("pk"))}
        by_key: dict[str, list[Any]] = defaultdict(list)
        for file in files.values():
            by_key[file.name_key].append(file)
        return files, {file.credit_code: file for file in files.values() if file.credit_code}, by_key

    def _exact(
        self, code: str, key: str, files: dict[int, Any], by_code: dict[str, Any], by_key: dict[str, list[Any]]
    ) -> Match:
        if code and code in by_code:
            return Match(MatchKind.CODE, by_code[code])
        former = [files[pk] for pk in sorted(self.former.get(key, ())) if pk in files] if key else []
        for kind, found in ((MatchKind.NAME, by_key.get(key, []) if key else []), (MatchKind.FORMER_NAME, former)):
            if found:
                return _named(kind, found, code)
        return Match()


def _named(kind: MatchKind, found: list[Enterprise], code: str) -> Match:
    """Files of the same name: one without another code is meant, of several a person chooses."""
    first = found[0]
    both_right = credit_code.is_valid(code) and credit_code.is_valid(first.credit_code)
    if len(found) == 1 and not (both_right and code != first.credit_code):
        return Match(kind, first)
    candidates = [Candidate(id=file.pk, name=file.legal_name, why=kind.value) for file in found[:MOST_CANDIDATES]]
    problems = [problem("credit_code", "code_differs", code, first.credit_code)] if len(found) == 1 else []
    return Match("", None, candidates, problems)

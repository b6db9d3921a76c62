"""What was collected, side by side: each school's own number, and sums that say that they are sums."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from accounts.models.people import User
from api import rules
from api.models.collected import CollectedFigure, CollectedSchool
from core.names import in_language


@dataclass
class Sum:
    """The numbers of some schools added: what two of them count is in it twice."""

    number: int = 0
    denominator: int | None = None

    def add(self, figure: CollectedFigure) -> None:
        self.number += figure.number
        if figure.denominator is not None:
            self.denominator = (self.denominator or 0) + figure.denominator


@dataclass
class Line:
    """A figure of all schools. It is added up only while all of them mean the same by it."""

    slug: str
    name: str
    definition: str
    figures: list[CollectedFigure] = field(default_factory=list)

    @property
    def definitions(self) -> int:
        return len({figure.definition_hash for figure in self.figures})

    @property
    def sum(self) -> Sum | None:
        if self.definitions > 1:
            return None
        added = Sum()
        for figure in self.figures:
            added.add(figure)
        return added


@dataclass
class Month:
    """A month of a figure, of all schools."""

    key: str
    sum: Sum


def schools(user: User) -> QuerySet[CollectedSchool]:
    """With how many records of each were taken; nothing for who is no administrator."""
    if not rules.can_see_collected(user):
        return CollectedSchool.objects.none()
    return CollectedSchool.objects.annotate(row_count=Count("rows")).order_by("code")


def lines(user: User) -> list[Line]:
    """Every figure of the whole schools; one query."""
    found: dict[str, Line] = {}
    for figure in _figures(user).filter(part=""):
        line = found.setdefault(figure.slug, Line(figure.slug, *_words(figure)))
        line.figures.append(figure)
    return sorted(found.values(), key=lambda line: line.name)


def line(user: User, slug: str) -> Line | None:
    """One of them; None where no school has it."""
    figures = list(_figures(user).filter(slug=slug, part=""))
    return Line(slug, *_words(figures[0]), figures) if figures else None


def months(user: User, slug: str) -> list[Month]:
    """The last months of a figure, latest first, where all schools mean the same by it."""
    figures = list(_figures(user).filter(slug=slug, part__startswith="month:"))
    if len({figure.definition_hash for figure in figures}) > 1:
        return []
    added: dict[str, Sum] = defaultdict(Sum)
    for figure in figures:
        added[figure.part.removeprefix("month:")].add(figure)
    return [Month(key, added[key]) for key in sorted(added, reverse=True)]


def _figures(user: User) -> QuerySet[CollectedFigure]:
    allowed = Q() if rules.can_see_collected(user) else Q(pk__in=[])
    return CollectedFigure.objects.filter(allowed).select_related("school").order_by("school__code")


def _words(figure: CollectedFigure) -> tuple[str, str]:
    """Name and definition as the school gives them, in the reader's language."""
    name, definition = (figure.payload["definition"][part] for part in ("name", "definition"))
    return in_language(name["zh"], name["en"]), in_language(definition["zh"], definition["en"])

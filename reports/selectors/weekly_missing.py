"""What is still missing of the visits up to the end of a week: a number for each kind, and the visits themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Count, ExpressionWrapper, F

from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.missing import LACKING
from reports.figures.of_visits import visits_in
from reports.figures.scope import Scope
from reports.selectors.doors import href
from visits.models.visits import Visit

SHOWN = 30
WITHOUT_WORD = "visits-without-word"
FLAGS = {slug: slug.replace("-", "_") for slug in LACKING}
ANY = reduce(or_, LACKING.values())


@dataclass(frozen=True)
class Lack:
    """One kind of what is missing: how many visits, of how many, and the page with them."""

    figure: Figure
    number: int
    of: int | None
    href: str


@dataclass(frozen=True)
class Lacking:
    """A visit and the names of what it lacks."""

    visit: Visit
    names: list[str]


@dataclass(frozen=True)
class Missing:
    """`number` visits that took place lack anything; `visits` are the newest of them."""

    lacks: list[Lack]
    visits: list[Lacking]
    number: int

    @property
    def is_cut(self) -> bool:
        return self.number > len(self.visits)


def missing(scope: Scope) -> Missing:
    """All kinds counted, and the newest 30 visits that lack anything; three queries."""
    visits = visits_in(scope).order_by()
    sums = {FLAGS[slug]: Count("pk", filter=found) for slug, found in LACKING.items()}
    counts = visits.aggregate(all=Count("pk"), lacking=Count("pk", filter=ANY), **sums)
    word = FIGURES[WITHOUT_WORD]
    return Missing(
        lacks=[
            *(Lack(FIGURES[slug], counts[FLAGS[slug]], counts["all"], href(slug, scope)) for slug in LACKING),
            Lack(word, word.value(scope).number, None, href(WITHOUT_WORD, scope)),
        ],
        visits=_newest(scope),
        number=counts["lacking"],
    )


def _newest(scope: Scope) -> list[Lacking]:
    flags = {FLAGS[slug]: ExpressionWrapper(found, BooleanField()) for slug, found in LACKING.items()}
    visits = visits_in(scope).filter(ANY).annotate(**flags).select_related("enterprise")
    newest = visits.order_by(F("starts_on").desc(nulls_last=True), "-pk")[:SHOWN]
    return [
        Lacking(visit, [str(FIGURES[slug].name) for slug, flag in FLAGS.items() if getattr(visit, flag)])
        for visit in newest
    ]

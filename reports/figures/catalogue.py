"""Every figure by its slug, and the sets in which pages show them."""

from __future__ import annotations

from reports.figures import (
    agreements,
    chain,
    communities,
    doubles,
    enterprises,
    files,
    missing,
    outcomes,
    partners,
    placements,
    promised,
    promises,
    quality,
    visits,
    waiting,
)
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.figures.value import Value

SUBJECTS = (
    visits,
    outcomes,
    promised,
    chain,
    missing,
    agreements,
    promises,
    partners,
    enterprises,
    files,
    placements,
    communities,
    waiting,
    quality,
    doubles,
)
FIGURES: dict[str, Figure] = {figure.slug: figure for subject in SUBJECTS for figure in subject.FIGURES}
THREE = ("visits", "person-times", "enterprises-visited")  # never mixed; they stand side by side
FOUR = ("visits", "openings", "agreements-in-force", "follow-ups-open")
TILES = (
    "openings",
    "new-enterprises",
    "agreements-in-force",
    "follow-ups-open",
    "applications",
    "acceptances",
    "promises-kept",
    "enterprises",
    "needs-open",
)


def value_of(slug: str, scope: Scope) -> Value:
    """The figure as it stands in a scope; raises KeyError for a slug that nobody defined."""
    return FIGURES[slug].value(scope)

"""What a figure is narrowed to, in words, each with the address of the page without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.choices import Role
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.figures.splits import NOT_STATED, SPLITS
from reports.selectors.doors import href
from visits.choices import Direction, Medium


@dataclass(frozen=True)
class Chip:
    """`without` leads to the same figure with this one left out."""

    label: str
    value: str
    without: str


def chips(figure: Figure, scope: Scope) -> list[Chip]:
    """A query for each code that has a name."""
    return [Chip(label, value, href(figure.slug, wider)) for label, value, wider in narrowing(figure, scope)]


def narrowing(figure: Figure, scope: Scope) -> Iterator[tuple[str, str, Scope]]:
    """What narrows, the word of it, and the scope without."""
    yield from _people(scope)
    if scope.direction:
        yield _("Direction"), str(Direction(scope.direction).label), replace(scope, direction="")
    if scope.medium:
        yield _("Medium"), str(Medium(scope.medium).label), replace(scope, medium="")
    if scope.since is not None:
        yield _("From"), date_format(scope.since, "DATE_FORMAT"), replace(scope, since=None)
    if scope.until is not None:
        yield _("Until"), date_format(scope.until, "DATE_FORMAT"), replace(scope, until=None)
    for slug in ("province", "city", "industry", "class_of"):
        if key := SPLITS[slug].key_in(scope):
            yield str(SPLITS[slug].name), name_of(slug, key), replace(scope, **{slug: type(key)()})
    if scope.major is not None:
        yield _("Major"), str(scope.major), replace(scope, major=None)
    for slug in scope.unknown:
        others = tuple(other for other in scope.unknown if other != slug)
        yield str(SPLITS[slug].name), str(NOT_STATED), replace(scope, unknown=others)
    if scope.window:
        yield (
            _("Window"),
            ngettext("%(count)s month", "%(count)s months", scope.window) % {"count": scope.window},
            replace(scope, window=0),
        )
    if scope.part:
        yield pgettext("of a figure", "Part"), _part(figure, scope.part), replace(scope, part="")


def _people(scope: Scope) -> Iterator[tuple[str, str, Scope]]:
    if scope.led_by:
        yield _("Led by"), str(Role(scope.led_by).label), replace(scope, led_by="")
    if scope.college is not None:
        yield _("College"), str(scope.college), replace(scope, college=None)
    for leader in scope.leaders:
        others = tuple(other for other in scope.leaders if other != leader)
        yield _("Was there"), str(leader), replace(scope, leaders=others)


def name_of(slug: str, key: object) -> str:
    """The name of one part; what is on no list any more is its own name."""
    return SPLITS[slug].names([key]).get(key) or str(key)


def _part(figure: Figure, part: str) -> str:
    try:
        return str(figure.part_label(part))
    except ValueError:  # no such part; the page is empty
        return part

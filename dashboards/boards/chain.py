"""The chain from visits to hires: how many records went on to the next link, and what led to nothing yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dashboards.board import Board, Content, part
from dashboards.flow import Band, Node, flow
from partnerships.choices.agreements import CommitmentState
from partnerships.choices.needs import NeedState
from reports.figures.catalogue import FIGURES
from reports.figures.chain import ENDED, ENDS, INTERN, JOB, UNDER_WAY
from reports.figures.scope import Scope
from reports.selectors.doors import href

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOTHING = pgettext_lazy("at the end of a band", "Nothing yet")


@dataclass(frozen=True)
class Link:
    """One kind of record in the chain, in which column it stands, and the figure of all of them."""

    key: str
    column: int
    slug: str


@dataclass(frozen=True)
class Step:
    """From one kind of record to the next: the figure (or part of one) that counts those that went on."""

    source: str
    target: str
    label: StrOrPromise
    slug: str
    part: str = ""
    has_ended: bool = False


LINKS = (
    Link("visits", 0, "visits"),
    Link("agreements", 1, "agreements-from-visits"),
    Link("needs", 1, "needs-from-visits"),
    Link("promises", 1, "promises-from-visits"),
    Link("postings", 2, "postings-from-visits"),
    Link("applications", 3, "applications-from-visits"),
)
STEPS = (
    Step("visits", "postings", _("Postings"), "visits-with-posting"),
    Step("visits", "agreements", _("Agreements"), "visits-with-agreement"),
    Step("visits", "needs", pgettext_lazy("in the chain", "Needs"), "visits-with-need"),
    Step("visits", "promises", _("Promises"), "visits-with-promise"),
    Step("visits", "visits-none", NOTHING, "visits-without-result", has_ended=True),
    Step("agreements", "postings", _("Postings"), "agreements-with-posting"),
    Step("agreements", "programmes", _("Programmes"), "agreements-with-programme"),
    Step("agreements", "agreements-none", NOTHING, "agreements-without-result", has_ended=True),
    Step("needs", "needs-met", NeedState.MET.label, "needs-from-visits", NeedState.MET),
    Step("needs", "needs-open", NeedState.OPEN.label, "needs-from-visits", NeedState.OPEN, has_ended=True),
    Step("needs", "needs-dropped", NeedState.DROPPED.label, "needs-from-visits", NeedState.DROPPED, has_ended=True),
    Step("promises", "kept", CommitmentState.KEPT.label, "promises-from-visits", CommitmentState.KEPT),
    Step("promises", "open", CommitmentState.OPEN.label, "promises-from-visits", CommitmentState.OPEN, has_ended=True),
    Step(
        "promises", "not-kept", CommitmentState.NOT_KEPT.label, "promises-from-visits", CommitmentState.NOT_KEPT,
        has_ended=True,
    ),
    Step("postings", "applications", _("Applications"), "postings-with-application"),
    Step("postings", "postings-none", NOTHING, "postings-without-application", has_ended=True),
    Step("applications", JOB, ENDS[JOB], "applications-from-visits", JOB),
    Step("applications", INTERN, ENDS[INTERN], "applications-from-visits", INTERN),
    Step("applications", UNDER_WAY, ENDS[UNDER_WAY], "applications-from-visits", UNDER_WAY, has_ended=True),
    Step("applications", ENDED, ENDS[ENDED], "applications-from-visits", ENDED, has_ended=True),
)  # fmt: skip
COLUMN = {link.key: link.column for link in LINKS}


def count(scope: Scope) -> Content:
    """A query for each link and each step that is a figure of its own; parts of one figure are counted together."""
    parts = {slug: FIGURES[slug].counts_by(FIGURES[slug].part_path, _fits(slug, scope)) for slug in _with_parts()}
    links = {link.key: _link(link, scope) for link in LINKS}
    steps = [(step, _step(step, scope, links, parts)) for step in STEPS]
    return {
        "links": list(links.values()),
        "steps": [{**links[key], "steps": [row for step, row in steps if step.source == key]} for key in links],
        "flow": flow(_nodes(links, steps), _bands(steps)),
    }


def _fits(slug: str, scope: Scope) -> Scope:
    return FIGURES[slug].fitting(scope)


def _with_parts() -> set[str]:
    return {step.slug for step in STEPS if step.part}


def _link(link: Link, scope: Scope) -> Content:
    figure, fits = FIGURES[link.slug], _fits(link.slug, scope)
    return part(figure.name, figure.value(fits).rows, href(link.slug, fits), definition=str(figure.definition))


def _step(step: Step, scope: Scope, links: dict[str, Content], parts: dict[str, dict[str, int]]) -> Content:
    """How many went on, of how many there are."""
    figure, fits = FIGURES[step.slug], replace(_fits(step.slug, scope), part=step.part)
    number = parts[step.slug].get(step.part, 0) if step.part else figure.value(fits).rows
    whole = links[step.source]["number"]
    return part(
        step.label,
        number,
        href(step.slug, fits),
        name=f"{figure.name}" if not step.part else f"{figure.name} · {step.label}",
        of=whole,
        percent=f"{100 * number / whole:.1f}%" if whole else "",
        definition=str(figure.definition),
        has_ended=step.has_ended,
    )


def _bands(steps: list[tuple[Step, Content]]) -> list[Band]:
    return [Band(step.source, step.target, row, has_ended=step.has_ended) for step, row in steps]


def _nodes(links: dict[str, Content], steps: list[tuple[Step, Content]]) -> list[Node]:
    """The links of the chain, and where a band ends."""
    found = [Node(link.key, link.column, links[link.key]) for link in LINKS]
    return found + [Node(step.target, COLUMN[step.source] + 1, row) for step, row in steps if step.target not in COLUMN]


BOARD = Board(
    "chain",
    _("From visits to hires"),
    _("What came of visits, link by link: agreements, needs, promises, postings, applications, places taken."),
    "arrow-right",
    count,
    choices=("campaign", "college", "since", "until"),
)

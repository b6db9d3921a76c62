"""What a campaign's report says, gathered step by step so that its progress can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from ledger.selectors.lines import PORTION, Line, portions
from partnerships.choices.agreements import AgreementStage
from reports.figures.catalogue import FIGURES, THREE
from reports.figures.figure import Figure
from reports.figures.of_visits import visits_in
from reports.figures.scope import Scope
from reports.figures.value import Value
from reports.papers.about import About, day, moment
from reports.papers.paper import Paper, table
from reports.selectors.progress import Progress, overall, progress_of, targets_of
from reports.selectors.three_counts import Kind, kinds
from visits.models.campaigns import Campaign

MOST_PRINTED = 400
SHOWN = (*(FIGURES[slug] for slug in THREE), *(figure for slug, figure in FIGURES.items() if slug not in THREE))


@dataclass(frozen=True)
class FigureLine:
    """One figure of the report with the number that the campaign aimed at."""

    figure: Figure
    value: Value
    target: int | None

    @property
    def name(self) -> str:
        if self.figure.is_of_campaign:
            return str(self.figure.name)
        return _("%(figure)s (the whole school)") % {"figure": self.figure.name}

    @property
    def number(self) -> str:
        """With what it is of, 7 of 21 follow-ups, and how much of it is stale."""
        among = self.figure.among_name if self.value.denominator is not None else ""
        return f"{self.value} {among} {self.figure.unit}".strip()


@dataclass
class Contents:
    """Everything that workbook and PDF show; both are written from the same."""

    campaign: Campaign
    by: User
    at: datetime
    kinds: list[Kind] = field(default_factory=list)
    targets: list[Progress] = field(default_factory=list)
    figures: list[FigureLine] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    visits: dict[int, list[str]] = field(default_factory=dict)
    has_more_visits: bool = False
    agreements: list[list[str]] = field(default_factory=list)
    follow_ups: list[list[str]] = field(default_factory=list)

    def paper(self, about: About) -> Paper:
        """Everything on paper, in the reader's language."""
        return Paper(
            title=_("Campaign report"),
            subtitle=str(self.campaign),
            about=about,
            facts=self._facts(),
            parts=[
                table(_("Kinds of visits"), self.kind_head(), self.kind_rows()),
                table(_("Targets"), _target_head(), self._target_rows(), wide=[0, 1]),
                table(_("Figures"), _figure_head(), self._figure_rows()),
                table(_("Visits"), _visit_head(), self._visit_rows(), wide=[1]),
                table(_("Agreements that a visit led to"), _agreement_head(), self.agreements, wide=[0, 1]),
                table(_("Follow-ups open"), _follow_up_head(), self.follow_ups, wide=[0, 1]),
            ],
        )

    def _facts(self) -> list[tuple[str, Any]]:
        campaign = self.campaign
        return [
            (_("Document"), campaign.document),
            (_("Graduating class"), campaign.class_of),
            (_("From"), day(campaign.starts_on)),
            (_("To"), day(campaign.ends_on)),
            (_("As of"), moment(self.at)),
            (_("Asked for by"), self.by),
        ]

    def kind_head(self) -> list[str]:
        """The three counts side by side, each under its own name."""
        return [_("Kind of visit"), *(str(FIGURES[slug].name) for slug in THREE)]

    def kind_rows(self) -> list[list[Any]]:
        return [[kind.label, *(door.number for door in kind.doors)] for kind in self.kinds]

    def _target_rows(self) -> list[list[str]]:
        return [
            [line.target.get_measure_display(), line.of_whom or _("Everyone"), str(line.value), str(line.target.number)]
            for line in self.targets
        ]

    def _figure_rows(self) -> list[list[str]]:
        return [[line.name, line.number, "" if line.target is None else str(line.target)] for line in self.figures]

    def take(self, lines: list[Line]) -> None:
        """Some lines of the ledger: the first visits are printed, each in one row with what all majors were offered."""
        self.lines += lines
        for line in lines:
            visit = line.visit
            if visit.pk not in self.visits and len(self.visits) == MOST_PRINTED:
                self.has_more_visits = True
                return
            posts, internships = (line.outcome.posts, line.outcome.internships) if line.outcome else (0, 0)
            row = self.visits.setdefault(
                visit.pk, [day(visit.starts_on), str(visit.enterprise), str(line.leader or ""), "0", "0"]
            )
            row[3], row[4] = str(int(row[3]) + posts), str(int(row[4]) + internships)

    def _visit_rows(self) -> list[list[str]]:
        rows = list(self.visits.values())
        if self.has_more_visits:
            rows.append(["", _("Only the first %(count)s visits are printed.") % {"count": MOST_PRINTED}, "", "", ""])
        return rows


class Gathering:
    """Reads the report's parts; `gather` yields after each, `steps` says how many there are."""

    def __init__(self, campaign: Campaign, by: User, at: datetime) -> None:
        self.scope = Scope(campaign, timezone.localdate(at), by)
        self.contents = Contents(campaign, by, at)
        self.visits = list(visits_in(self.scope).order_by().values_list("pk", flat=True).order_by("starts_on", "pk"))
        self.targets = overall(targets_of(campaign))

    @property
    def steps(self) -> int:
        return 1 + len(SHOWN) + -(-len(self.visits) // PORTION) + 2

    def gather(self) -> Iterator[None]:
        """The three counts, figures one by one, then the ledger in portions, then agreements and follow-ups."""
        self.contents.kinds = kinds(self.scope)
        self.contents.targets = [progress_of(target, self.scope) for target in targets_of(self.contents.campaign)]
        yield
        for figure in SHOWN:
            target = self.targets.get(figure.measure or "")
            self.contents.figures.append(FigureLine(figure, figure.value(self.scope), target))
            yield
        for lines in portions(self.visits, user=self.scope.user, on=self.scope.on):
            self.contents.take(lines)
            yield
        self.contents.agreements = self._agreements()
        yield
        self.contents.follow_ups = self._follow_ups()
        yield

    def _agreements(self) -> list[list[str]]:
        rows = FIGURES["agreements-from-visits"].page_rows(self.scope)
        on = self.scope.on
        return [[a.title, str(a.enterprise), day(a.signed_on), str(AgreementStage(a.stage_on(on)).label)] for a in rows]

    def _follow_ups(self) -> list[list[str]]:
        rows = FIGURES["follow-ups-open"].page_rows(self.scope)
        return [[item.what, str(item.visit.enterprise), str(item.owner), day(item.due_on)] for item in rows]


def _figure_head() -> list[str]:
    return [_("Figure"), _("Number"), _("Target")]


def _target_head() -> list[str]:
    return [_("Target"), _("Of whom"), _("Reached"), _("Asked for")]


def _visit_head() -> list[str]:
    return [_("Date"), _("Enterprise"), _("Led by"), _("Posts"), _("Internships")]


def _agreement_head() -> list[str]:
    return [_("Agreement"), _("Enterprise"), _("Signed on"), _("State")]


def _follow_up_head() -> list[str]:
    return [_("What is to be done"), _("Enterprise"), _("Owner"), _("Due on")]

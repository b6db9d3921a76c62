"""What the yearly report counts; every number is a figure's value or its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Sum

from accounts.models.school import College
from core.names import in_language
from partnerships.choices.agreements import AgreementStage
from partnerships.models.codes import Industry, Province
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.figures.value import Value

# Of the days of the period, and beside them of the same days a year earlier.
OF_PERIOD = (
    "visits", "person-times", "enterprises-visited", "new-enterprises", "provinces-visited", "posts-offered",
    "internships-offered", "agreements-signed", "agreements-from-visits", "practice-bases", "campus-recruitments",
    "postings-from-visits", "posts-used", "internships-used", "follow-ups-open", "demand-reports", "intentions",
)  # fmt: skip
# As they stand on the day of the report.
STANDING = (
    "enterprises", "agreements-in-force", "agreements-expiring", "promises-kept", "postings-open", "places-open",
    "programmes", "mentors", "needs-open",
)  # fmt: skip
BY_MONTH = ("visits", "enterprises-visited", "openings", "agreements-signed")
BY_COLLEGE = ("visits", "openings", "agreements-signed")
MOST_RESULTS = 15


@dataclass(frozen=True)
class Line:
    """A figure of the period and of the year before."""

    figure: Figure
    value: Value
    before: Value

    @property
    def change(self) -> str:
        difference = self.value.number - self.before.number
        return f"{difference:+d}" if difference else "0"


def as_it_stands(scope: Scope) -> Scope:
    """The same reader and day, without the days of the period."""
    return replace(scope, since=None, until=None, counts={})


def colleges(chosen: College | None) -> list[College]:
    return [chosen] if chosen else list(College.objects.order_by("code"))


def by_province(scope: Scope) -> list[tuple[str, int]]:
    """Visits by the province of the enterprise, most first; the sum is that of the figure."""
    return _named(FIGURES["visits"].counts_by("enterprise__province__code", scope), Province.objects.all())


def by_industry(scope: Scope) -> list[tuple[str, int]]:
    return _named(FIGURES["visits"].counts_by("enterprise__industry__code", scope), Industry.objects.all())


def _named(counts: dict[str, int], codes: Iterable[Any]) -> list[tuple[str, int]]:
    names = {code.code: str(code) for code in codes}
    found = [(names.get(code or "", ""), number) for code, number in counts.items()]
    return sorted(found, key=lambda row: (-row[1], row[0]))


def by_stage(scope: Scope) -> list[tuple[str, int]]:
    """All agreements on file by the stage that they have on the day."""
    counts = FIGURES["agreements-by-state"].counts_by("stage", as_it_stands(scope))
    return [(str(stage.label), counts[stage.value]) for stage in AgreementStage if counts.get(stage.value)]


def top_enterprises(scope: Scope) -> list[list[Any]]:
    """Where most places were offered: posts and internships of the rows that the figure counts."""
    rows = FIGURES["openings"].rows(scope).order_by()
    grouped = rows.values("visit__enterprise").annotate(
        zh=F("visit__enterprise__legal_name"), en=F("visit__enterprise__name_en"),
        all_posts=Sum("posts"), all_internships=Sum("internships"), together=Sum(F("posts") + F("internships")),
    )  # fmt: skip
    best = grouped.filter(together__gt=0).order_by("-together", "zh")[:MOST_RESULTS]
    return [[in_language(row["zh"], row["en"]), row["all_posts"], row["all_internships"]] for row in best]


def signed(scope: Scope, most: int) -> list[Any]:
    """The agreements that the figure counts, latest first."""
    return list(FIGURES["agreements-signed"].page_rows(scope).order_by("-signed_on", "-pk")[:most])

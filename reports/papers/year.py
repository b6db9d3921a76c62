"""The yearly report on paper and as a workbook: the same tables, each with its chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models.school import College
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.value import Value
from reports.kinds.periods import Period
from reports.papers import paper
from reports.papers.about import About, day
from reports.papers.paper import Paper, Part
from reports.papers.sheets import ReportBook
from reports.selectors.year_report import BY_COLLEGE, BY_MONTH, Line

MOST_BARS = 15
Counted = list[tuple[str, list[int]]]


@dataclass
class Year:
    """Everything that was counted."""

    period: Period
    college: College | None
    lines: list[Line] = field(default_factory=list)
    standing: list[tuple[Figure, Value]] = field(default_factory=list)
    months: Counted = field(default_factory=list)
    colleges: Counted = field(default_factory=list)
    provinces: list[tuple[str, int]] = field(default_factory=list)
    industries: list[tuple[str, int]] = field(default_factory=list)
    stages: list[tuple[str, int]] = field(default_factory=list)
    top: list[list[Any]] = field(default_factory=list)
    signed: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """A table of the year; `charts` are the columns that are drawn too, with what stands above each."""

    title: str
    head: list[str]
    rows: list[list[Any]]
    wide: tuple[int, ...] = (0,)
    charts: tuple[tuple[int, str], ...] = ()
    upright: bool = False
    note: str = ""


def tables(year: Year) -> list[Table]:
    visits = str(FIGURES["visits"].name)
    return [
        _of_period(year),
        _as_it_stands(year),
        _counted(_("Month by month"), _("Month"), year.months, BY_MONTH, upright=True),
        _counted(_("By college"), _("College"), year.colleges, BY_COLLEGE, note=_note_of_colleges()),
        _plain(_("By province"), _("Province"), visits, year.provinces),
        _plain(_("By industry"), _("Industry"), visits, year.industries),
        Table(_("Most places offered"), [_("Enterprise"), _("Posts"), _("Internships")], year.top),
        Table(
            _("Agreements signed last"),
            [_("Agreement"), _("Enterprise"), _("Signed on")],
            [[each.title, str(each.enterprise), day(each.signed_on)] for each in year.signed],
            wide=(0, 1),
        ),
        _plain(_("Agreements by state"), pgettext("agreement", "State"), _("Agreements"), year.stages),
    ]


def _note_of_colleges() -> str:
    return _("A visit or agreement of two colleges counts for each of them, so the lines do not add up to the whole.")


def _of_period(year: Year) -> Table:
    head = [_("Figure"), _("This year"), _("Year before"), pgettext("on the year before", "Change")]
    rows = [[str(line.figure.name), str(line.value), str(line.before), line.change] for line in year.lines]
    return Table(_("The year in figures"), head, rows, note=str(year.period))


def _as_it_stands(year: Year) -> Table:
    rows = [
        [str(figure.name), f"{value} {figure.among_name if value.denominator is not None else ''}".strip()]
        for figure, value in year.standing
    ]
    note = _("These do not belong to the days of the year: they are counted on the day of the report.")
    return Table(_("As it stands on the day of the report"), [_("Figure"), _("Number")], rows, note=note)


def _counted(
    title: str, of: str, found: Counted, slugs: tuple[str, ...], *, upright: bool = False, note: str = ""
) -> Table:
    names = [str(FIGURES[slug].name) for slug in slugs]
    charts = tuple((place, f"{title}: {name}") for place, name in enumerate(names, start=1))
    return Table(title, [of, *names], [[name, *numbers] for name, numbers in found], (0,), charts, upright, note)


def _plain(title: str, of: str, what: str, found: list[tuple[str, int]]) -> Table:
    rows = [[name or _("Not on file"), number] for name, number in found]
    return Table(title, [of, what], rows, charts=((1, f"{title}: {what}"),))


def year_paper(year: Year, about: About) -> Paper:
    return Paper(
        title=_("Yearly report"),
        subtitle=str(year.period),
        about=about,
        facts=[(_("College"), year.college or _("The whole school")), *about.facts[:1]],
        parts=_parts(year),
    )


def _parts(year: Year) -> Iterator[Part]:
    for table in tables(year):
        yield paper.heading(table.title, table.note)
        for column, title in table.charts:
            bars = [(str(row[0]), row[column]) for row in table.rows[:MOST_BARS]]
            if any(number for _name, number in bars):
                yield paper.chart(title, bars, upright=table.upright)
        yield paper.table("", table.head, table.rows, wide=table.wide)


def year_workbook(year: Year, about: About) -> bytes:
    """A sheet for each table, its charts beside it; last of all the block."""
    book = ReportBook()
    for table in tables(year):
        sheet = book.add(table.title, table.head, table.rows, wide=table.wide)
        for place, (column, title) in enumerate(table.charts):
            if table.rows:
                count = min(MOST_BARS, len(table.rows))
                book.chart(sheet, title, count, column=column, upright=table.upright, place=place)
    book.about(about, [(_("Period"), str(year.period))])
    return book.done()

"""The figures of a week as paper and as workbook: the same tables, from what was gathered for the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.papers.about import About, day
from reports.papers.paper import Paper, table
from reports.papers.sheets import ReportBook
from reports.selectors.three_counts import Door
from reports.selectors.weekly import Share, Weekly
from reports.selectors.weekly_tables import Line


@dataclass(frozen=True)
class Table:
    """`wide` are the columns with words."""

    title: str
    head: list[str]
    rows: list[list[Any]]
    wide: tuple[int, ...] = (0,)


def weekly_paper(weekly: Weekly, about: About) -> Paper:
    return Paper(
        title=_("Weekly figures"),
        subtitle=str(weekly.week),
        about=about,
        facts=[
            (_("Campaign"), weekly.campaign or _("The whole school, all years")),
            (_("Reported late"), weekly.late),
            *(row for row in about.facts[:1]),
        ],
        parts=[table(each.title, each.head, each.rows, wide=each.wide) for each in tables(weekly)],
    )


def weekly_workbook(weekly: Weekly, about: About) -> bytes:
    book = ReportBook()
    for each in tables(weekly):
        book.add(each.title, each.head, each.rows, wide=each.wide)
    facts: list[tuple[str, Any]] = [
        (_("Week"), weekly.week.code),
        (_("Days"), str(weekly.week)),
        (_("Campaign"), str(weekly.campaign or _("The whole school, all years"))),
        (_("Reported late"), weekly.late),
    ]
    book.about(about, facts)
    return book.done()


def tables(weekly: Weekly) -> list[Table]:
    """Everything that the page counts, in its order."""
    return [
        _figures(weekly),
        _shares(weekly),
        _targets(weekly),
        _lines(_("Colleges, this week"), _("College"), [(line.name, line.week) for line in weekly.colleges]),
        _lines(_("Colleges to date"), _("College"), [(line.name, line.to_date) for line in weekly.colleges]),
        _lines(_("Leaders, this week"), _("Name"), [(_named(line), line.week) for line in weekly.leaders]),
        _lines(_("Leaders to date"), _("Name"), [(_named(line), line.to_date) for line in weekly.leaders]),
        _kinds_of_missing(weekly),
        _lacking(weekly),
    ]


def _figures(weekly: Weekly) -> Table:
    head = [_("Figure"), _("To date"), _("This week"), _("Week before"), pgettext("of a number", "Change")]
    rows = [
        [str(counts.figure.name), counts.to_date, counts.week, counts.before, counts.change] for counts in weekly.counts
    ]
    return Table(_("Figures"), head, rows)


def _shares(weekly: Weekly) -> Table:
    head = [_("Enterprises visited in our province"), _("Number"), pgettext("denominator", "Of"), _("Share")]
    return Table(
        _("In our province"),
        head,
        [_share(_("To date"), weekly.share), _share(_("This week"), weekly.share_of_week)],
    )


def _share(name: str, share: Share) -> list[Any]:
    return [name, share.value.number, share.value.denominator, share.percent]


def _targets(weekly: Weekly) -> Table:
    head = [_("Campaign"), _("Target"), _("Of whom"), _("Reached"), _("On file"), _("Asked for"), _("Next report")]
    rows = []
    for running in weekly.running:
        asked_for = day(running.next_day.day) if running.next_day else ""
        for line in running.targets:
            whom = line.of_whom or _("Everyone")
            words = [str(running.campaign), line.target.get_measure_display(), whom, line.value.shown]
            rows.append([*words, line.value.rows, line.target.number, asked_for])
    return Table(_("Targets"), head, rows, wide=(0, 1, 2))


def _lines(title: str, of: str, lines: Iterable[tuple[str, list[Door]]]) -> Table:
    found = list(lines)
    head = [of, *(door.label for door in found[0][1])] if found else [of]
    return Table(title, head, [[name, *(door.number for door in doors)] for name, doors in found])


def _named(line: Line) -> str:
    return f"{line.name} {line.about}".strip()


def _kinds_of_missing(weekly: Weekly) -> Table:
    head = [_("What is missing"), _("Visits"), pgettext("denominator", "Of")]
    return Table(_("Missing"), head, [[str(lack.figure.name), lack.number, lack.of] for lack in weekly.missing.lacks])


def _lacking(weekly: Weekly) -> Table:
    head = [_("Enterprise"), _("Date"), _("What is missing")]
    rows = [
        [str(lacking.visit.enterprise), day(lacking.visit.starts_on), ", ".join(lacking.names)]
        for lacking in weekly.missing.visits
    ]
    return Table(_("Visits that lack something"), head, rows, wide=(0, 2))

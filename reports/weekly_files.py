"""The figures of a week as PDF and as workbook: the same tables, from what was gathered for the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.selectors import school
from core.pdf import render_pdf
from exporting.writing.workbooks import Workbook
from reports.selectors.campaign_report import day, moment
from reports.selectors.three_counts import Door
from reports.selectors.weekly import Share, Weekly
from reports.selectors.weekly_tables import Line

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "reports" / "campaign_report.typ"
LONGEST_NAME = 31  # of a sheet


@dataclass(frozen=True)
class Table:
    """`wide` are the columns with words."""

    title: str
    head: list[str]
    rows: list[list[Any]]
    wide: tuple[int, ...] = (0,)


def weekly_pdf(weekly: Weekly, *, at: datetime) -> bytes:
    paper = {
        "school": str(school()),
        "title": _("Weekly figures"),
        "campaign": str(weekly.week),
        "facts": [
            [_("Campaign"), str(weekly.campaign or _("The whole school, all years"))],
            [_("Reported late"), str(weekly.late)],
            [_("As of"), moment(at)],
        ],
        "tables": [
            {
                "title": table.title,
                "head": table.head,
                "rows": [["" if cell is None else str(cell) for cell in row] for row in table.rows],
                "wide": list(table.wide),
            }
            for table in tables(weekly)
        ],
        "nothing": _("Nothing on file."),
        "footer": _("As of %(moment)s") % {"moment": moment(at)},
    }
    return render_pdf(TEMPLATE, paper)


def weekly_workbook(weekly: Weekly, *, at: datetime) -> bytes:
    book = Workbook()
    for table in tables(weekly):
        headings = [(head, 32 if place in table.wide else 14) for place, head in enumerate(table.head)]
        book.sheet(table.title[:LONGEST_NAME], headings, table.rows)
    about: list[list[Any]] = [
        [_("Week"), weekly.week.code],
        [_("Days"), str(weekly.week)],
        [_("Campaign"), str(weekly.campaign or _("The whole school, all years"))],
        [_("Reported late"), weekly.late],
        [_("As of"), moment(at)],
    ]
    book.sheet(_("About"), [(_("What"), 20), (_("Value"), 60)], about)
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
            on_file = line.value.number if line.value.on_file is None else line.value.on_file
            whom = line.of_whom or _("Everyone")
            words = [str(running.campaign), line.target.get_measure_display(), whom, line.value.shown]
            rows.append([*words, on_file, line.target.number, asked_for])
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

"""The workbook of a campaign's report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ledger.selectors import platform
from ledger.selectors.columns import LEDGER, cells
from ledger.selectors.lines import Line
from ledger.selectors.records import key_of
from ledger.services.records import give_ids
from reports.papers.about import About, moment
from reports.papers.sheets import ReportBook
from reports.selectors.campaign_report import Contents, FigureLine


class CampaignBook:
    """The workbook of a campaign, written while its lines are read so that none of them has to be kept."""

    def __init__(self) -> None:
        self.book = ReportBook()
        self.words = platform.Dictionaries.read()
        self.ledger: list[list[Any]] = []
        self.uploaded: list[list[Any]] = []

    def take(self, lines: Sequence[Line]) -> None:
        """Some lines: as the ledger and as the data platform write them."""
        self.ledger += cells(lines, LEDGER)
        records = give_ids(lines)
        self.uploaded += [platform.row_of(line, self.words, records[key_of(line)].record_id) for line in lines]

    def done(self, contents: Contents, about: About) -> bytes:
        """Ledger, the platform's table, the three counts by kind of visit, the figures with their definitions."""
        for name, columns, rows in (
            (_("Ledger"), LEDGER, self.ledger),
            (_("Data platform"), platform.COLUMNS, self.uploaded),
        ):
            self.book.sheet(name, [(column.heading, column.width) for column in columns], rows)
        kinds = [(head, 24) for head in contents.kind_head()]
        self.book.sheet(_("Kinds of visits"), kinds, contents.kind_rows())
        self.book.sheet(_("Figures"), _figure_headings(), (_figure_row(line, contents) for line in contents.figures))
        self.book.about(about)
        return self.book.done()


def _figure_headings() -> list[tuple[str, int]]:
    return [
        (_("Figure"), 32), (_("Number"), 12), (pgettext("denominator", "Of"), 12), (_("What it is of"), 20),
        (_("Rows on file"), 12), (_("Target"), 10), (_("Unit"), 8), (_("Definition"), 80),
        (_("Campaign"), 40), (_("As of"), 18),
    ]  # fmt: skip


def _figure_row(line: FigureLine, contents: Contents) -> list[Any]:
    figure, value = line.figure, line.value
    number: Any = value.shown if value.is_minimum else value.number
    of_campaign = str(contents.campaign) if figure.is_of_campaign else _("the whole school")
    return [
        str(figure.name), number, value.denominator, str(figure.among_name), value.on_file, line.target,
        str(figure.unit), str(figure.definition), of_campaign, moment(contents.at),
    ]  # fmt: skip

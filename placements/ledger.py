"""The list of postings as a workbook: exactly the rows that are filtered, one sheet, codes as text."""

from __future__ import annotations

import io
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _

from placements.models.postings import Posting, PostingQuerySet


def posting_workbook(postings: PostingQuerySet) -> IO[bytes]:
    """One row per posting, read in portions; the file is ready to be sent."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Postings"))
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    for column, (name, width) in enumerate(_columns()):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, width)
    for number, posting in enumerate(postings.iterator(chunk_size=1000), start=1):
        for column, value in enumerate(_texts(posting)):
            sheet.write_string(number, column, value)
        for column, figure in enumerate((posting.headcount, posting.class_of, posting.pay_min, posting.pay_max), 7):
            if figure is not None:
                sheet.write_number(number, column, figure)
        for column, date in enumerate((posting.opens_on, posting.closes_on, posting.answer_by), 11):
            if date is not None:
                sheet.write_datetime(number, column, date, day)
    book.close()
    file.seek(0)
    return file


def _columns() -> list[tuple[str, int]]:
    return [
        (_("Posting"), 34), (_("Enterprise"), 36), (_("Kind"), 14), (_("State"), 12), (_("Majors"), 34),
        (_("Province"), 14), (_("City"), 14), (_("Places"), 8), (_("Graduating class"), 10), (_("Pay from"), 10),
        (_("Pay to"), 10), (_("Opens on"), 12), (_("Closes on"), 12), (_("Answer promised by"), 14),
    ]  # fmt: skip


def _texts(posting: Posting) -> list[str]:
    return [
        str(posting),
        str(posting.enterprise),
        posting.get_kind_display(),
        posting.get_state_display(),
        _("; ").join(str(major) for major in posting.majors.all()) or _("All majors"),
        str(posting.province or ""),
        posting.city,
    ]

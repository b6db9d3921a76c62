"""The national table of cooperation between schools and enterprises (产学合作数据, ODS_CXHZSJ)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from partnerships.exports.national import COLUMNS
from partnerships.selectors.enterprise_list import enterprise_rows
from partnerships.selectors.national import national_rows
from reports import rules
from reports.choices import FileFormat
from reports.kinds.enterprises import EnterpriseForm
from reports.kinds.kind import Kind, Step
from reports.kinds.work import Work
from reports.papers.sheets import ReportBook

TABLE = "ODS_CXHZSJ"
READ_AT_ONCE = 500


def build(work: Work) -> None:
    book = ReportBook()
    book.sheet(TABLE, [(name, 18) for _key, name, _kind in COLUMNS], _rows(work))
    book.about(work.about())
    work.add(FileFormat.XLSX, book.done(), f"{TABLE}-{work.on:%Y%m%d}")


def _rows(work: Work) -> Iterator[list[Any]]:
    """Of exactly the enterprises that the list finds, in its order, read in portions."""
    found = enterprise_rows(work.user, work.asked_for, on=work.on)
    keys = list(found.values_list("pk", flat=True))
    work.begin("rows", len(keys))
    for start in range(0, len(keys), READ_AT_ONCE):
        wanted = keys[start : start + READ_AT_ONCE]
        yield from national_rows(found.filter(pk__in=wanted), work.user, on=work.on)
        for _key in wanted:
            work.tick()


KIND = Kind(
    slug="cooperation-table",
    name=gettext_lazy("Cooperation table ODS_CXHZSJ"),
    definition=gettext_lazy(
        "The national table of cooperation between schools and enterprises, one line per enterprise and major, in the"
        " order of its columns; what the portal does not know stays empty."
    ),
    icon="table",
    form=EnterpriseForm,
    steps=(Step("rows", gettext_lazy("Reading enterprise %(done)s of %(total)s")),),
    formats=(FileFormat.XLSX,),
    may_build=rules.can_request,
    build=build,
)

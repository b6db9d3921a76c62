"""The files of enterprises on one page each, in an archive with an index."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.pdf import render_pdf
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.brief import brief_data
from partnerships.selectors.enterprise_list import enterprise_rows
from partnerships.selectors.enterprises import enterprise_with_names
from reports import rules
from reports.choices import FileFormat
from reports.kinds.enterprises import EnterpriseForm
from reports.kinds.kind import CannotBuild, Kind, Step
from reports.kinds.work import Work, file_name
from reports.papers.sheets import ReportBook

BRIEF = Path(settings.BASE_DIR) / "templates" / "partnerships" / "brief.typ"
MOST_FILES = 3000
READ_AT_ONCE = 50


def build(work: Work) -> None:
    keys = list(enterprise_rows(work.user, work.asked_for, on=work.on).values_list("pk", flat=True)[: MOST_FILES + 1])
    if len(keys) > MOST_FILES:
        raise CannotBuild(_("More than %(most)s enterprises fit; narrow the filters.") % {"most": MOST_FILES})
    work.begin("files", len(keys))
    index: list[list[Any]] = []
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, enterprise in enumerate(_read(work, keys), start=1):
                name = f"{number:04} {file_name(enterprise.legal_name)}.pdf"
                archive.writestr(name, render_pdf(BRIEF, brief_data(work.user, enterprise, on=work.on)))
                index.append(_line(number, name, enterprise))
                work.tick()
            archive.writestr(f"0000 {_('Index')}.xlsx", _index(work, index))
        work.add(FileFormat.ZIP, file)


def _read(work: Work, keys: list[int]) -> Iterator[Enterprise]:
    """The files in the order of the list, a few at a time."""
    for start in range(0, len(keys), READ_AT_ONCE):
        wanted = keys[start : start + READ_AT_ONCE]
        found = {row.pk: row for row in enterprise_with_names(work.user).filter(pk__in=wanted)}
        yield from (found[key] for key in wanted if key in found)


def _line(number: int, name: str, enterprise: Enterprise) -> list[Any]:
    return [
        number, enterprise, enterprise.credit_code, enterprise.province, enterprise.get_level_display(),
        enterprise.owner, name,
    ]  # fmt: skip


def _index(work: Work, rows: list[list[Any]]) -> bytes:
    head = [
        _("No."), _("Enterprise"), _("Unified social credit code"), _("Province"), _("Level"), _("Owner"),
        _("File name"),
    ]  # fmt: skip
    book = ReportBook()
    book.add(_("Index"), head, rows, wide=(1, 6))
    book.about(work.about(), [(_("Enterprises"), len(rows))])
    return book.done()


KIND = Kind(
    slug="enterprise-files",
    name=gettext_lazy("Files of enterprises"),
    definition=gettext_lazy(
        "One page for each enterprise that fits the filters, as it is printed before a meeting, in one archive with an"
        " index; each page bears the name of its enterprise. Office notes and private notes are not on it."
    ),
    icon="buildings",
    form=EnterpriseForm,
    steps=(Step("files", gettext_lazy("Writing file %(done)s of %(total)s")),),
    formats=(FileFormat.ZIP,),
    may_build=rules.can_request,
    build=build,
)

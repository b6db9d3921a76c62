"""The national table of visits (访企拓岗数据, ODS_FQTGSJ): rows keep their ids, the ledger remembers each file."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import RuleBroken
from core.forms import DateInput
from ledger.downloads import ROWS_PER_FILE
from ledger.models.platform import PlatformFile, PlatformFileRow
from ledger.rules import can_upload
from ledger.selectors.checks import MOST_VISITS
from ledger.selectors.platform import COLUMNS, TABLE
from ledger.selectors.visits import ledger_visits
from ledger.services.platform import make_file
from reports.choices import FileFormat
from reports.kinds.fields import choice
from reports.kinds.kind import Kind, KindForm, Step
from reports.kinds.periods import span_choices, span_of
from reports.kinds.work import Work
from reports.papers.sheets import ReportBook
from visits.models.campaigns import Campaign


class VisitTableForm(KindForm):
    """Of which campaign, of which days, and whether rows that lack something go in too."""

    since = forms.DateField(label=gettext_lazy("From"), widget=DateInput, required=False)
    until = forms.DateField(label=gettext_lazy("Until"), widget=DateInput, required=False)
    field_order = ["campaign", "period", "since", "until", "rows"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaigns = [(str(each.pk), str(each)) for each in Campaign.objects.visible_to(self.user)]
        self.fields |= {
            "campaign": choice(_("Campaign"), _("Any campaign"), campaigns),
            "period": choice(_("Period"), "", span_choices(), required=False),
            "rows": choice(_("Rows"), _("Complete rows alone"), [("all", _("Every row"))]),
        }
        self.fields["period"].choices = span_choices()  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        if cleaned.get("period") and (since or until):
            self.add_error("period", _("Choose a period, or name the days."))
        return cleaned

    @property
    def narrowing(self) -> dict[str, Any]:
        """The filters of the ledger that this is."""
        asked = self.cleaned_data
        days = {"since": asked["since"], "until": asked["until"]}
        if asked["period"]:
            period = span_of(asked["period"], self.on)
            days = {"since": period.since, "until": period.until}
        return {name: value for name, value in {"campaign": asked["campaign"], **days}.items() if value}

    def in_words(self, name: str, value: Any) -> str:
        shown = super().in_words(name, value)
        return f"{shown}: {span_of(value, self.on)}" if name == "period" and not self.moves else shown


def build(work: Work) -> None:
    form = work.form
    assert isinstance(form, VisitTableForm)  # noqa: S101 - narrows the type
    visits = ledger_visits(work.user, {**form.narrowing, "sort": "oldest"}, on=work.on).took_place()
    numbers = list(visits.values_list("pk", flat=True))
    portions = [numbers[start : start + MOST_VISITS] for start in range(0, len(numbers), MOST_VISITS)]
    work.begin("checking", len(portions))
    for place, portion in enumerate(portions):
        _remember(work, place, portion)
        work.tick()
    files = list(PlatformFile.objects.filter(pk__in=work.build.kept.values()).order_by("pk"))
    rows = PlatformFileRow.objects.filter(file__in=files).order_by("file", "number")
    _write(work, rows.count(), rows.values_list("cells", flat=True).iterator(chunk_size=ROWS_PER_FILE), files)


def _remember(work: Work, place: int, portion: list[int]) -> None:
    """One file of the ledger for these visits, made once however often the build begins."""
    name = f"platform-file-{place}"
    if name in work.build.kept:
        return
    complete_only = work.asked_for.get("rows") != "all"
    words = " · ".join(value for _name, _label, value in work.form.words)
    try:
        with transaction.atomic():
            file = make_file(portion, complete_only=complete_only, filters=words, by=work.user, at=work.at)
            work.keep(name, file.pk)
    except RuleBroken:
        return  # no row of these visits is complete; the file says how many rows it has


def _write(work: Work, count: int, cells: Iterator[list[Any]], files: list[PlatformFile]) -> None:
    parts = -(-count // ROWS_PER_FILE) or 1
    stem = f"{TABLE}-{work.on:%Y%m%d}-{work.build.pk}"
    work.begin("writing", parts)
    if parts == 1:
        work.add(FileFormat.XLSX, _workbook(work, list(cells), count, files), stem)
        return
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in range(1, parts + 1):
                rows = [next(cells) for _row in range(min(ROWS_PER_FILE, count - (part - 1) * ROWS_PER_FILE))]
                archive.writestr(f"{stem}-{part}.xlsx", _workbook(work, rows, count, files))
                work.tick()
        work.add(FileFormat.ZIP, file, stem)


def _workbook(work: Work, rows: list[list[Any]], count: int, files: list[PlatformFile]) -> bytes:
    """The platform's own sheet comes first and alone holds rows; the block stands behind it."""
    book = ReportBook()
    book.sheet(TABLE, [(column.heading, column.width) for column in COLUMNS], rows)
    known = ", ".join(str(file.pk) for file in files) or _("Nothing on file.")
    book.about(work.about(), [(_("Rows"), count), (_("File of the ledger, no."), known)])
    return book.done()


KIND = Kind(
    slug="visit-table",
    name=gettext_lazy("Visit table ODS_FQTGSJ"),
    definition=gettext_lazy(
        "The national table of visits that took place, one row per visit and major, at most 1,000 rows a file. Each row"
        " keeps its record id for ever; the file stands in the ledger too, where you note what the platform said."
    ),
    icon="geo-alt",
    form=VisitTableForm,
    steps=(
        Step("checking", gettext_lazy("Checking portion %(done)s of %(total)s of the visits"), weight=3),
        Step("writing", gettext_lazy("Writing file %(done)s of %(total)s")),
    ),
    formats=(FileFormat.XLSX, FileFormat.ZIP),
    may_build=can_upload,
    build=build,
)

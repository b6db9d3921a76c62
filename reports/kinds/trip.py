"""The report of a trip (出访报告): who travelled, stop by stop what was said and offered, and what is to be done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from reports import rules
from reports.choices import FileFormat
from reports.figures.scope import Scope
from reports.kinds.fields import OneOf
from reports.kinds.kind import Kind, KindForm, Step
from reports.kinds.work import Work
from reports.papers.pdf import paper_pdf
from reports.papers.word import word_file
from reports.selectors.trip_report import TripReport, read_trip
from visits.models.campaigns import Trip

SHOWN = (
    "visits", "person-times", "enterprises-visited", "posts-offered", "internships-offered", "follow-ups-open",
)  # fmt: skip


class TripForm(KindForm):
    """Of which trip."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trip"] = OneOf(Trip.objects.visible_to(self.user).standing(), label=_("Trip"))


def build(work: Work) -> None:
    trip = work.asked_for["trip"]
    scope = Scope(None, work.on, work.user, trip=trip)
    work.begin("reading", len(SHOWN))
    figures = []
    for slug in SHOWN:
        value = work.value(slug, scope)
        figures.append((work.defined[slug], value))
        work.tick()
    days = read_trip(work.user, trip)
    report = TripReport(trip, days, figures, work.about())
    work.begin("stops", report.stops)
    parts = list(report.parts(tick=work.tick))
    work.begin("writing", 2)
    work.add(FileFormat.DOCX, word_file(report.paper(parts)))
    work.tick()
    with paper_pdf(report.paper(parts), tick=work.tick) as pdf:
        work.add(FileFormat.PDF, pdf)


KIND = Kind(
    slug="trip-report",
    name=_("Report of a trip"),
    definition=_(
        "One trip from its party to its follow-ups: stop by stop who received us, what was said, what was offered to"
        " which major, what both sides mean to do, who does what by when, and the evidence with small photos."
    ),
    icon="signpost",
    form=TripForm,
    steps=(
        Step("reading", _("Counting: %(done)s of %(total)s")),
        Step("stops", _("Writing stop %(done)s of %(total)s"), weight=3),
        Step("writing", _("Writing file %(done)s of %(total)s"), weight=2),
    ),
    formats=(FileFormat.DOCX, FileFormat.PDF),
    may_build=rules.can_request,
    build=build,
)

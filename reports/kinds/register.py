"""The register of agreements, filtered like its list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.exports import AGREEMENTS
from agreements.selectors.register import agreement_list, partner_names
from core.templatetags.portal import listed
from exporting.tables import Column
from partnerships.choices.agreements import AgreementStage
from partnerships.models.agreements import Agreement
from partnerships.selectors.codes import register_choices
from reports import rules
from reports.choices import FileFormat
from reports.figures.scope import Scope
from reports.kinds.fields import FIND, choice
from reports.kinds.kind import Kind, KindForm, Step
from reports.kinds.work import Work
from reports.papers.about import About, day
from reports.papers.paper import Paper, table
from reports.papers.pdf import PORTION, paper_pdf
from reports.papers.sheets import ReportBook

YEARS_BACK = 12
READ_AT_ONCE = 500
WITHIN = (("30", gettext_lazy("30 days")), ("90", gettext_lazy("90 days")), ("180", gettext_lazy("180 days")))


class RegisterForm(KindForm):
    """The filters of the register, under the same names, so that its address leads here."""

    find = forms.CharField(**FIND)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices, year = register_choices(), self.on.year
        years = [(str(each), str(each)) for each in range(year, year - YEARS_BACK, -1)]
        self.fields |= {
            "stage": choice(_("Stage"), _("Any stage"), AgreementStage.choices),
            "kind": choice(_("Kind"), _("Any kind"), choices.kinds),
            "days": choice(_("Ends within"), _("Any end"), WITHIN),
            "college": choice(_("College"), _("Any college"), choices.colleges),
            "major": choice(_("Major"), _("Any major"), choices.majors),
            "owner": choice(_("Owner"), _("Anybody"), choices.people),
            "signed": choice(_("Signed in"), _("Any year"), years),
        }


def build(work: Work) -> None:
    rows = agreement_list(work.user, {**work.asked_for, "sort": "ending"}, on=work.on)
    count = rows.count()
    work.value("agreements-in-force", Scope(None, work.on, work.user))
    about = work.about()
    work.begin("workbook", count)
    work.add(FileFormat.XLSX, _workbook(work, rows, about, count))
    work.begin("pages", -(-count // PORTION) or 1)
    paper = Paper(
        title=_("Register of agreements"),
        subtitle=listed(value for _name, _label, value in work.form.words) or _("All agreements"),
        about=about,
        facts=[(_("Agreements"), str(count)), *about.facts[:1]],
        parts=[table("", _head(), _printed(rows), wide=(1, 2))],
        is_wide=True,
    )
    with paper_pdf(paper, tick=work.tick) as pdf:
        work.add(FileFormat.PDF, pdf)


def _workbook(work: Work, rows: QuerySet[Agreement], about: About, count: int) -> bytes:
    """Forgotten as soon as it is made: the pages need the memory."""
    book, columns = ReportBook(), AGREEMENTS.chosen(("all",))
    book.add(_("Agreements"), [column.heading for column in columns], _ticking(work, rows, columns), wide=(1, 2, 12))
    book.about(about, [(_("Agreements"), count)])
    return book.done()


def _ticking(work: Work, rows: QuerySet[Agreement], columns: Sequence[Column]) -> Iterator[list[Any]]:
    """As the list exports it, without the names of people outside the school."""
    for row in AGREEMENTS.read(rows, columns):
        work.tick()
        yield [column.of(row) for column in columns]


def _head() -> list[str]:
    return [
        _("Agreement number"), _("Title"), _("Parties"), _("Kind"), _("Stage"), _("Signed on"), _("In force until"),
        _("Owner"),
    ]  # fmt: skip


def _printed(rows: QuerySet[Agreement]) -> Iterator[list[Any]]:
    """What has room on a page of each agreement, read in portions."""
    for row in rows.iterator(chunk_size=READ_AT_ONCE):
        until = _("renews itself") if row.renews_itself else day(row.ends_on)
        parties = listed(name for _pk, name in partner_names(row))
        stage = AgreementStage(row.stage).label  # type: ignore[attr-defined]
        yield [row.number, row.title, parties, row.kind, stage, day(row.signed_on), until, row.owner]


KIND = Kind(
    slug="agreement-register",
    name=gettext_lazy("Register of agreements"),
    definition=gettext_lazy(
        "Every agreement on file that fits the filters, those that end first at the top: number, parties, kind, stage,"
        " dates and owners; the workbook holds all columns of the list."
    ),
    icon="file-earmark-text",
    form=RegisterForm,
    steps=(
        Step("workbook", gettext_lazy("Writing agreement %(done)s of %(total)s into the workbook"), weight=2),
        Step("pages", gettext_lazy("Setting portion %(done)s of %(total)s of the pages"), weight=3),
    ),
    formats=(FileFormat.XLSX, FileFormat.PDF),
    may_build=rules.can_request,
    build=build,
)

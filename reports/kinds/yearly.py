"""The report of a school year or a calendar year, with charts and the table of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.school import College
from reports import rules
from reports.choices import FileFormat
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from reports.kinds.fields import choice
from reports.kinds.kind import Kind, KindForm, Step
from reports.kinds.periods import Period, year_choices, year_of
from reports.kinds.work import Work
from reports.papers.pdf import paper_pdf
from reports.papers.year import Year, year_paper, year_workbook
from reports.selectors import year_report as selectors


class YearForm(KindForm):
    """Which year, and whose: of the whole school, or of one college."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleges = [(str(each.pk), str(each)) for each in College.objects.order_by("code")]
        self.fields |= {
            "period": choice(_("Year"), "", year_choices(self.on), required=True),
            "college": choice(_("College"), _("The whole school"), colleges),
        }

    @property
    def period(self) -> Period:
        return year_of(self.cleaned_data["period"], self.on)

    @property
    def college(self) -> College | None:
        return College.objects.filter(pk=self.cleaned_data["college"] or 0).first()

    def in_words(self, name: str, value: Any) -> str:
        shown = super().in_words(name, value)
        return f"{shown} ({self.period})" if name == "period" and not self.moves else shown


def build(work: Work) -> None:
    form = work.form
    assert isinstance(form, YearForm)  # noqa: S101 - narrows the type
    period, college = form.period, form.college
    scope = Scope(None, work.on, work.user, college=college, since=period.since, until=period.until)
    year = Year(period, college)
    _count_period(work, year, scope)
    _count_months(work, year, scope)
    _count_colleges(work, year, scope)
    year.provinces, year.industries = selectors.by_province(scope), selectors.by_industry(scope)
    year.stages, year.top = selectors.by_stage(scope), selectors.top_enterprises(scope)
    year.signed = selectors.signed(scope, selectors.MOST_RESULTS)
    about = work.about()
    work.begin("writing", 2)
    work.add(FileFormat.XLSX, year_workbook(year, about))
    work.tick()
    with paper_pdf(year_paper(year, about), tick=work.tick) as pdf:
        work.add(FileFormat.PDF, pdf)


def _count_period(work: Work, year: Year, scope: Scope) -> None:
    before = year.period.before
    earlier = replace(scope, since=before.since, until=before.until, counts={})
    standing = selectors.as_it_stands(scope)
    work.begin("figures", len(selectors.OF_PERIOD) + len(selectors.STANDING))
    for slug in selectors.OF_PERIOD:
        line = selectors.Line(FIGURES[slug], work.value(slug, scope), work.value(slug, earlier))
        year.lines.append(line)
        work.tick()
    for slug in selectors.STANDING:
        year.standing.append((FIGURES[slug], work.value(slug, standing)))
        work.tick()


def _count_months(work: Work, year: Year, scope: Scope) -> None:
    """Each month by its own days, in the order of time."""
    months = year.period.months
    work.begin("months", len(months))
    for month in months:
        of_month = replace(scope, since=month.since, until=month.until, counts={})
        numbers = [work.value(slug, of_month).number for slug in selectors.BY_MONTH]
        year.months.append((date_format(month.since, "YEAR_MONTH_FORMAT"), numbers))
        work.tick()


def _count_colleges(work: Work, year: Year, scope: Scope) -> None:
    colleges = selectors.colleges(year.college)
    work.begin("colleges", len(colleges))
    for college in colleges:
        of_college = replace(scope, college=college, counts={})
        year.colleges.append((str(college), [work.value(slug, of_college).number for slug in selectors.BY_COLLEGE]))
        work.tick()


KIND = Kind(
    slug="yearly-report",
    name=gettext_lazy("Yearly report"),
    definition=gettext_lazy(
        "The figures of a school year or a calendar year beside the year before, month by month, by college, province"
        " and industry, with the best results, agreements, promises and postings; charts, each with its table."
    ),
    icon="graph-up",
    form=YearForm,
    steps=(
        Step("figures", gettext_lazy("Counting figure %(done)s of %(total)s"), weight=3),
        Step("months", gettext_lazy("Counting month %(done)s of %(total)s"), weight=2),
        Step("colleges", gettext_lazy("Counting college %(done)s of %(total)s")),
        Step("writing", gettext_lazy("Writing file %(done)s of %(total)s"), weight=2),
    ),
    formats=(FileFormat.XLSX, FileFormat.PDF),
    may_build=rules.can_request,
    build=build,
)

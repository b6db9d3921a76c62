"""The figures of a week (周报), as its page shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.people import User
from core.forms import DateInput
from reports import rules
from reports.choices import FileFormat
from reports.figures.catalogue import FIGURES
from reports.figures.value import Value
from reports.kinds.fields import choice
from reports.kinds.kind import Kind, KindForm, Step
from reports.kinds.work import Work
from reports.papers.about import About, facts_of
from reports.papers.pdf import paper_pdf
from reports.selectors.weekly import IN_PROVINCE, Weekly, periods_of, weekly
from reports.selectors.weekly_tables import PERIODS
from reports.selectors.weeks import Week, last_full_week, week_of
from reports.weekly_files import weekly_paper, weekly_workbook
from visits.models.campaigns import Campaign


class WeeklyForm(KindForm):
    """Any day of a week; none is the last full week before the report, whenever it is built."""

    week = forms.DateField(
        label=gettext_lazy("A day of the week"), widget=DateInput, required=False,
        help_text=gettext_lazy("Empty: the last full week."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaigns = [(str(each.pk), str(each)) for each in Campaign.objects.visible_to(self.user)]
        self.fields["campaign"] = choice(_("Campaign"), _("The whole school, all years"), campaigns)

    @property
    def asked_week(self) -> Week:
        """A week to come is the one that runs."""
        day = self.cleaned_data["week"]
        return min(week_of(day), week_of(self.on)) if day else last_full_week(self.on)

    @property
    def words(self) -> list[list[str]]:
        week = self.asked_week
        shown = f"{week.code} ({week})"
        if not self.cleaned_data["week"]:
            shown = _("The last full week") if self.moves else f"{_('The last full week')}: {shown}"
        return [["week", _("Week"), shown], *(row for row in super().words if row[0] != "week")]


def about_now(user: User, shown: Weekly, at: datetime) -> About:
    """The block of a file that is fetched at once and not kept."""
    figures = [counts.figure for counts in shown.counts]
    return About(
        title=str(KIND.name),
        definition=str(KIND.definition),
        filters=[(_("Week"), f"{shown.week.code} ({shown.week})")],
        facts=facts_of(at=at, by=user, seen_as=user, seen_by=str(user)),
        figures=[(str(figure.name), str(figure.definition)) for figure in figures],
    )


def build(work: Work) -> None:
    form = work.form
    assert isinstance(form, WeeklyForm)  # noqa: S101 - narrows the type
    campaign = Campaign.objects.visible_to(work.user).filter(pk=work.asked_for.get("campaign") or 0).first()
    work.begin("counting")
    shown = weekly(form.asked_week, campaign, work.user, on=work.on)
    periods = periods_of(shown.week, campaign, work.user, work.on)
    for counts in shown.counts:
        for name in PERIODS:
            work.reported(counts.figure, getattr(periods, name), Value(getattr(counts, name)))
    work.reported(FIGURES[IN_PROVINCE], periods.to_date, shown.share.value)
    work.reported(FIGURES[IN_PROVINCE], periods.week, shown.share_of_week.value)
    work.tick()
    about = work.about()
    work.begin("writing", 2)
    work.add(FileFormat.XLSX, weekly_workbook(shown, about))
    work.tick()
    with paper_pdf(weekly_paper(shown, about), tick=work.tick) as pdf:
        work.add(FileFormat.PDF, pdf)


KIND = Kind(
    slug="weekly-figures",
    name=gettext_lazy("Weekly figures"),
    definition=gettext_lazy(
        "The figures of one week beside the week before and to date: the three counts, what was offered and signed,"
        " targets of the campaigns that run, colleges, leaders, and visits that lack something."
    ),
    icon="calendar-check",
    form=WeeklyForm,
    steps=(
        Step("counting", gettext_lazy("Counting the figures")),
        Step("writing", gettext_lazy("Writing file %(done)s of %(total)s")),
    ),
    formats=(FileFormat.XLSX, FileFormat.PDF),
    may_build=rules.can_request,
    build=build,
)

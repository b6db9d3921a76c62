"""The summary of a campaign: its three counts, targets and figures, ledger, agreements and follow-ups."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from reports import rules
from reports.choices import FileFormat
from reports.kinds.fields import OneOf
from reports.kinds.kind import Kind, KindForm, Step
from reports.kinds.work import Work
from reports.papers.pdf import paper_pdf
from reports.papers.word import word_file
from reports.selectors.campaign_report import Gathering
from reports.workbook import CampaignBook
from visits.models.campaigns import Campaign


class CampaignForm(KindForm):
    """Of which campaign."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"] = OneOf(Campaign.objects.visible_to(self.user), label=_("Campaign"))


def build(work: Work) -> None:
    gathering = Gathering(work.asked_for["campaign"], work.user, work.at)
    contents, book = gathering.contents, CampaignBook()
    work.begin("counting", gathering.steps)
    for _part in gathering.gather():
        book.take(contents.lines)
        contents.lines.clear()
        work.tick()
    for line in contents.figures:
        work.reported(line.figure, gathering.scope, line.value)
    about = work.about()
    work.begin("writing", 3)
    work.add(FileFormat.XLSX, book.done(contents, about))
    work.tick()
    with paper_pdf(contents.paper(about), tick=work.tick) as pdf:
        work.add(FileFormat.PDF, pdf)
    work.add(FileFormat.DOCX, word_file(contents.paper(about)))
    work.tick()


KIND = Kind(
    slug="campaign-summary",
    name=_("Campaign summary"),
    definition=_(
        "The three counts, targets and all figures of a campaign, its ledger of visits with the platform's table,"
        " the agreements that visits led to, and the follow-ups that are open."
    ),
    icon="flag",
    form=CampaignForm,
    steps=(
        Step("counting", _("Counting: %(done)s of %(total)s"), weight=3),
        Step("writing", _("Writing file %(done)s of %(total)s")),
    ),
    formats=(FileFormat.XLSX, FileFormat.PDF, FileFormat.DOCX),
    may_build=rules.can_request,
    build=build,
)

"""What enterprises answered and would have otherwise, as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from exporting.reading import rows_with
from exporting.tables import Column, Group, Kind, Table
from partnerships.choices.links import Reaction
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.proposals import Correction, corrections


def _said(name: str) -> Any:
    """A field of the answer, where there is one."""

    def value(row: Any) -> Any:
        answer = getattr(row, "answer", None)
        found = getattr(answer, name, None)
        return found() if callable(found) else found

    return value


ANSWERS = Table(
    "partnerships:answer_list",
    _("Answers of the year"),
    "answers",
    (
        Group(
            _("Asked"),
            (
                Column("enterprise", _("Enterprise")),
                Column("code", _("Unified social credit code"), "enterprise.credit_code"),
                Column("asked", _("Asked on"), "issued_at", Kind.DAY),
                Column("name", _("Asked whom"), is_personal=True),
                Column("email", _("E-mail"), is_personal=True),
                Column("reaction", _("Reaction"), lambda row: Reaction(row.reaction).label),
            ),
        ),
        Group(
            _("Answer"),
            (
                Column("answered", _("Answered on"), _said("at"), Kind.DAY),
                Column("interns", _("Takes interns"), _said("get_interns_display")),
                Column("interns_number", _("Number of interns"), _said("interns_number"), Kind.WHOLE),
                Column("graduates", _("Takes graduates"), _said("get_graduates_display")),
                Column("graduates_number", _("Number of graduates"), _said("graduates_number"), Kind.WHOLE),
                Column("reasons", _("Reasons"), _said("reasons")),
            ),
        ),
    ),
)


@dataclass(frozen=True)
class Proposed:
    """One correction, and the file that it would change."""

    file: Enterprise
    correction: Correction


def _proposals(rows: Any, columns: Sequence[Column]) -> Iterator[Proposed]:
    for file in rows_with(rows, ()):
        for each in corrections(file):
            yield Proposed(file, each)


# A correction may be a name, a number or a whole person.
PROPOSALS = Table(
    "partnerships:proposal_list",
    _("Corrections by enterprises"),
    "corrections",
    (
        Group(
            _("Corrections"),
            (
                Column("enterprise", _("Enterprise"), "file"),
                Column("code", _("Unified social credit code"), "file.credit_code"),
                Column("field", _("Field"), "correction.proposal.field"),
                Column("what", _("What"), "correction.label", is_personal=True),
                Column("now", _("On file now"), "correction.now", is_personal=True),
                Column("wanted", _("Proposed"), "correction.wanted", is_personal=True),
                Column("proposed_on", _("Proposed on"), "correction.proposal.answer.at", Kind.DAY),
                Column("moved", _("Changed since"), "correction.has_moved", Kind.YES),
                Column("owner", _("Owner"), "file.owner"),
            ),
        ),
    ),
    read=_proposals,
)

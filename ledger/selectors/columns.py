"""The columns of the office's ledger (走访台账), and those that somebody chose of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ledger.selectors.lines import Line

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class LedgerColumn:
    """A heading, and what stands below it."""

    key: str
    label: StrOrPromise
    of: Callable[[Line], Any]
    width: int = 14

    @property
    def heading(self) -> str:
        return str(self.label)


def _yes(value: object) -> str:
    return _("Yes") if value else _("No")


def _fact(name: str) -> Callable[[Line], str]:
    return lambda line: _yes(line.says(name))


def _major(line: Line) -> str:
    return str(line.outcome.major) if line.outcome else ""


def _major_code(line: Line) -> str:
    return line.outcome.major.code if line.outcome else ""


def _level(line: Line) -> str:
    return line.outcome.major.get_level_display() if line.outcome else ""


def _number(name: str) -> Callable[[Line], Any]:
    """Of what was offered for the major; nothing where the line has none."""
    return lambda line: getattr(line.outcome, name) if line.outcome else None


def _of(person: str, name: str) -> Callable[[Line], Any]:
    """A field of the leader or the host."""
    return lambda line: getattr(getattr(line, person), name, "")


def _base(line: Line) -> str:
    return _yes(any(agreement.kind.makes_base for agreement in line.agreements))


def _enterprise(name: str) -> Callable[[Line], Any]:
    return lambda line: getattr(line.visit.enterprise, name)


def _named(name: str) -> Callable[[Line], str]:
    """An entry of a code list that the file of the enterprise names."""
    return lambda line: str(getattr(line.visit.enterprise, name) or "")


_c = LedgerColumn
LEDGER = (
    _c("number", gettext_lazy("No."), lambda line: line.number, 6),
    _c("campaigns", gettext_lazy("Campaigns"), lambda line: line.campaigns, 30),
    _c("date", gettext_lazy("Date"), lambda line: line.visit.starts_on, 12),
    _c("direction", gettext_lazy("Direction"), lambda line: line.visit.get_direction_display()),
    _c("medium", gettext_lazy("Medium"), lambda line: line.visit.get_medium_display()),
    _c("state", pgettext_lazy("visit", "State"), lambda line: line.visit.get_state_display(), 10),
    _c("enterprise", gettext_lazy("Enterprise"), lambda line: str(line.visit.enterprise), 36),
    _c("credit_code", gettext_lazy("Unified social credit code"), _enterprise("credit_code"), 22),
    _c("province", gettext_lazy("Province"), _named("province")),
    _c("city", gettext_lazy("City"), _enterprise("city")),
    _c("nature", gettext_lazy("Nature of unit"), _named("nature")),
    _c("industry", gettext_lazy("Industry"), _named("industry"), 24),
    _c("staff", gettext_lazy("Number of staff"), _enterprise("staff_count"), 10),
    _c("first", gettext_lazy("First visit"), _fact("is_first"), 10),
    _c("alumni", gettext_lazy("Alumni enterprise"), _fact("is_alumni"), 10),
    _c("leader", gettext_lazy("Led by"), _of("leader", "name")),
    _c("leader_title", gettext_lazy("Leader's position"), _of("leader", "title"), 20),
    _c("participants", gettext_lazy("Participants"), lambda line: line.companions, 30),
    _c("college", gettext_lazy("College"), lambda line: line.colleges, 20),
    _c("host", gettext_lazy("Received by"), _of("host", "name")),
    _c("host_title", gettext_lazy("Host's position"), _of("host", "title"), 20),
    _c("contact", gettext_lazy("Contact"), lambda line: line.contact.get("name", "")),
    _c("phone", gettext_lazy("Phone"), lambda line: line.contact.get("phone", "")),
    _c("minutes", gettext_lazy("What was said"), lambda line: line.visit.minutes, 40),
    _c("major_code", gettext_lazy("Major code"), _major_code, 12),
    _c("major", gettext_lazy("Major"), _major, 20),
    _c("level", pgettext_lazy("of study", "Level"), _level),
    _c("posts", gettext_lazy("Posts"), _number("posts"), 8),
    _c("average_pay", gettext_lazy("Average pay"), _number("average_pay"), 10),
    _c("graduates", gettext_lazy("Graduates it means to take"), _number("graduates"), 10),
    _c("post_pay", gettext_lazy("Starting pay"), _number("post_pay"), 10),
    _c("internships", gettext_lazy("Internships"), _number("internships"), 8),
    _c("internship_pay", gettext_lazy("Internship pay"), _number("internship_pay"), 10),
    _c("base", gettext_lazy("Practice base built"), _base, 10),
    _c("agreement", gettext_lazy("Agreement"), lambda line: _yes(line.agreements), 10),
    _c("campus", gettext_lazy("Recruits on campus"), _fact("recruits_on_campus"), 10),
    _c("result", gettext_lazy("Form of result"), lambda line: str(line.visit.result_form or ""), 16),
    _c("intentions", gettext_lazy("Intentions"), lambda line: line.intentions, 30),
    _c("feedback", gettext_lazy("Feedback on teaching"), lambda line: line.visit.feedback, 40),
    _c("follow_ups", gettext_lazy("Follow-ups"), lambda line: line.follow_ups, 40),
    _c("evidence", gettext_lazy("Evidence"), lambda line: line.evidence, 30),
)  # fmt: skip


def chosen_columns(keys: Iterable[str]) -> list[LedgerColumn]:
    """The columns with these keys, in the order of the ledger; all of them where none is named."""
    wanted = set(keys)
    return [column for column in LEDGER if column.key in wanted] or list(LEDGER)


def cells(lines: Iterable[Line], columns: Sequence[LedgerColumn]) -> list[list[Any]]:
    return [[column.of(line) for column in columns] for line in lines]

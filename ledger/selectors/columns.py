"""The columns of the office's ledger (走访台账)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from exporting.tables import Column, Kind
from exporting.writing.cells import for_sheet
from ledger.selectors.lines import Line


def _fact(name: str) -> Callable[[Line], bool]:
    return lambda line: line.says(name)


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


def _base(line: Line) -> bool:
    return any(agreement.kind.makes_base for agreement in line.agreements)


def _enterprise(name: str) -> Callable[[Line], Any]:
    return lambda line: getattr(line.visit.enterprise, name)


def _named(name: str) -> Callable[[Line], str]:
    """An entry of a code list that the file of the enterprise names."""
    return lambda line: str(getattr(line.visit.enterprise, name) or "")


LEDGER = (
    Column("number", gettext_lazy("No."), lambda line: line.number, Kind.WHOLE, width=6),
    Column("campaigns", gettext_lazy("Campaigns"), lambda line: line.campaigns, width=30),
    Column("date", gettext_lazy("Date"), lambda line: line.visit.starts_on, Kind.DAY, width=12),
    Column("direction", gettext_lazy("Direction"), lambda line: line.visit.get_direction_display()),
    Column("medium", gettext_lazy("Medium"), lambda line: line.visit.get_medium_display()),
    Column("state", pgettext_lazy("visit", "State"), lambda line: line.visit.get_state_display(), width=10),
    Column("enterprise", gettext_lazy("Enterprise"), lambda line: str(line.visit.enterprise), width=36),
    Column("credit_code", gettext_lazy("Unified social credit code"), _enterprise("credit_code"), width=22),
    Column("province", gettext_lazy("Province"), _named("province")),
    Column("city", gettext_lazy("City"), _enterprise("city")),
    Column("nature", gettext_lazy("Nature of unit"), _named("nature")),
    Column("industry", gettext_lazy("Industry"), _named("industry"), width=24),
    Column("staff", gettext_lazy("Number of staff"), _enterprise("staff_count"), Kind.WHOLE, width=10),
    Column("first", gettext_lazy("First visit"), _fact("is_first"), Kind.YES, width=10),
    Column("alumni", gettext_lazy("Alumni enterprise"), _fact("is_alumni"), Kind.YES, width=10),
    Column("leader", gettext_lazy("Led by"), _of("leader", "name")),
    Column("leader_title", gettext_lazy("Leader's position"), _of("leader", "title"), width=20),
    Column("participants", gettext_lazy("Participants"), lambda line: line.companions, width=30),
    Column("college", gettext_lazy("College"), lambda line: line.colleges, width=20),
    Column("host", gettext_lazy("Received by"), _of("host", "name"), is_personal=True),
    Column("host_title", gettext_lazy("Host's position"), _of("host", "title"), is_personal=True, width=20),
    Column("contact", gettext_lazy("Contact"), lambda line: line.contact.get("name", ""), is_personal=True),
    Column("phone", gettext_lazy("Phone"), lambda line: line.contact.get("phone", ""), is_personal=True),
    Column("minutes", gettext_lazy("What was said"), lambda line: line.visit.minutes, width=40),
    Column("major_code", gettext_lazy("Major code"), _major_code, width=12),
    Column("major", gettext_lazy("Major"), _major, width=20),
    Column("level", pgettext_lazy("of study", "Level"), _level),
    Column("posts", gettext_lazy("Posts"), _number("posts"), Kind.WHOLE, width=8),
    Column("average_pay", gettext_lazy("Average pay"), _number("average_pay"), Kind.DECIMAL, width=10),
    Column("graduates", gettext_lazy("Graduates it means to take"), _number("graduates"), Kind.WHOLE, width=10),
    Column("post_pay", gettext_lazy("Starting pay"), _number("post_pay"), Kind.DECIMAL, width=10),
    Column("internships", gettext_lazy("Internships"), _number("internships"), Kind.WHOLE, width=8),
    Column("internship_pay", gettext_lazy("Internship pay"), _number("internship_pay"), Kind.DECIMAL, width=10),
    Column("base", gettext_lazy("Practice base built"), _base, Kind.YES, width=10),
    Column("agreement", gettext_lazy("Agreement"), lambda line: bool(line.agreements), Kind.YES, width=10),
    Column("campus", gettext_lazy("Recruits on campus"), _fact("recruits_on_campus"), Kind.YES, width=10),
    Column("result", gettext_lazy("Form of result"), lambda line: str(line.visit.result_form or ""), width=16),
    Column("intentions", gettext_lazy("Intentions"), lambda line: line.intentions, width=30),
    Column("feedback", gettext_lazy("Feedback on teaching"), lambda line: line.visit.feedback, width=40),
    Column("follow_ups", gettext_lazy("Follow-ups"), lambda line: line.follow_ups, width=40),
    Column("evidence", gettext_lazy("Evidence"), lambda line: line.evidence, width=30),
)  # fmt: skip


def cells(lines: Iterable[Line], columns: Sequence[Column]) -> list[list[Any]]:
    """As a sheet shows them."""
    return [[for_sheet(column.kind, column.of(line)) for column in columns] for line in lines]

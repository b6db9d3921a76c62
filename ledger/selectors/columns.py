"""The columns of the ledger, and those of the national data platform's table of visits (ODS_FQTGSJ)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from reports.selectors.ledger import Line

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class LedgerColumn:
    """A heading, what stands below it, and for the platform the name of its interface."""

    label: StrOrPromise
    of: Callable[[Line], Any]
    width: int = 14
    interface: str = ""

    @property
    def heading(self) -> str:
        return f"{self.label} ({self.interface})" if self.interface else str(self.label)


def _yes(value: object) -> str:
    return _("Yes") if value else _("No")


def _code(name: str) -> Callable[[Line], Any]:
    """Of the major; nothing where the line has none."""
    return lambda line: getattr(line.outcome.major, name) if line.outcome else ""


def _level(line: Line) -> str:
    return line.outcome.major.get_level_display() if line.outcome else ""


def _number(name: str) -> Callable[[Line], Any]:
    return lambda line: getattr(line.outcome, name) if line.outcome else None


def _of(person: str, name: str) -> Callable[[Line], Any]:
    """A field of a person of the line: leader, host or contact."""
    return lambda line: getattr(getattr(line, person), name, "")


def _only_if(name: str, then: Callable[[Line], Any]) -> Callable[[Line], Any]:
    """Only where the enterprise takes any."""
    return lambda line: then(line) if line.outcome and getattr(line.outcome, name) else ""


_c = LedgerColumn
LEDGER = (
    _c(gettext_lazy("No."), lambda line: line.number, 6),
    _c(gettext_lazy("Date"), lambda line: line.visit.starts_on, 12),
    _c(gettext_lazy("Direction"), lambda line: line.visit.get_direction_display()),
    _c(gettext_lazy("Medium"), lambda line: line.visit.get_medium_display()),
    _c(gettext_lazy("Enterprise"), lambda line: str(line.visit.enterprise), 36),
    _c(gettext_lazy("Unified social credit code"), lambda line: line.visit.enterprise.credit_code, 22),
    _c(gettext_lazy("Province"), lambda line: str(line.visit.enterprise.province or "")),
    _c(gettext_lazy("City"), lambda line: line.visit.enterprise.city),
    _c(gettext_lazy("Nature of unit"), lambda line: str(line.visit.enterprise.nature or "")),
    _c(gettext_lazy("Industry"), lambda line: str(line.visit.enterprise.industry or ""), 24),
    _c(gettext_lazy("Number of staff"), lambda line: line.visit.enterprise.staff_count, 10),
    _c(gettext_lazy("First visit"), lambda line: _yes(line.visit.is_first), 10),  # type: ignore[attr-defined]
    _c(gettext_lazy("Alumni enterprise"), lambda line: _yes(line.visit.enterprise.has_flag("alumni")), 10),
    _c(gettext_lazy("Led by"), _of("leader", "name")),
    _c(gettext_lazy("Leader's position"), _of("leader", "title"), 20),
    _c(gettext_lazy("Participants"), lambda line: line.companions, 30),
    _c(gettext_lazy("College"), lambda line: str(line.outcome.major.college) if line.outcome else "", 20),
    _c(gettext_lazy("Received by"), _of("host", "name")),
    _c(gettext_lazy("Host's position"), _of("host", "title"), 20),
    _c(gettext_lazy("Contact"), _of("contact", "name")),
    _c(gettext_lazy("Phone"), _of("contact", "phone")),
    _c(gettext_lazy("What was said"), lambda line: line.visit.minutes, 40),
    _c(gettext_lazy("Major code"), _code("code"), 12),
    _c(gettext_lazy("Major"), lambda line: str(line.outcome.major) if line.outcome else "", 20),
    _c(pgettext_lazy("of study", "Level"), _level),
    _c(gettext_lazy("Posts"), _number("posts"), 8),
    _c(gettext_lazy("Starting pay"), _number("post_pay"), 10),
    _c(gettext_lazy("Internships"), _number("internships"), 8),
    _c(gettext_lazy("Internship pay"), _number("internship_pay"), 10),
    _c(gettext_lazy("Practice base built"), lambda line: _yes(any(a.kind.makes_base for a in line.agreements)), 10),
    _c(gettext_lazy("Agreement"), lambda line: _yes(line.agreements), 10),
    _c(gettext_lazy("Recruits on campus"), lambda line: _yes(line.recruits_on_campus), 10),
    _c(gettext_lazy("Intentions"), lambda line: line.intentions, 30),
    _c(gettext_lazy("Feedback on teaching"), lambda line: line.visit.feedback, 40),
    _c(gettext_lazy("Follow-ups"), lambda line: line.follow_ups, 40),
    _c(gettext_lazy("Evidence"), lambda line: line.evidence, 30),
)


def _record_id(line: Line) -> str:
    """The same for the same visit and major in every file, so that a second import changes the row."""
    return f"{line.visit.pk}-{line.outcome.major.code if line.outcome else '0'}"


def _result(line: Line) -> str:
    first = next(iter(line.visit.intentions.all()), None)
    return first.get_kind_display() if first else ""


PLATFORM = (
    _c(gettext_lazy("Unique record id"), _record_id, 16, "zjsjwyxbs"),
    _c(gettext_lazy("School code"), lambda line: "", 12, "xxdm"),
    _c(gettext_lazy("Visited enterprise"), lambda line: line.visit.enterprise.legal_name, 36, "zfqymc"),
    _c(gettext_lazy("Unified social credit code"), lambda line: line.visit.enterprise.credit_code, 22, "zfqydm"),
    _c(gettext_lazy("Major wanted: code"), _code("code"), 12, "xqzydm"),
    _c(gettext_lazy("Major wanted: name"), _code("name_zh"), 20, "xqzymc"),
    _c(gettext_lazy("Major wanted: level"), _level, 12, "xqzycc"),
    _c(gettext_lazy("Posts that can be offered"), _number("posts"), 8, "ktggws"),
    _c(gettext_lazy("Average pay, yuan"), _number("post_pay"), 10, "pjxc"),
    _c(gettext_lazy("Led by"), _of("leader", "name"), 14, "qtbfr"),
    _c(gettext_lazy("Leader's position"), _of("leader", "title"), 20, "zw"),
    _c(
        gettext_lazy("Date of the visit"),
        lambda line: f"{line.visit.starts_on:%Y%m%d}" if line.visit.starts_on else "",
        12,
        "bfsj",
    ),
    _c(gettext_lazy("Received by"), _of("host", "name"), 14, "qyjdr"),
    _c(gettext_lazy("Host's position"), _of("host", "title"), 20, "jdrzw"),
    _c(gettext_lazy("Main form of result"), _result, 16, "ftzyxs"),
    _c(gettext_lazy("Interns accepted: major code"), _only_if("internships", _code("code")), 12, "jssxszydm"),
    _c(gettext_lazy("Interns accepted: major"), _only_if("internships", _code("name_zh")), 20, "jssxszymc"),
    _c(gettext_lazy("Interns accepted: level"), _only_if("internships", _level), 12, "jssxszycc"),
    _c(gettext_lazy("Interns accepted: number"), _number("internships"), 8, "jssxszyrs"),
    _c(gettext_lazy("Internship pay, yuan"), _number("internship_pay"), 10, "jssxszybc"),
    _c(gettext_lazy("Graduates accepted: major code"), _only_if("posts", _code("code")), 12, "jsxsjyzydm"),
    _c(gettext_lazy("Graduates accepted: major"), _only_if("posts", _code("name_zh")), 20, "jsxsjyzymc"),
    _c(gettext_lazy("Graduates accepted: level"), _only_if("posts", _level), 12, "jsxsjyzycc"),
    _c(gettext_lazy("Graduates accepted: number"), _number("posts"), 8, "jsxsjyrs"),
    _c(gettext_lazy("Starting pay line, yuan a month"), _number("post_pay"), 10, "jsxsjyqxx"),
    _c(gettext_lazy("Other intended cooperation"), lambda line: line.intentions[:200], 30, "qtdcyxhz"),
    _c(gettext_lazy("Time of collection"), lambda line: f"{line.on:%Y%m%d}", 12, "sjcjsj"),
)

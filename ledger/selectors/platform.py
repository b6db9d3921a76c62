"""The table of visits of the national data platform (访企拓岗数据, ODS_FQTGSJ): its 27 columns, in its order.

Dates are YYYYMMDD and codes are text. What the platform calls names and codes are those of its dictionaries, so the
headings and the names of majors are Chinese whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.selectors import school
from ledger.models.platform import LevelCode
from ledger.selectors.lines import Line

TABLE = "ODS_FQTGSJ"
LONGEST_COOPERATION = 200


@dataclass(frozen=True)
class Dictionaries:
    """What a row takes from beside the visit: the code of the school, and ZYCCDM, the codes of levels; two queries."""

    school_code: str
    levels: dict[str, str]

    @classmethod
    def read(cls) -> Dictionaries:
        return cls(school().code, dict(LevelCode.objects.values_list("level", "code")))

    def level(self, line: Line) -> str:
        return self.levels.get(line.outcome.major.level, "") if line.outcome else ""


@dataclass(frozen=True)
class PlatformColumn:
    """A column: the heading of the platform's form, the name of its interface, and what stands below."""

    zh: str
    interface: str
    of: Callable[[Line, Dictionaries], Any]
    width: int = 14

    @property
    def heading(self) -> str:
        return f"{self.zh} ({self.interface})"


def _outcome(name: str) -> Callable[[Line, Dictionaries], Any]:
    return lambda line, words: getattr(line.outcome, name) if line.outcome else None


def graduates(line: Line) -> int | None:
    """How many graduates it means to take; where nobody asked beyond the posts offered, those."""
    if line.outcome is None:
        return None
    return line.outcome.posts if line.outcome.graduates is None else line.outcome.graduates


def _major(name: str, takes: Callable[[Line], int | None] | None = None) -> Callable[[Line, Dictionaries], str]:
    """Of the major; of interns and graduates only where the enterprise takes any."""

    def of(line: Line, words: Dictionaries) -> str:
        if line.outcome is None or (takes is not None and not takes(line)):
            return ""
        return words.level(line) if name == "level" else str(getattr(line.outcome.major, name))

    return of


def _interns(line: Line) -> int | None:
    return line.outcome.internships if line.outcome else None


def _person(who: str, name: str) -> Callable[[Line, Dictionaries], str]:
    return lambda line, words: getattr(getattr(line, who), name, "")


def compact(day: date | None) -> str:
    """YYYYMMDD, as the platform writes days."""
    return f"{day:%Y%m%d}" if day else ""


def cooperation(line: Line) -> str:
    return "；".join(row["name"] for row in line.visit.intention_rows)  # type: ignore[attr-defined]


def _result(line: Line, words: Dictionaries) -> str:
    return line.visit.result_form.code if line.visit.result_form else ""


_p = PlatformColumn
COLUMNS = (
    _p("数据唯一性标识", "zjsjwyxbs", lambda line, words: "", 20),  # given by ledger.services.records
    _p("学校代码", "xxdm", lambda line, words: words.school_code, 12),
    _p("走访企业名称", "zfqymc", lambda line, words: line.visit.enterprise.legal_name, 36),
    _p("走访企业统一社会信用代码", "zfqydm", lambda line, words: line.visit.enterprise.credit_code, 22),
    _p("需求专业代码", "xqzydm", _major("code"), 12),
    _p("需求专业名称", "xqzymc", _major("name_zh"), 20),
    _p("需求专业层次", "xqzycc", _major("level"), 12),
    _p("可提供岗位数", "ktggws", _outcome("posts"), 10),
    _p("平均薪酬（元）", "pjxc", _outcome("average_pay"), 10),
    _p("牵头拜访人", "qtbfr", _person("leader", "name")),
    _p("职务", "zw", _person("leader", "title"), 20),
    _p("拜访时间", "bfsj", lambda line, words: compact(line.visit.starts_on), 12),
    _p("企业接待人姓名", "qyjdr", _person("host", "name")),
    _p("接待人职务", "jdrzw", _person("host", "title"), 20),
    _p("访谈成果主要形式", "ftzyxs", _result, 16),
    _p("接受实习生专业代码", "jssxszydm", _major("code", _interns), 12),
    _p("接受实习生专业名称", "jssxszymc", _major("name_zh", _interns), 20),
    _p("接受实习生专业层次", "jssxszycc", _major("level", _interns), 12),
    _p("接受实习生人数", "jssxszyrs", _outcome("internships"), 10),
    _p("接受实习报酬（元）", "jssxszybc", _outcome("internship_pay"), 10),
    _p("接受学生就业专业代码", "jsxsjyzydm", _major("code", graduates), 12),
    _p("接受学生就业专业名称", "jsxsjyzymc", _major("name_zh", graduates), 20),
    _p("接受学生就业专业层次", "jsxsjyzycc", _major("level", graduates), 12),
    _p("接受学生就业人数", "jsxsjyrs", lambda line, words: graduates(line), 10),
    _p("接受学生就业起薪线（元/月）", "jsxsjyqxx", _outcome("post_pay"), 10),
    _p("其他达成意向的合作", "qtdcyxhz", lambda line, words: cooperation(line)[:LONGEST_COOPERATION], 30),
    _p("数据采集时间", "sjcjsj", lambda line, words: compact(line.on), 12),
)  # fmt: skip
COLLECTED = len(COLUMNS) - 1  # changes with every file, so it tells nothing about a change of the row


def row_of(line: Line, words: Dictionaries, record_id: str = "") -> list[Any]:
    """The 27 cells of a line; codes are text, numbers whole."""
    return [record_id, *(column.of(line, words) for column in COLUMNS[1:])]


def told(row: list[Any]) -> list[Any]:
    """What of a row can differ from what the platform has: all but its id and the day it was collected."""
    return row[1:COLLECTED]

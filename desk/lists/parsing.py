"""A row of a list of postings as values of the portal: every cell understood, or said to be wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from accounts.choices import Level
from desk.lists.problems import is_error
from imports import cells
from imports.lookups import Lookups, of_choices
from imports.parsing import Parsed, RowParser
from imports.problems import problem
from imports.reader import Cell
from partnerships import credit_code
from partnerships.models.enterprises import Enterprise
from placements.choices import PayPeriod, PostingKind
from placements.models.postings import Posting

KIND_WORDS = {
    PostingKind.INTERNSHIP: ("实习", "顶岗实习", "岗位实习", "见习", "实习岗", "intern"),
    PostingKind.JOB: ("全职", "正式", "就业", "招聘", "社招", "full-time", "full time"),
    PostingKind.CAMPUS: ("校招", "校园招聘", "应届生", "应届", "campus"),
}
LEVEL_WORDS = {
    Level.DIPLOMA: ("大专", "专科", "高职", "大专及以上", "专科及以上", "大专以上", "高职高专"),
    Level.BACHELOR: ("本科", "本科及以上", "本科以上", "学士"),
    Level.MASTER: ("硕士", "硕士及以上", "研究生", "硕士研究生"),
    Level.DOCTOR: ("博士", "博士研究生"),
}
PERIOD_WORDS = {
    PayPeriod.HOUR: ("时", "小时", "每小时", "时薪", "元/小时", "hour"),
    PayPeriod.DAY: ("天", "日", "每天", "日薪", "元/天", "day"),
    PayPeriod.MONTH: ("月", "每月", "月薪", "元/月", "month"),
    PayPeriod.YEAR: ("年", "每年", "年薪", "元/年", "year"),
}
RANGES = {
    "headcount": (1, 10_000),
    "class_of": (1990, 2100),
    "days_a_week": (1, 7),
    "pay_min": (0, 1_000_000),
    "pay_max": (0, 1_000_000),
}
LONGEST = {
    name: int(getattr(Posting._meta.get_field(name), "max_length", 0) or 0)
    for name in ("title", "title_en", "city", "address")
}
LONGEST |= {"legal_name": int(Enterprise._meta.get_field("legal_name").max_length or 0), "description": 5000}
MOST_SKILLS, LONGEST_SKILL = 20, 60
NEEDED = ("legal_name", "title", "description", "closes_on")
_NO_LIMIT = ("不限", "无", "any")
_ANY_MAJOR = ("专业不限", "不限专业")
_SPAN = re.compile(
    r"(?P<low>[\d.]+)\s*(?P<scale>[kKwW千万]?)\s*(?:-|~|—|–|至|到)\s*(?P<high>[\d.]+\s*(?P<last>[kKwW千万]?).*)"
)


class PostingParser(RowParser):
    """Understands the cells of one list of postings."""

    longest = LONGEST

    def __init__(self, columns: Mapping[int, str], lookups: Lookups, *, today: date) -> None:
        super().__init__(columns)
        self.today = today
        self.words = {
            "kind": of_choices(PostingKind, KIND_WORDS),
            "level": of_choices(Level, LEVEL_WORDS),
            "pay_period": of_choices(PayPeriod, PERIOD_WORDS),
            "province": lookups.words["province"],
            "majors": lookups.words["majors"],
        }
        self.special = {
            "credit_code": self._code,
            "majors": self._several,
            "skills": self._skills,
            "description": self._paragraph,
            "pay_min": self._pay,
            **dict.fromkeys(("kind", "level", "pay_period", "province"), self._one_of),
            **dict.fromkeys(("headcount", "class_of", "days_a_week", "pay_max"), self._number),
            **dict.fromkeys(("starts_on", "ends_on", "closes_on", "answer_by"), self._day),
        }

    def _code(self, parsed: Parsed, key: str, cell: Cell) -> None:
        """Any code that was not lost: it only finds a file that is there."""
        if cells.digits_were_lost(cell):
            parsed.problems.append(problem(key, "digits_lost", cell))
        else:
            parsed.values[key] = credit_code.normalise(cells.text_of(cell))

    def _number(self, parsed: Parsed, key: str, cell: Cell) -> None:
        text = cells.text_of(cell)
        if key == "class_of":
            text = text.removesuffix("届").removesuffix("级")
        number = self._understood(parsed, key, cell, cells.number_of(text))
        if isinstance(number, int):
            least, most = RANGES[key]
            if least <= number <= most:
                parsed.values[key] = number
            else:
                parsed.problems.append(problem(key, "out_of_range", cell, f"{least}–{most}"))

    def _pay(self, parsed: Parsed, key: str, cell: Cell) -> None:
        """One number or both ends in one cell: 4000-6000, 4-6k."""
        span = _SPAN.fullmatch(cells.text_of(cell))
        if span is None:
            self._number(parsed, key, cell)
            return
        self._number(parsed, "pay_min", span["low"] + (span["scale"] or span["last"]))
        if "pay_max" not in self.columns.values():
            self._number(parsed, "pay_max", span["high"])

    def _meaning(self, parsed: Parsed, key: str, word: str) -> object | None:
        """Who says that anything will do names nothing."""
        if word.lower() in _NO_LIMIT or (key == "majors" and word.lower() in _ANY_MAJOR):
            return None
        return super()._meaning(parsed, key, word)

    def _unclear(self, key: str, found: set[object]) -> str:
        return "unknown_major" if key == "majors" else super()._unclear(key, found)

    def _skills(self, parsed: Parsed, key: str, cell: Cell) -> None:
        skills = cells.listed(cell)
        if any(len(skill) > LONGEST_SKILL for skill in skills):
            parsed.problems.append(problem(key, "too_long", cell, LONGEST_SKILL))
        else:
            parsed.values[key] = skills[:MOST_SKILLS]

    def _settle(self, parsed: Parsed) -> None:
        values, problems = parsed.values, parsed.problems
        wrong = {found["field"] for found in problems if is_error(found)}
        problems += [problem(key, "missing") for key in NEEDED if key not in values and key not in wrong]
        if "headcount" not in values and "headcount" not in wrong:
            values["headcount"] = 1
            problems[:] = [found for found in problems if found["field"] != "headcount"]
            problems.append(problem("headcount", "one_place"))
        if "kind" not in values and "kind" not in wrong and "title" in values:
            kind = PostingKind.INTERNSHIP if "实习" in values["title"] else PostingKind.JOB
            values["kind"] = kind.value
            problems.append(problem("kind", "kind_guessed", "", kind.value))
        self._in_order(parsed)

    def _in_order(self, parsed: Parsed) -> None:
        values, problems = parsed.values, parsed.problems
        closes = values.get("closes_on")
        if closes and closes < self.today.isoformat():
            problems.append(problem("closes_on", "over", closes))
        for first, last in (("closes_on", "answer_by"), ("starts_on", "ends_on")):
            if first in values and last in values and values[last] < values[first]:
                problems.append(problem(last, "before", values[last], values[first]))
        if values.get("pay_max") is not None and values["pay_max"] < values.get("pay_min", 0):
            problems.append(problem("pay_max", "below", values["pay_max"]))

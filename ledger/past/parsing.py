"""A row of a ledger as values of the portal: every cell understood, or said to be wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models.school import College
from imports import cells
from imports.lookups import Lookups, WordList, of_choices, plain
from imports.parsing import Parsed
from imports.problems import problem
from imports.reader import Cell
from ledger.past.columns import LABELS
from ledger.past.problems import is_error
from partnerships import credit_code
from partnerships.models.enterprises import Enterprise
from visits.choices import Direction, Medium
from visits.models.campaigns import Campaign
from visits.models.results import Intention
from visits.models.visits import Participant, ResultForm, Visit

DIRECTION_WORDS = {
    Direction.OUTGOING: ("走出去", "外出走访", "外出", "实地走访", "走访"),
    Direction.INCOMING: ("请进来", "来访", "来校", "企业来访", "企业进校园", "接待"),
}
MEDIUM_WORDS = {
    Medium.ON_SITE: ("实地", "实地走访", "现场", "线下", "面对面"),
    Medium.ONLINE: ("线上", "线上交流", "线上视频会议", "视频会议", "云走访", "网络", "电话", "腾讯会议"),
}
NUMBERS = ("posts", "average_pay", "graduates", "post_pay", "internships", "internship_pay")
TEXTS = {"minutes": 10_000, "feedback": 5_000}
LINES: dict[str, int] = {
    "legal_name": Enterprise._meta.get_field("legal_name").max_length or 0,
    "city": Enterprise._meta.get_field("city").max_length or 0,
    "place": Visit._meta.get_field("place").max_length or 0,
    "leader_title": Participant._meta.get_field("title").max_length or 0,
    "host": Participant._meta.get_field("name").max_length or 0,
    "host_title": Participant._meta.get_field("title").max_length or 0,
}
LONGEST_NAME = Participant._meta.get_field("name").max_length or 0
LONGEST_INTENTION = Intention._meta.get_field("name").max_length or 0
MOST_NUMBER = 1_000_000
# 张三(副校长): a name with its position; 软件技术5人: a major with a number of its own.
_NAME_WITH_TITLE = re.compile(r"(?P<name>[^()]+?)\s*\((?P<title>[^()]*)\)")
_MAJOR_WITH_NUMBER = re.compile(r"(?P<name>.*?[^\d\s(:])\s*[(:]?\s*(?P<number>\d+)\s*[人名个]\s*\)?")


def _named(entries: Iterable[Any]) -> WordList:
    words = WordList()
    for entry in entries:
        own = [entry.code] if hasattr(entry, "code") else []
        names = [getattr(entry, name) for name in ("name", "name_zh", "name_en") if getattr(entry, name, "")]
        words.add(entry.pk, own, names=names)
    return words


class VisitParser:
    """Understands the cells of one ledger; `columns` says which field each column holds."""

    def __init__(self, columns: Mapping[int, str], lookups: Lookups, *, today: date) -> None:
        self.columns, self.lookups, self.today = columns, lookups, today
        self.words: dict[str, WordList] = {
            "direction": of_choices(Direction, DIRECTION_WORDS),
            "medium": of_choices(Medium, MEDIUM_WORDS),
            "campaigns": _named(Campaign.objects.all()),
            "colleges": _named(College.objects.all()),
            "result_form": _named(ResultForm.objects.all()),
            "province": lookups.words["province"],
        }
        self._special: dict[str, Callable[[Parsed, str, Cell], None]] = {
            "day": self._day,
            "credit_code": self._code,
            "majors": self._majors,
            "intentions": self._intentions,
            **dict.fromkeys(("leader", "companions"), self._people),
            **dict.fromkeys(("campaigns", "colleges"), self._several),
            **dict.fromkeys(("direction", "medium", "result_form", "province"), self._one_of),
            **dict.fromkeys(NUMBERS, self._number),
            **dict.fromkeys(TEXTS, self._long_text),
        }

    def cells_of(self, row: Sequence[Cell]) -> dict[str, Cell]:
        """The cells that hold anything, by field."""
        found = {key: row[column] for column, key in self.columns.items() if column < len(row)}
        return {key: cell for key, cell in found.items() if cells.text_of(cell)}

    def parse(self, row: Sequence[Cell]) -> Parsed:
        parsed = Parsed()
        for key, cell in self.cells_of(row).items():
            self._special.get(key, self._line)(parsed, key, cell)
        _settle(parsed)
        return parsed

    def _line(self, parsed: Parsed, key: str, cell: Cell) -> None:
        text, most = cells.text_of(cell), LINES[key]
        if len(text) > most:
            parsed.problems.append(problem(key, "too_long" if key == "legal_name" else "cut", text, most))
        parsed.values[key] = text[:most]

    def _long_text(self, parsed: Parsed, key: str, cell: Cell) -> None:
        text, most = cells.paragraph_of(cell), TEXTS[key]
        if len(text) > most:
            parsed.problems.append(problem(key, "cut", "", most))
        parsed.values[key] = text[:most]

    def _day(self, parsed: Parsed, key: str, cell: Cell) -> None:
        found = cells.day_of(cell)
        if found.error or found.note:
            parsed.problems.append(problem(key, found.error or found.note, cell))
        if isinstance(found.value, date):
            parsed.values[key] = found.value.isoformat()
            if found.value > self.today:
                parsed.problems.append(problem(key, "ahead", found.value.isoformat()))

    def _code(self, parsed: Parsed, key: str, cell: Cell) -> None:
        code = credit_code.normalise(cells.text_of(cell))
        if cells.digits_were_lost(cell):
            parsed.problems.append(problem(key, "digits_lost", cell))
        elif credit_code.is_valid(code):
            parsed.values[key] = code
        else:
            parsed.problems.append(problem(key, "code_fails", code))

    def _number(self, parsed: Parsed, key: str, cell: Cell) -> None:
        found = cells.number_of(cell)
        if found.error or found.note:
            parsed.problems.append(problem(key, found.error or found.note, cell))
        if isinstance(found.value, int):
            if found.value > MOST_NUMBER:
                parsed.problems.append(problem(key, "not_number", cell))
            else:
                parsed.values[key] = found.value

    def _one_of(self, parsed: Parsed, key: str, cell: Cell) -> None:
        """What is not known is left out: a ledger is about the visit, not about its words."""
        text = cells.text_of(cell)
        found = self.words[key].find(text)
        if key == "province" and not found and (both := self.lookups.province_and_city(text)):
            parsed.values.setdefault("city", both[1])
            found = {both[0]}
        if len(found) == 1:
            parsed.values[key] = next(iter(found))
        else:
            parsed.problems.append(problem(key, "left_out", text))

    def _several(self, parsed: Parsed, key: str, cell: Cell) -> None:
        known: list[object] = []
        for word in cells.listed(cell):
            found = self.words[key].find(word)
            known += found if len(found) == 1 else []
            if len(found) != 1:
                parsed.problems.append(problem(key, "left_out", word))
        if known:
            parsed.values[key] = list(dict.fromkeys(known))

    def _people(self, parsed: Parsed, key: str, cell: Cell) -> None:
        """Names with what stands behind them in brackets; accounts of the staff where exactly one is called so."""
        people = []
        for said in cells.listed(cell):
            match = _NAME_WITH_TITLE.fullmatch(said)
            name, title = (match["name"], match["title"]) if match else (said, "")
            found = self.lookups.words["owner"].meanings.get(plain(name), set())
            if len(found) != 1:
                parsed.problems.append(problem(key, "two_people" if found else "not_staff", name))
            user = next(iter(found)) if len(found) == 1 else None
            people.append({"user": user, "name": name[:LONGEST_NAME], "title": title[: LINES["leader_title"]]})
        if people:
            parsed.values[key] = people

    def _majors(self, parsed: Parsed, key: str, cell: Cell) -> None:
        """Several majors in one cell, each perhaps with its own number: 软件技术5人、动漫设计3人."""
        offers: list[dict[str, Any]] = []
        unknown: list[str] = []
        for said in cells.listed(cell):
            match = _MAJOR_WITH_NUMBER.fullmatch(said)
            name, number = (match["name"], int(match["number"])) if match else (said, None)
            found = self.lookups.words["majors"].find(name)
            if len(found) == 1:
                offers.append({"major": next(iter(found)), "posts": number})
            else:
                unknown.append(said)
                parsed.problems.append(problem(key, "unknown_major", said))
        parsed.values["offers"] = list({offer["major"]: offer for offer in reversed(offers)}.values())[::-1]
        parsed.values["unknown_majors"] = unknown

    def _intentions(self, parsed: Parsed, key: str, cell: Cell) -> None:
        names = [name[:LONGEST_INTENTION] for name in cells.listed(cell)]
        if names:
            parsed.values[key] = names


def _settle(parsed: Parsed) -> None:
    """What follows from several cells together: numbers belong to majors, who is asked for must be there."""
    values, wrong = parsed.values, {found["field"] for found in parsed.problems if is_error(found)}
    for key, code in (("legal_name", "no_enterprise"), ("day", "no_day")):
        if key not in values and key not in wrong:
            parsed.problems.append(problem(key, code))
    if "leader" not in values:
        parsed.problems.append(problem("leader", "no_leader"))
    elif len(values["leader"]) > 1:
        values["companions"] = [*values["leader"][1:], *values.get("companions", [])]
        values["leader"] = values["leader"][:1]
    if "leader" in values and values.get("leader_title"):
        values["leader"][0]["title"] = values["leader"][0]["title"] or values["leader_title"]
    _settle_offers(parsed)


def _settle_offers(parsed: Parsed) -> None:
    """Pay counts for every major; a number for several of them is never divided and never counted twice."""
    values = parsed.values
    offers, unknown = values.pop("offers", []), values.pop("unknown_majors", [])
    numbers = {key: values.pop(key) for key in NUMBERS if key in values}
    lost = [_in_words("majors", name) for name in unknown]
    if offers:
        for key, number in numbers.items():
            _spread(parsed, offers, key, number)
        values["offers"] = offers
    elif numbers:
        parsed.problems.append(problem("majors", "no_major"))
        lost += [_in_words(key, number) for key, number in numbers.items()]
    if lost:
        said = [text[:LONGEST_INTENTION] for text in lost]
        values["intentions"] = list(dict.fromkeys([*values.get("intentions", []), *said]))


def _in_words(key: str, value: object) -> str:
    """What cannot be counted, as a text in the language of the school."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("%(what)s: %(value)s") % {"what": LABELS[key], "value": value}


def _spread(parsed: Parsed, offers: list[dict[str, Any]], key: str, number: int) -> None:
    if key.endswith("pay"):
        for offer in offers:
            offer[key] = number
        return
    if key == "posts" and any(offer["posts"] is not None for offer in offers):
        return  # each major says its own
    offers[0][key] = number
    if len(offers) > 1:
        parsed.problems.append(problem(key, "undivided", number))

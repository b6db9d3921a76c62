"""A row of a ledger as values of the portal: every cell understood, or said to be wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models.school import College
from imports import cells
from imports.lookups import Lookups, WordList, of_choices, plain
from imports.parsing import Parsed, RowParser
from imports.problems import problem
from imports.reader import Cell
from ledger.past.columns import LABELS
from ledger.past.problems import is_error
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


class VisitParser(RowParser):
    """Understands the cells of one ledger."""

    longest = LINES | TEXTS

    def __init__(self, columns: Mapping[int, str], lookups: Lookups, *, today: date) -> None:
        super().__init__(columns)
        self.lookups, self.today = lookups, today
        self.words = {
            "direction": of_choices(Direction, DIRECTION_WORDS),
            "medium": of_choices(Medium, MEDIUM_WORDS),
            "campaigns": _named(Campaign.objects.all()),
            "colleges": _named(College.objects.all()),
            "result_form": _named(ResultForm.objects.all()),
            "province": lookups.words["province"],
        }
        self.special = {
            "day": self._day,
            "credit_code": self._code,
            "majors": self._majors,
            "intentions": self._intentions,
            **dict.fromkeys(("leader", "companions"), self._people),
            **dict.fromkeys(("campaigns", "colleges"), self._several),
            **dict.fromkeys(("direction", "medium", "result_form"), self._one_of),
            "province": self._province,
            **dict.fromkeys(NUMBERS, self._number),
            **dict.fromkeys(TEXTS, self._paragraph),
        }

    def _keep(self, parsed: Parsed, key: str, text: str) -> None:
        """What does not fit is cut, and said; the name of an enterprise must fit."""
        most = self.longest[key]
        if len(text) > most:
            code = "too_long" if key == "legal_name" else "cut"
            parsed.problems.append(problem(key, code, "" if key in TEXTS else text, most))
        parsed.values[key] = text[:most]

    def _day(self, parsed: Parsed, key: str, cell: Cell) -> None:
        super()._day(parsed, key, cell)
        day = parsed.values.get(key, "")
        if day > self.today.isoformat():
            parsed.problems.append(problem(key, "ahead", day))

    def _number(self, parsed: Parsed, key: str, cell: Cell) -> None:
        number = self._understood(parsed, key, cell, cells.number_of(cell))
        if isinstance(number, int):
            if number > MOST_NUMBER:
                parsed.problems.append(problem(key, "not_number", cell))
            else:
                parsed.values[key] = number

    def _unclear(self, key: str, found: set[object]) -> str:
        """What is not known is left out: a ledger is about the visit, not about its words."""
        return "left_out"

    def _province(self, parsed: Parsed, key: str, cell: Cell) -> None:
        """A province; with the city behind it where the ledger has no other column for that."""
        text = cells.text_of(cell)
        if not self._find(key, text) and (both := self.lookups.province_and_city(text)):
            parsed.values[key] = both[0]
            parsed.values.setdefault("city", both[1])
        else:
            self._one_of(parsed, key, cell)

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

    def _settle(self, parsed: Parsed) -> None:
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

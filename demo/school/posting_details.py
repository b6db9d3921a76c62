"""What an opening says beside its text: how it is paid, where and when, and what those who apply bring and answer."""

from __future__ import annotations

from typing import Any

from accounts.choices import Language, LanguageLevel
from demo.school.world import Partner, World
from placements.choices import DocumentKind, PayPeriod, PostingKind, QuestionKind, WorkMode
from placements.services.posting_rows import LanguageRow, PostingRows, QuestionRow

SKILLS = {
    "56": ["Premiere", "DaVinci Resolve"],
    "55": ["Photoshop", "Blender"],
    "51": ["Python", "SQL"],
    "46": ["AutoCAD", "PLC"],
}
MODES = (WorkMode.ON_SITE, WorkMode.ON_SITE, WorkMode.HYBRID, WorkMode.ON_SITE, WorkMode.REMOTE)
QUESTIONS = (
    QuestionRow("您最早何时可以到岗？", "When can you begin at the earliest?"),
    QuestionRow("每周能到岗几天？", "How many days a week can you come?", QuestionKind.NUMBER),
    QuestionRow("是否接受项目期间出差？", "Would you travel during a project?", QuestionKind.YES_NO),
    QuestionRow(
        "更愿意做哪一类工作？",
        "Which work would you rather do?",
        QuestionKind.CHOICE,
        ("前期拍摄 Shooting", "后期制作 Post-production", "都可以 Either"),
        is_required=False,
    ),
)
LANGUAGES = ((), (LanguageRow(Language.ENGLISH, LanguageLevel.B1),), (), (LanguageRow(Language.JAPANESE, "a2"),))


def details(world: World, partner: Partner, major: str, kind: PostingKind, place: int) -> dict[str, Any]:
    """Fields of a posting of the sample school, different from one to the next."""
    is_internship = kind == PostingKind.INTERNSHIP
    contact = partner.contacts[0] if partner.contacts and place % 2 else None
    said: dict[str, Any] = {
        "skills": SKILLS.get(major[:2], ["Office"])[: 1 + place % 2],
        "mode": MODES[place % len(MODES)],
        "address": partner.record.address if place % 3 else "",
        "documents": [DocumentKind.RESUME, *([DocumentKind.PORTFOLIO] if major[:2] in ("55", "56") else [])],
        "contact": contact,
        "contact_shown": contact is not None and place % 4 == 1,
        "pay_months": None if is_internship or place % 3 else 13,
        "pay_negotiable": place % 6 == 5,
        "major_classes": [major[:2]] if place % 9 == 8 else [],
    }
    if is_internship:
        begins = world.day(30 + place % 40)
        said |= {"starts_on": begins, "ends_on": world.day(150 + place % 60), "days_a_week": 3 + place % 3}
    return said


def daily(pay: tuple[int, int]) -> dict[str, Any]:
    """A monthly pay as some enterprises say it, by the day."""
    low, high = (round(each / 21.75 / 10) * 10 for each in pay)
    return {"pay_min": low, "pay_max": high, "pay_period": PayPeriod.DAY}


def rows(place: int) -> PostingRows:
    """Questions at every third posting, a language at some."""
    asked = tuple(QUESTIONS[(place + n) % len(QUESTIONS)] for n in range(2)) if place % 3 == 0 else ()
    return PostingRows(asked, LANGUAGES[place % len(LANGUAGES)])

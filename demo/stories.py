"""The five stories: read from their files, told into an empty database."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from accounts import services
from accounts.choices import Role
from accounts.models.people import User
from demo.story_loaders import art_design, communities, sit, theatre, trip
from demo.story_loaders.telling import Story, Teller
from demo.words.campus import ACCOUNTS
from notifications.services.quietly import quiet
from partnerships.models.codes import Province
from partnerships.services.codes import load_codes

FOLDER = Path(__file__).parent / "stories"
LOADERS: dict[str, Callable[[Story, Teller], None]] = {
    "sit-2023": sit.load,
    "art-design-2023": art_design.load,
    "theatre-academy-2024": theatre.load,
    "nanchong-trip": trip.load,
    "nanchong-communities": communities.load,
}


def read(name: str) -> Story:
    """The facts of a story as its file has them."""
    story: Story = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return story


@transaction.atomic
def tell(name: str, *, password: str, now: datetime) -> None:
    """A small school of just that story, with accounts of the office to look at it."""
    story = read(name)
    load_codes()
    facts = story["school"]
    place = facts.get("province") or facts.get("city", "")
    province = Province.objects.filter(name_en=place).first()
    services.name_school(
        name_zh="",
        name_en=facts["name"],
        province_code=province.code if province else "",
        city=facts.get("city", ""),
    )
    officer = [_account(words.account, password) for words in ACCOUNTS if words.role != Role.COLLEGE][0]
    with quiet():
        LOADERS[name](story, Teller(by=officer, at=now))


def _account(name: str, password: str) -> User:
    words = next(words for words in ACCOUNTS if words.account == name)
    user = services.add_person(
        email=f"{name}@school.example",
        number=words.number,
        name=words.zh,
        name_en=words.en,
        title=words.title,
        title_en=words.title_en,
        password=password,
        is_demo=True,
        is_staff=words.role == Role.ADMIN,
    )
    services.grant_role(user, words.role, starts_on=date(2020, 9, 1))
    return user

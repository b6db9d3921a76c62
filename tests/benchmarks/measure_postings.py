"""How long the database is busy with a search of postings by two characters, as a student and as staff."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models.people import StudentProfile, User
from partnerships.models.enterprises import Enterprise
from placements.models.postings import Posting
from placements.selectors.postings import for_rows
from placements.selectors.search import Search, find_postings

MOST_MILLISECONDS = 50
SEARCHES = 200
PER_PAGE = 25
FILTERS: list[dict[str, Any]] = [{}, {}, {}, {"kind": "internship"}, {"mine": True}, {"pay_from": "5000"}]


@contextmanager
def in_the_database() -> Iterator[list[float]]:
    """Milliseconds between asking and the answer, of each query."""
    took: list[float] = []

    def timed(execute: Any, *asked: Any) -> Any:
        begun = perf_counter()
        try:
            return execute(*asked)
        finally:
            took.append((perf_counter() - begun) * 1e3)

    with connection.execute_wrapper(timed):
        yield took


def two_characters(chance: random.Random) -> Iterator[str]:
    """Any two that stand beside each other in a title, a text, a name or a place."""
    postings = Posting.objects.order_by("pk").values_list("title", "description", "city", "enterprise")
    count = Posting.objects.count()
    for _ in range(SEARCHES):
        title, text, city, enterprise = postings[chance.randrange(count)]
        name = Enterprise.objects.get(pk=enterprise).legal_name
        source = chance.choice([title, title, text, city, name])
        place = chance.randrange(max(1, len(source) - 1))
        yield source[place : place + 2].strip("。，")


def report() -> None:
    profile = StudentProfile.objects.select_related("user", "major").get()
    officer = User.objects.order_by("pk").exclude(pk=profile.user_id)[0]
    words = list(two_characters(random.Random(3)))  # noqa: S311 - the same words every time
    print(
        f"\n{Posting.objects.count():,} postings; {SEARCHES} searches by two characters; milliseconds in the database"
    )
    for name, person, of in (("student", profile.user, profile), ("staff", officer, None)):
        times = sorted(_times(person, of, words))
        ninety_fifth = quantiles(times, n=20)[-1]
        late = " !" if ninety_fifth > MOST_MILLISECONDS else ""
        print(f"{name:<10} median {median(times):6.1f}   95th of 100 {ninety_fifth:6.1f}{late}   most {times[-1]:6.1f}")


def _times(person: User, profile: StudentProfile | None, words: list[str]) -> Iterator[float]:
    chance = random.Random(4)  # noqa: S311
    for word in words:
        chosen = {"find": word, **chance.choice(FILTERS)}
        if profile is None:
            chosen.pop("mine", None)
        search = Search(person, chosen, timezone.localdate(), profile)
        with in_the_database() as took:
            found = find_postings(search)
            list(for_rows(search.everything, person).filter(pk__in=found.keys[:PER_PAGE]))
        yield sum(took)

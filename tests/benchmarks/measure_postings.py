"""How long the database is busy with a search of postings by two characters, as a student and as staff."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from time import perf_counter
from typing import Any, NamedTuple

from django.db import connection

from accounts.models.people import StudentProfile, User
from partnerships.models.enterprises import Enterprise
from placements.models.postings import Posting
from placements.selectors.for_you import postings_for
from placements.selectors.postings import for_rows
from placements.selectors.search import Search, find_postings
from placements.selectors.search_words import query_of
from tests.benchmarks.fill import NOW
from tests.benchmarks.measure import of_the_database

MOST_MILLISECONDS = 50
MOST_FOR_YOU = 100
SEARCHES = 240
TIMES = 5
PER_PAGE = 25
FREQUENT, RARE = 0.05, 0.002  # of all postings
FILTERS: list[dict[str, Any]] = [{}, {}, {}, {"kind": "internship"}, {"mine": True}, {"pay_from": "5000"}]
TODAY = NOW.date()
PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}))")


class Took(NamedTuple):
    """Milliseconds of one query, or of all queries of a search."""

    waited: float  # between asking and the answer
    worked: float  # what PostgreSQL had of a processor


@contextmanager
def in_the_database() -> Iterator[list[Took]]:
    """How long each query took."""
    took: list[Took] = []

    def timed(execute: Any, *asked: Any) -> Any:
        begun, had = perf_counter(), of_the_database()
        try:
            return execute(*asked)
        finally:
            took.append(Took((perf_counter() - begun) * 1e3, of_the_database() - had))

    with connection.execute_wrapper(timed):
        yield took


def two_characters(chance: random.Random) -> list[str]:
    """Different ones that stand beside each other in a title, a text, a name or a place."""
    postings = Posting.objects.values_list("title", "description", "city", "enterprise")
    last, found = Posting.objects.latest("pk").pk, dict[str, None]()
    while len(found) < SEARCHES:
        title, text, city, enterprise = postings.get(pk=chance.randint(1, last))
        name = Enterprise.objects.get(pk=enterprise).legal_name
        if pairs := PAIR.findall(chance.choice([title, title, text, text, city, name])):
            found[chance.choice(pairs)] = None
    return list(found)


def report() -> list[str]:
    """Prints what was measured; what took longer than it may."""
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # helpers would not be counted
    profile = StudentProfile.objects.select_related("user", "major").get(user__number="S1")
    officer = User.objects.order_by("pk").exclude(pk=profile.user_id)[0]
    words = two_characters(random.Random(3))  # noqa: S311 - the same words every time
    late = []
    _say_what_is_searched(words)
    for name, person, of in (("student", profile.user, profile), ("staff", officer, None)):
        times = [_times(lambda search=search: _search(search)) for search in _searches(person, of, words)]
        late += _told(name, times, MOST_MILLISECONDS)
    late += _told("for you", [_times(lambda: postings_for(profile, on=TODAY))], MOST_FOR_YOU)
    return late


def _say_what_is_searched(words: list[str]) -> None:
    every = Posting.objects.count()
    parts = [Posting.objects.filter(search=query_of(word)).count() / every for word in words]
    frequent, rare = sum(part > FREQUENT for part in parts), sum(part < RARE for part in parts)
    print(f"\n{every:,} postings, {Posting.objects.open(TODAY).count():,} of them open; milliseconds in the database")
    print(
        f"{len(words)} searches by two characters, all different: {frequent} stand in more than {FREQUENT:.0%} of all"
    )
    print(f"postings, {rare} in fewer than {RARE:.1%}. Each is asked {TIMES} times; the best tells what the database")
    print("needs, whatever else runs on this machine, and is what must hold; the first is what it took at once.")


def _searches(person: User, profile: StudentProfile | None, words: list[str]) -> Iterator[Search]:
    chance = random.Random(4)  # noqa: S311
    for word in words:
        chosen = {"find": word, **chance.choice(FILTERS)}
        if profile is None:
            chosen.pop("mine", None)
        yield Search(person, chosen, TODAY, profile)


def _search(search: Search) -> None:
    found = find_postings(search)
    list(for_rows(search.everything, search.user).filter(pk__in=found.keys[:PER_PAGE]))  # type: ignore[arg-type]


def _times(act: Callable[[], object]) -> list[Took]:
    """Of all its queries together, each time that it is done."""
    took = []
    for _turn in range(TIMES):
        with in_the_database() as queries:
            act()
        took.append(Took(sum(query.waited for query in queries), sum(query.worked for query in queries)))
    return took


def _told(name: str, times: list[list[Took]], most: float) -> list[str]:
    shown = {
        "best": [min(took.waited for took in each) for each in times],
        "at once": [each[0].waited for each in times],
        "processor": [min(took.worked for took in each) for each in times],
    }
    for what, each in shown.items():
        print(f"{name:<8} {what:<10} median {median(each):6.1f}   95th {_late(each):6.1f}   most {max(each):6.1f}")
    if _late(shown["best"]) <= most:
        return []
    return [f"{name}: {_late(shown['best']):.1f} ms in the database at the 95th of 100, may be {most}"]


def _late(each: list[float]) -> float:
    return quantiles(each, n=20)[-1] if len(each) > 1 else each[0]

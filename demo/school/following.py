"""What students follow: the sample account everything there is, others an enterprise or a posting here and there."""

from __future__ import annotations

from datetime import timedelta

from accounts.models.people import User
from demo.school.world import World
from following.choices import Frequency
from following.services import follows, searches
from partnerships.models.enterprises import Enterprise
from placements.models.postings import Posting

OTHERS = 12
SEARCHES = (
    ("成都的实习", "find=成都&kind=internship", Frequency.AT_ONCE),
    ("For my major, best paid", "mine=on&sort=pay", Frequency.DAILY),
    ("剪辑与后期", "find=剪辑", Frequency.WEEKLY),
)


def build_following(world: World) -> None:
    account = world.profiles[0].user
    at = world.now - timedelta(days=20)
    for name, query, frequency in SEARCHES:
        searches.save_search(name=name, query=query, frequency=frequency, by=account, at=at)
    openings = list(Posting.objects.open(world.today).select_related("enterprise").order_by("closes_on", "pk"))
    free = [posting for posting in openings if not posting.applications.filter(student=account).exists()]
    announced = Posting.objects.announced(world.today).order_by("opens_on")
    for posting in [*free[:3], *announced[:1]]:
        follows.follow_posting(posting, by=account, at=at)
    for enterprise in _enterprises(openings)[:3]:
        follows.follow_enterprise(enterprise, by=account, at=at)
    _others(world, openings)


def _enterprises(openings: list[Posting]) -> list[Enterprise]:
    return list({posting.enterprise_id: posting.enterprise for posting in openings}.values())


def _others(world: World, openings: list[Posting]) -> None:
    """A few of the class, so that an enterprise is followed by more than one."""
    students: list[User] = [profile.user for profile in world.profiles[1 : OTHERS + 1]]
    for number, student in enumerate(students):
        posting = openings[number % len(openings)]
        follows.follow_posting(posting, by=student, at=world.now - timedelta(days=number + 2))
        follows.follow_enterprise(posting.enterprise, by=student, at=world.now - timedelta(days=number + 2))

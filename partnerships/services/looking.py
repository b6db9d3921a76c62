"""Having duplicates looked for now: the service stands above the task, since it rings it."""

from __future__ import annotations

from kombu.exceptions import OperationalError

from accounts.models.people import User
from partnerships import rules
from partnerships.tasks import find_suspects


def look_for_duplicates(*, by: User) -> bool:
    """Ring for the search; says whether the broker took it."""
    rules.can_merge(by).or_raise()
    try:
        find_suspects.delay()
    except OperationalError:
        return False
    return True

"""A rule about people, so that the engine is tested without any domain: a person's "day" is the day they joined."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from accounts.models.people import User
from notifications.choices import Matter
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms

SLUG = "tests.joined"


def words_of(user: User) -> Words:
    return {"where": user.name}


def joined(asked: Asked) -> Iterator[Occasion]:
    for user in asked.narrowed(User.objects.order_by("pk")).iterator(chunk_size=2000):
        on = timezone.localdate(user.joined_at)
        mark = asked.mark_of(on)
        if mark is not None:
            yield Occasion(
                subject_id=user.pk,
                on=on,
                mark=mark,
                people={"self": [user], "nobody": [None]},
                words=words_of,
                link="/profile/",
                because={"joined": str(on)},
            )


RULE = Rule(
    slug=SLUG,
    name="Somebody joined",
    about="Somebody joined the school.",
    matter=Matter.VISIT,
    template="notifications_test/visit.txt",
    terms=Terms(marks=(0, 3), until=10, audiences=("self",)),
    audiences={"self": "They themselves", "nobody": "Nobody"},
    find=joined,
)
RULES = (RULE,)

"""How soon people want to hear of what, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from accounts.models.people import User
from notifications.choices import Channel, Matter, Pace
from notifications.models.preferences import USUAL, ChatRobot, Preference

Paces = dict[tuple[int, str, Channel], Pace]


class _Usual(defaultdict[tuple[int, str, Channel], Pace]):
    """What nobody chose is as usual."""

    def __missing__(self, key: tuple[int, str, Channel]) -> Pace:
        return USUAL[key[2]]


def paces_of(users: Iterable[int]) -> Paces:
    """The pace of each person, matter and channel; where nothing was chosen, the usual one. One query."""
    rows = Preference.objects.filter(user__in=users).values_list("user", "matter", "channel", "pace")
    paces = _Usual()
    paces.update({(user, matter, Channel(channel)): Pace(pace) for user, matter, channel, pace in rows})
    return paces


def chosen(user: User) -> dict[tuple[Matter, Channel], Pace]:
    """The whole table of one person."""
    paces = paces_of([user.pk])
    return {(matter, channel): paces[user.pk, matter, channel] for matter in Matter for channel in Channel}


def robot(user: User) -> ChatRobot | None:
    return ChatRobot.objects.filter(user=user).first()


def language_of(user_id: int | None) -> str:
    """The language that a person of the school reads; nothing when there is no such person."""
    return User.objects.filter(pk=user_id).values_list("language", flat=True).first() or ""

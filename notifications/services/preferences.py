"""Choosing how soon one hears of what, and where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from notifications.chat import robot_of
from notifications.choices import Channel, Matter, Pace
from notifications.leaving import Leaving
from notifications.models.preferences import USUAL, ChatRobot, Preference, StoppedLetter


@transaction.atomic
def change_paces(user: User, wanted: Mapping[tuple[Matter, Channel], Pace]) -> None:
    """From now on the person hears of these matters by these channels at this pace."""
    for (matter, channel), pace in wanted.items():
        rows = Preference.objects.filter(user=user, matter=matter, channel=channel)
        if pace == USUAL[channel]:
            rows.delete()
        else:
            Preference.objects.update_or_create(user=user, matter=matter, channel=channel, defaults={"pace": pace})


def name_robot(user: User, address: str) -> None:
    """The chat robot that speaks to this person; an empty address takes it away. Raises RuleBroken."""
    address = address.strip()
    if not address:
        ChatRobot.objects.filter(user=user).delete()
    elif robot_of(address) is None:
        raise RuleBroken(_("This is not the address of a robot that the portal knows."), field="robot")
    else:
        ChatRobot.objects.update_or_create(user=user, defaults={"address": address, "error": ""})


def stop(leaving: Leaving, *, at: datetime) -> None:
    """No more mails about the matter; the inbox of a person of the school still has them. Twice is once."""
    if leaving.user_id is None:
        StoppedLetter.objects.get_or_create(address=leaving.address, matter=leaving.matter, defaults={"at": at})
        return
    Preference.objects.update_or_create(
        user_id=leaving.user_id, matter=leaving.matter, channel=Channel.EMAIL, defaults={"pace": Pace.OFF}
    )

"""Mentors of the sample school's enterprises, and the lectures that they gave."""

from __future__ import annotations

from demo.school.world import World
from demo.words.mentors import LECTURES
from programmes.services import mentors as services

LECTURES_HELD = 23


def build_mentors(world: World) -> None:
    """A mentor of each of twelve enterprises, and the lectures of this year."""
    mentors = []
    for place, name in enumerate(LECTURES):
        partner = world.partner(name)
        contact = partner.contacts[-1]
        appointed = world.day(-300 + 8 * place)
        mentors.append(
            services.appoint_mentor(
                partner.record,
                name=contact.name,
                title=contact.title,
                from_on=appointed,
                by=world.officer,
                at=world.at(appointed),
            )
        )
    partners = list(LECTURES)
    for place in range(LECTURES_HELD):
        held = world.day(-5 - 9 * place)
        services.record_appearance(
            mentors[place % len(mentors)],
            subject=LECTURES[partners[place % len(partners)]][place // len(partners)],
            held_on=held,
            by=world.officer,
            at=world.at(held, 17),
        )

"""Mentors of the sample school's enterprises, their terms, what they did on campus, and the plaques of the school."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from demo.school.world import World
from demo.words.enterprise_words import LINES
from demo.words.mentors import LECTURES
from partnerships.choices.programmes import AppearanceKind, MentorKind, ProgrammeKind
from partnerships.models.mentors import Mentor
from partnerships.models.programmes import Programme
from programmes.models import PlaqueCondition
from programmes.services import mentors as services
from programmes.services import plaques

LECTURES_HELD = 23
PAY = Decimal(300)  # yuan an hour


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
                contact=contact,
                expertise=LECTURES[name][0],
                majors=[world.majors[code] for code in LINES[partner.words.line].majors[:2]],
                kind=MentorKind.VISITING if place % 5 == 4 else MentorKind.INDUSTRY,
                from_on=appointed,
                to_on=date.fromordinal(appointed.toordinal() + (365 if place % 3 == 0 else 1095)),
                number=f"聘〔{appointed.year}〕{place + 1:03}号",
                pay_per_hour=PAY,
                by=world.officer,
                at=world.at(appointed),
            )
        )
    _lecture(world, mentors)


def _lecture(world: World, mentors: list[Mentor]) -> None:
    """What they did this year, each of them once or twice."""
    partners = list(LECTURES)
    for place in range(LECTURES_HELD):
        held = world.day(-5 - 9 * place)
        hours = Decimal(4 if place % 4 == 0 else 2)
        services.record_appearance(
            mentors[place % len(mentors)],
            subject=LECTURES[partners[place % len(partners)]][place // len(partners)],
            held_on=held,
            kind=AppearanceKind.PROJECT if place % 6 == 5 else AppearanceKind.LECTURE,
            hours=hours,
            audience=40 + 13 * (place % 7),
            place="学术报告厅" if place % 3 else "实训楼 204",
            pay=hours * PAY if place % 2 else None,
            paid_on=held if place % 4 == 1 else None,
            by=world.officer,
            at=world.at(held, 17),
        )


def build_plaques(world: World) -> None:
    """What the school asks before it awards a plaque, two that hang, and one that was taken down."""
    PlaqueCondition.objects.create(kind=ProgrammeKind.TRAINING_BASE, years=1, interns=5)
    PlaqueCondition.objects.create(kind=ProgrammeKind.INDUSTRY_COLLEGE, years=3)
    for place, programme in enumerate(Programme.objects.select_related("enterprise").order_by("pk")[:3]):
        awarded = world.day(-700 + 150 * place)
        plaque = plaques.award_plaque(
            awarded_to=programme.enterprise.legal_name,
            kind=ProgrammeKind(programme.kind),
            text=f"{programme.name}共建单位",
            enterprise=programme.enterprise,
            programme=programme,
            awarded_on=awarded,
            place="企业培训中心一层",
            by=world.officer,
            at=world.at(awarded),
        )
        if place == 0:
            down = world.day(-40)
            plaques.take_down(plaque, on=down, why="协议期满，未再续签", by=world.officer, at=world.at(down))

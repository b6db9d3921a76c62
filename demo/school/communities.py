"""A community of the sample school's industry: thirty units of a dozen provinces, and how their roles changed."""

from __future__ import annotations

from typing import Any

from accounts.models.school import School
from communities.services import communities, members
from demo.school.world import World
from demo.words.communities import DOCUMENT, INDUSTRY, LEFT, NAME, PARTNERS, PROMOTED, SECRETARIAT, UNITS, Unit
from partnerships.choices.programmes import CommunityLevel, MemberRole, MemberType
from partnerships.models.codes import Province
from partnerships.models.communities import Community, Membership

FOUNDED = -760


def build_communities(world: World) -> None:
    """The school presides since a year ago; one unit has left, and of two nobody knows since when they belong."""
    day = world.day(FOUNDED)
    community = communities.found_community(
        name=NAME, level=CommunityLevel.NATIONAL, industry=INDUSTRY, document=DOCUMENT, batch="第二批", founded_on=day,
        secretariat=SECRETARIAT, owner=world.officer, by=world.officer, at=world.at(day),
    )  # fmt: skip
    provinces = {province.code[:2]: province for province in Province.objects.all()}
    joined = {unit.name: _join(world, community, unit, provinces[unit.province]) for unit in UNITS}
    _our_school(world, community)
    _partners(world, community)
    for name, days, role in PROMOTED:
        on = world.day(days)
        members.change_role(joined[name], role=role, on=on, by=world.officer, at=world.at(on))
    name, days, why = LEFT
    on = world.day(days)
    members.leave(joined[name], on=on, why=why, by=world.officer, at=world.at(on))


def _join(world: World, community: Community, unit: Unit, province: Province) -> Membership:
    on = None if unit.joined is None else world.day(unit.joined)
    entry: dict[str, Any] = {"by": world.officer, "at": world.at(on or world.today)}
    member = members.join(
        community, organisation=unit.name, type=unit.type, role=unit.role, province=province, joined_on=on, **entry
    )
    members.represent(member, name=unit.speaker, from_on=on, **entry)
    return member


def _our_school(world: World, community: Community) -> None:
    school, on, later = School.objects.get(), world.day(FOUNDED), world.day(-365)
    member = members.join(
        community, organisation=school.name_zh, type=MemberType.SCHOOL, role=MemberRole.VICE_CHAIR,
        is_our_school=True, province=Province.objects.filter(code=school.province_code).first(), joined_on=on,
        by=world.officer, at=world.at(on),
    )  # fmt: skip
    entry: dict[str, Any] = {"by": world.officer, "at": world.at(later)}
    members.represent(member, name=world.leader.name, title=world.leader.title, from_on=on, **entry)
    members.change_role(member, role=MemberRole.CHAIR, on=later, **entry)


def _partners(world: World, community: Community) -> None:
    """Enterprises with a file, each spoken for by its first contact."""
    for place, partner in enumerate(world.partners[:PARTNERS]):
        on = world.day(FOUNDED + 30 * place)
        entry: dict[str, Any] = {"by": world.officer, "at": world.at(on)}
        role = MemberRole.LEADING_ENTERPRISE if place == 0 else MemberRole.COUNCIL
        member = members.join(
            community, organisation=partner.record.legal_name, type=MemberType.ENTERPRISE, role=role,
            enterprise=partner.record, joined_on=on, **entry,
        )  # fmt: skip
        if partner.contacts:
            person = partner.contacts[0]
            members.represent(member, contact=person, name=person.name, title=person.title, from_on=on, **entry)

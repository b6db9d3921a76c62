"""Organs, charters, meetings, what is shared and the three lists of the school's own community."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from communities.choices import OrganKind, RequestState, SeatRole
from communities.services import asking, charters, lists, meetings, organs, sharing
from core.pdf import render_pdf
from demo.school.world import World
from demo.words.community_work import CHARTERS, FORMER_SECRETARY, LISTS, MEETINGS, ORGANS, RESOURCES, WISHES
from partnerships.choices.programmes import MeetingRole
from partnerships.models.communities import Community, Membership, Resolution, SharedResource

TEMPLATES = Path(__file__).parent.parent / "papers"


def build_community_work(world: World) -> None:
    """A year of the audiovisual community."""
    community = Community.objects.get(name__contains="Audiovisual")
    members = list(community.memberships.present(world.today).order_by("pk"))
    _build_organs(world, community, members)
    _build_meetings(world, community)
    _build_charters(world, community)
    _build_sharing(world, community, members)
    _build_lists(world, community, members)


def _build_organs(world: World, community: Community, members: list[Membership]) -> None:
    began = world.day(-400)
    kept: dict[str, Any] = {"by": world.officer, "at": world.at(began)}
    for kind, name, people in ORGANS:
        organ = organs.found_organ(community, kind=kind, name=name, **kept)
        for place, (person, title, role) in enumerate(people):
            is_new = role == SeatRole.SECRETARY_GENERAL
            fields = {
                "name": person, "title": title, "role": role, "membership": members[place % len(members)],
                "from_on": world.day(-120) if is_new else began,
            }  # fmt: skip
            organs.take_seat(organ, fields=fields, **kept)
        if kind == OrganKind.SECRETARIAT:
            name, title = FORMER_SECRETARY
            fields = {"name": name, "title": title, "role": SeatRole.SECRETARY_GENERAL, "membership": members[0]}
            organs.take_seat(organ, fields={**fields, "from_on": began, "to_on": world.day(-121)}, **kept)


def _build_meetings(world: World, community: Community) -> None:
    """Nobody says how many came to these: the reported 96 organisations stay the last number stated."""
    for days, kind, name, place, votes in MEETINGS:
        held = world.day(days)
        kept: dict[str, Any] = {"by": world.officer, "at": world.at(held, 18)}
        meeting = meetings.hold_meeting(
            [community], name=name, kind=kind, held_on=held, place=place,
            people=[(MeetingRole.CHAIR, "何卫东", "副校长", "")], **kept,
        )  # fmt: skip
        for subject, votes_for, against, abstained, is_adopted in votes:
            meetings.record_resolution(
                meeting, subject=subject, votes_for=votes_for, votes_against=against, votes_abstained=abstained,
                is_adopted=is_adopted, **kept,
            )  # fmt: skip


def _build_charters(world: World, community: Community) -> None:
    adopted = Resolution.objects.filter(meeting__communities=community, is_adopted=True)
    first = adopted.get(subject="charter")
    second = adopted.get(subject="章程（修订）")
    for number, (resolution, note) in enumerate(zip((first, second), CHARTERS, strict=True), start=1):
        title = f"章程第{number}版"
        pdf = render_pdf(TEMPLATES / "brochure.typ", {"title": title, "paragraphs": [note]})
        at = world.at(resolution.meeting.held_on or world.today)
        charters.adopt_charter(
            community, number=number, file=ContentFile(pdf, name=f"{title}.pdf"), resolution=resolution, note=note,
            by=world.officer, at=at,
        )  # fmt: skip


def _build_sharing(world: World, community: Community, members: list[Membership]) -> None:
    shared: list[SharedResource] = []
    for number, (kind, name, description, place, conditions) in enumerate(RESOURCES):
        member = members[number % len(members)]
        fields = {
            "organisation": member.organisation, "enterprise": member.enterprise, "kind": kind, "name": name,
            "description": description, "place": place, "conditions": conditions,
        }  # fmt: skip
        at = world.at(world.day(-100 + number))
        shared.append(sharing.offer_resource([community], fields=fields, by=world.officer, at=at))
    for number, (purpose, days, granted, answer) in enumerate(WISHES):
        asked = world.at(world.day(-days))
        member = members[(number + 1) % len(members)]
        wish = asking.enter_request(
            shared[number], membership=member, name="蒋思远", purpose=purpose, by=world.officer, at=asked
        )
        if granted is not None:
            state = RequestState.GRANTED if granted else RequestState.REFUSED
            asking.answer_request(wish, state, answer=answer, by=world.officer, at=world.at(world.day(3 - days)))


def _build_lists(world: World, community: Community, members: list[Membership]) -> None:
    others = [member for member in members if not member.is_our_school] or members
    entries = []
    for number, (kind, name, description, people) in enumerate(LISTS):
        fields = {
            "kind": kind, "name": name, "description": description, "number": people,
            "membership": others[number % len(others)], "listed_on": world.day(-200 + 10 * number),
        }  # fmt: skip
        entries.append(lists.list_entry(community, fields=fields, by=world.officer, at=world.at(world.day(-100))))
    lists.close_entry(
        entries[-1], closed_on=world.day(-20), result="录用四名毕业生", by=world.officer, at=world.at(world.day(-20))
    )

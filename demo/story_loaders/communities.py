"""Two communities with their founding conference, members, plaques and what is shared."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.services.past import file_past_agreement
from communities.services import communities, meetings, members, sharing
from demo.story_loaders.telling import Story, Teller
from partnerships.choices.programmes import CommunityLevel, MeetingRole, MemberRole, MemberType, ProgrammeKind
from partnerships.models.codes import AgreementKind, Province
from partnerships.models.communities import Community, CommunityMeeting
from partnerships.models.enterprises import Enterprise
from programmes.services import plaques

ROLES = {
    "chair": MemberRole.CHAIR,
    "leading enterprise": MemberRole.LEADING_ENTERPRISE,
    "member": MemberRole.MEMBER,
}
ASSUMED_YEAR = 2025  # the account gives month and day only; the trip of that May speaks of the application


def load(story: Story, teller: Teller) -> None:
    founded = [_community(told, story, teller) for told in story["communities"]]
    meeting = _meeting(founded, story["founding_conference"], teller)
    for told in story["plaques"]:
        plaques.award_plaque(
            awarded_to=told["to"], kind=ProgrammeKind.INDUSTRY_COLLEGE, meeting=meeting, by=teller.by, at=teller.at
        )
    for told in story["agreements"]:
        file_past_agreement(
            teller.enterprise(told["enterprise"]),
            kind=AgreementKind.objects.get(code="strategic"),
            title="Strategic cooperation agreement",
            fields_of_cooperation=told["fields"],
            by=teller.by,
            at=teller.at,
        )
    for told in story["shared_resources"]:
        for name in told["what"]:
            sharing.share_resource(
                meeting,
                organisation=told["from"],
                enterprise=Enterprise.objects.filter(legal_name=told["from"]).first(),
                name=name,
                by=teller.by,
                at=teller.at,
            )


def _community(told: dict[str, Any], story: Story, teller: Teller) -> Community:
    community = communities.found_community(
        name=told["name"], level=CommunityLevel(told["level"]), industry=told["industry"], by=teller.by, at=teller.at
    )
    for member in told["members"]:
        kind = MemberType(member["type"])
        is_ours = member["organisation"] == story["school"]["name"]
        members.join(
            community,
            organisation=member["organisation"],
            type=kind,
            role=ROLES[member["role"]],
            enterprise=teller.enterprise(member["organisation"]) if kind == MemberType.ENTERPRISE else None,
            is_our_school=is_ours,
            province=Province.objects.get(name_en=story["school"]["province"]) if is_ours else None,
            by=teller.by,
            at=teller.at,
        )
    return community


def _meeting(founded: list[Community], told: dict[str, Any], teller: Teller) -> CommunityMeeting:
    chair = told["chair_of_the_meeting"]
    return meetings.hold_meeting(
        founded,
        name="Founding conference",
        held_on=date.fromisoformat(f"{ASSUMED_YEAR}-{told['month_and_day']}"),
        is_year_assumed=True,
        place=told["place"],
        organisations_present=told["organisations_present"],
        provinces_present=told["provinces"],
        people=[
            (MeetingRole.CHAIR, chair["name"], chair["title"], "the college"),
            *((MeetingRole.SPEAKER, who["name"], who["title"], who["organisation"]) for who in told["speakers"]),
        ],
        resolutions=told["approved"],
        by=teller.by,
        at=teller.at,
    )

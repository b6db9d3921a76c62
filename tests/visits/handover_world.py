"""Somebody of the office with one of each thing that a person looks after, open and closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.choices import Role
from accounts.models.people import User
from partnerships.choices.agreements import AgreementState
from partnerships.choices.needs import NeedState
from partnerships.models.enterprises import Enterprise
from placements.choices import PostingState
from tests.factories.accounts import person
from tests.factories.partnerships import (
    AgreementFactory,
    ContactFactory,
    EnterpriseFactory,
    NeedFactory,
    signed_agreement,
)
from tests.factories.placements import PostingFactory
from tests.factories.visits import FollowUpFactory, ParticipantFactory, TripFactory, VisitFactory
from visits.choices import FollowUpState, ParticipantPart, VisitState
from visits.models.campaigns import TripMember
from visits.models.handover import HandOver
from visits.selectors.handover import BY_CODE, chosen, fingerprint
from visits.services import handover as services

ALL = tuple(BY_CODE)


@dataclass(frozen=True)
class World:
    leaver: User
    enterprise: Enterprise
    open: dict[str, Any]
    closed: list[tuple[Any, str]]


def seat(visit: Any, user: User, part: ParticipantPart = ParticipantPart.LEADS) -> Any:
    return ParticipantFactory(visit=visit, side="school", user=user, name=user.name, title=user.title, part=part)


def world(today: date, leaver: User | None = None) -> World:
    """One open thing of each kind, and closed or past ones that must stay."""
    leaver = leaver or person(Role.OFFICER, name="周离", name_en="Zhou Li", title="科长")
    enterprise = EnterpriseFactory(owner=leaver)
    other = EnterpriseFactory(deputy=leaver)
    past, ahead = today - timedelta(days=9), today + timedelta(days=9)
    known = ContactFactory(enterprise=enterprise, known_by=leaver)
    known_too = ContactFactory(enterprise=other)
    known_too.also_known_by.add(leaver)
    visit = VisitFactory(enterprise=enterprise, organiser=leaver, starts_on=ahead)
    held = VisitFactory(enterprise=enterprise, organiser=leaver, starts_on=past, state=VisitState.HELD)
    trip, trip_over = TripFactory(starts_on=ahead, ends_on=ahead), TripFactory(starts_on=past, ends_on=past)
    return World(
        leaver=leaver,
        enterprise=enterprise,
        open={
            "owner": enterprise,
            "deputy": other,
            "contact": known,
            "contact_too": known_too,
            "need": NeedFactory(enterprise=enterprise, owner=leaver),
            "agreement": signed_agreement(enterprise=enterprise, owner=leaver, ends_on=ahead),
            "posting": PostingFactory(enterprise=enterprise, created_by=leaver, state=PostingState.IN_REVIEW),
            "follow_up": FollowUpFactory(visit=held, owner=leaver),
            "visit": visit,
            "seat": seat(visit, leaver),
            "trip": TripMember.objects.create(trip=trip, user=leaver, name=leaver.name, leads=True),
        },
        closed=[
            (EnterpriseFactory(owner=leaver, archived_at=datetime.fromisoformat("2026-01-01T00:00:00Z")), "owner"),
            (ContactFactory(enterprise=enterprise, known_by=leaver, to_on=past), "known_by"),
            (NeedFactory(enterprise=enterprise, owner=leaver, state=NeedState.MET), "owner"),
            (signed_agreement(enterprise=enterprise, owner=leaver, ends_on=past), "owner"),
            (AgreementFactory(enterprise=enterprise, owner=leaver, state=AgreementState.RENEWED), "owner"),
            (AgreementFactory(enterprise=enterprise, owner=leaver, state=AgreementState.ENDED), "owner"),
            (PostingFactory(enterprise=enterprise, created_by=leaver, state=PostingState.CLOSED), "created_by"),
            (PostingFactory(enterprise=enterprise, created_by=leaver, closes_on=past), "created_by"),
            (FollowUpFactory(visit=held, owner=leaver, state=FollowUpState.DONE), "owner"),
            (held, "organiser"),
            (VisitFactory(organiser=leaver, starts_on=ahead, state=VisitState.CANCELLED), "organiser"),
            (seat(held, leaver), "user"),
            (TripMember.objects.create(trip=trip_over, user=leaver, name=leaver.name), "user"),
        ],
    )


def holder_of(code: str, record: Any) -> User | None:
    """Who looks after the record now."""
    fresh = type(record).objects.get(pk=record.pk)
    if code == "contact_too":
        holder: User | None = fresh.also_known_by.get()
        return holder
    found: User | None = getattr(fresh, BY_CODE[code].field)
    return found


def holders(world: World) -> dict[str, User | None]:
    return {code: holder_of(code, record) for code, record in world.open.items()}


def closed_holders(world: World) -> set[User]:
    return {getattr(type(record).objects.get(pk=record.pk), field) for record, field in world.closed}


def seen(leaver: User, receivers: Mapping[str, User], left_out: Mapping[str, list[int]], *, on: date) -> str:
    return fingerprint(chosen(leaver, receivers, left_out, on=on))


def hand_over(
    leaver: User,
    to: User,
    *,
    by: User,
    now: datetime,
    today: date,
    codes: tuple[str, ...] = ALL,
    left_out: Mapping[str, list[int]] | None = None,
) -> HandOver:
    """Look, then do."""
    receivers, left_out = dict.fromkeys(codes, to), left_out or {}
    looked = seen(leaver, receivers, left_out, on=today)
    return services.hand_over(leaver, receivers=receivers, left_out=left_out, seen=looked, by=by, at=now)

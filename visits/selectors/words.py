"""The few words around a visit or a campaign that would not earn a query each: read with the row itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf

from accounts.models.school import College, Facility
from core.names import in_language, reads_chinese
from events.models import Event
from partnerships.choices.needs import NeedKind, NeedState
from partnerships.models.codes import Flag
from partnerships.models.needs import Need
from visits.choices import CampaignPointKind, TopicKind
from visits.models.campaigns import Campaign, CampaignPoint, CampaignReportDay, Trip
from visits.models.visits import Participant, Visit, VisitTopic

Words = dict[str, Any]


def around_a_visit() -> dict[str, ArraySubquery]:
    """Annotations of a visit: topics, campaigns, colleges, rooms, places, needs spoken of, flags of the enterprise."""
    topics = VisitTopic.objects.filter(visit=OuterRef("pk")).order_by("pk")
    places = Facility.objects.filter(visits=OuterRef("pk")).order_by("name_zh", "name_en")
    rooms = Facility.objects.filter(bookings=OuterRef("pk")).order_by("name_zh", "name_en")
    colleges = College.objects.filter(visits=OuterRef("pk")).order_by("code")
    needs = Need.objects.filter(visits=OuterRef("pk")).order_by("pk")
    flags = Flag.objects.filter(enterprises=OuterRef("enterprise")).order_by("code")
    return {
        "topic_rows": ArraySubquery(topics.values(row=JSONObject(kind="kind", name="name"))),
        "campaign_rows": ArraySubquery(
            Campaign.objects.filter(visits=OuterRef("pk")).values(row=JSONObject(pk="pk", name="name"))
        ),
        "place_rows": ArraySubquery(places.values(row=JSONObject(pk="pk", zh="name_zh", en="name_en"))),
        "room_rows": ArraySubquery(rooms.values(row=JSONObject(pk="pk", zh="name_zh", en="name_en"))),
        "college_rows": ArraySubquery(colleges.values(row=JSONObject(pk="pk", zh="name_zh", en="name_en"))),
        "flag_rows": ArraySubquery(flags.values(row=JSONObject(zh="name_zh", en="name_en"))),
        "need_rows": ArraySubquery(needs.values(row=JSONObject(kind="kind", name="description", state="state"))),
    }


def around_a_campaign() -> dict[str, ArraySubquery]:
    """Annotations of a campaign: its points in the order they were written, trips, events, days of reporting."""
    points = CampaignPoint.objects.filter(campaign=OuterRef("pk")).order_by("kind", "pk")
    trips = Trip.objects.filter(campaign=OuterRef("pk")).order_by("starts_on", "pk")
    events = Event.objects.held().filter(campaigns=OuterRef("pk")).order_by("-held_on", "-pk")
    days = CampaignReportDay.objects.filter(campaign=OuterRef("pk")).order_by("day")
    return {
        "point_rows": ArraySubquery(points.values(row=JSONObject(kind="kind", name="name"))),
        "trip_rows": ArraySubquery(trips.values(row=JSONObject(pk="pk", name="name"))),
        "event_rows": ArraySubquery(events.values(row=JSONObject(pk="pk", name="name", held_on="held_on"))),
        "report_day_rows": ArraySubquery(
            days.values(row=JSONObject(day="day", name="name", reported_on="reported_on")),
        ),
    }


def shown_names(people: QuerySet[Participant]) -> QuerySet[Participant, Any]:
    """str() of each participant as a column of its own."""
    if reads_chinese():
        return people.values("name")
    return people.values(shown=Coalesce(NullIf("user__name_en", Value("")), "name"))


def topics_of(visit: Visit, kind: TopicKind) -> list[str]:
    rows: list[Words] = visit.topic_rows  # type: ignore[attr-defined]
    return [row["name"] for row in rows if row["kind"] == kind]


def campaigns_of(visit: Visit) -> list[Words]:
    """Number and name of the campaigns that the visit counts in."""
    rows: list[Words] = visit.campaign_rows  # type: ignore[attr-defined]
    return rows


def places_of(visit: Visit) -> list[str]:
    """The places that guests are or were shown, in the reader's language."""
    return _named(visit.place_rows)  # type: ignore[attr-defined]


def rooms_of(visit: Visit) -> list[str]:
    """The rooms reserved, in the reader's language."""
    return _named(visit.room_rows)  # type: ignore[attr-defined]


def colleges_of(visit: Visit) -> list[str]:
    """Whose visit it is, in the reader's language."""
    return _named(visit.college_rows)  # type: ignore[attr-defined]


def room_keys_of(visit: Visit) -> list[int]:
    return keys_in(visit.room_rows)  # type: ignore[attr-defined]


def keys_in(rows: list[Words]) -> list[int]:
    return [row["pk"] for row in rows]


def _named(rows: list[Words]) -> list[str]:
    return [in_language(row["zh"], row["en"]) for row in rows]


def flags_of(visit: Visit) -> list[str]:
    """What marks the enterprise visited, in the reader's language."""
    return _named(visit.flag_rows)  # type: ignore[attr-defined]


def needs_of(visit: Visit) -> list[Words]:
    """Needs spoken of, with the words of their kind and state."""
    rows: list[Words] = visit.need_rows  # type: ignore[attr-defined]
    return [{**row, "kind": NeedKind(row["kind"]).label, "label": NeedState(row["state"]).label} for row in rows]


def events_of(campaign: Campaign) -> list[Words]:
    """Number, name and day of the events that belong to a campaign."""
    rows: list[Words] = campaign.event_rows  # type: ignore[attr-defined]
    return [{**row, "held_on": date.fromisoformat(row["held_on"]) if row["held_on"] else None} for row in rows]


def points_of(campaign: Campaign) -> dict[CampaignPointKind, list[str]]:
    """What a campaign names, by kind, in the order of the kinds."""
    rows: list[Words] = campaign.point_rows  # type: ignore[attr-defined]
    named = {kind: [row["name"] for row in rows if row["kind"] == kind] for kind in CampaignPointKind}
    return {kind: names for kind, names in named.items() if names}

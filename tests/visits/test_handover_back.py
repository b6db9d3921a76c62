"""A hand-over moved back: what nobody changed since, once."""

from datetime import timedelta

import pytest

from accounts.choices import Role
from core.errors import RuleBroken
from partnerships.choices.needs import NeedState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.timeline import TimelineEntry
from partnerships.services.needs import close_need
from tests.factories.accounts import person
from tests.factories.partnerships import ContactFactory, NeedFactory
from tests.visits.handover_world import ALL, hand_over, holder_of, holders, world
from tests.visits.test_handover import inbox
from visits.models.visits import Visit
from visits.services import handover as services

pytestmark = pytest.mark.django_db


def test_all_that_nobody_changed_goes_back_and_is_told(officer, now, today):
    things, receiver = world(today), person(Role.OFFICER)
    record = hand_over(things.leaver, receiver, by=officer, now=now, today=today)

    services.move_back(record, by=officer, at=now + timedelta(hours=1))

    assert holders(things) == dict.fromkeys(ALL, things.leaver)
    record.refresh_from_db()
    assert (record.undone_by, record.undone_at) == (officer, now + timedelta(hours=1))
    assert set(record.items.values_list("is_back", flat=True)) == {True}
    told = TimelineEntry.objects.filter(enterprise=things.enterprise, kind=TimelineKind.HANDED_OVER).order_by("pk")
    first, second = [entry.changes[0] for entry in told]
    assert (second["before"], second["after"]) == (first["after"], first["before"])
    assert [message.subject for message in inbox(receiver)] == [
        "Handed over to you from Zhou Li: 11 in all",
        "Moved back to Zhou Li: 11 in all",
    ]


def test_what_was_closed_held_or_given_on_since_stays(officer, now, today):
    things, receiver, third = world(today), person(Role.OFFICER), person(Role.OFFICER)
    record = hand_over(things.leaver, receiver, by=officer, now=now, today=today)
    close_need(things.open["need"], state=NeedState.MET, result="-", by=receiver, at=now)
    Visit.objects.filter(pk=things.open["visit"].pk).update(state="held", starts_on=today)
    hand_over(receiver, third, by=officer, now=now, today=today, codes=("owner",))

    services.move_back(record, by=officer, at=now)

    stayed = {"need": receiver, "visit": receiver, "seat": receiver, "owner": third}
    assert holders(things) == {**dict.fromkeys(ALL, things.leaver), **stayed}
    assert {item.duty for item in record.items.filter(is_back=False)} == set(stayed)


def test_what_the_receiver_had_before_stays_theirs(officer, now, today):
    things, receiver = world(today), person(Role.OFFICER)
    own = NeedFactory(owner=receiver)
    both = ContactFactory()
    both.also_known_by.add(things.leaver, receiver)
    record = hand_over(things.leaver, receiver, by=officer, now=now, today=today)
    assert list(both.also_known_by.all()) == [receiver]

    services.move_back(record, by=officer, at=now)

    assert holder_of("need", own) == receiver
    assert set(both.also_known_by.all()) == {things.leaver, receiver}


def test_it_is_moved_back_once(officer, now, today):
    things = world(today)
    record = hand_over(things.leaver, person(Role.OFFICER), by=officer, now=now, today=today)
    services.move_back(record, by=officer, at=now)
    count = TimelineEntry.objects.count()

    with pytest.raises(RuleBroken, match="moved back already"):
        services.move_back(record, by=officer, at=now)

    assert TimelineEntry.objects.count() == count


def test_where_nothing_can_go_back_that_is_said(officer, now, today):
    things, receiver = world(today), person(Role.OFFICER)
    record = hand_over(things.leaver, receiver, by=officer, now=now, today=today)
    hand_over(receiver, person(Role.OFFICER), by=officer, now=now, today=today)

    with pytest.raises(RuleBroken, match="Nothing can be moved back"):
        services.move_back(record, by=officer, at=now)

    record.refresh_from_db()
    assert record.undone_at is None

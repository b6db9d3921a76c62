"""Work of somebody who leaves: what goes, what stays, who hears of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import translation

from accounts.choices import Role
from core.errors import RuleBroken
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import TimelineKind
from partnerships.models.timeline import TimelineEntry
from partnerships.timeline import describe
from tests.factories.accounts import CollegeFactory, MajorFactory, person
from tests.factories.partnerships import EnterpriseFactory, signed_agreement
from tests.factories.placements import PostingFactory
from tests.factories.visits import FollowUpFactory, TripFactory, VisitFactory
from tests.visits.handover_world import ALL, closed_holders, hand_over, holder_of, holders, seat, seen, world
from visits.choices import ParticipantPart
from visits.models.campaigns import TripMember
from visits.models.handover import HandOver, HandOverItem
from visits.models.visits import Participant
from visits.selectors.handover import bearers, holdings
from visits.services import handover as services

pytestmark = pytest.mark.django_db


def inbox(user):
    return list(OutgoingMessage.objects.filter(recipient=user, channel=Channel.INBOX).order_by("pk"))


def entries(enterprise):
    return list(TimelineEntry.objects.filter(enterprise=enterprise, kind=TimelineKind.HANDED_OVER).order_by("pk"))


def test_everything_open_goes_and_everything_closed_stays(officer, leader, now, today):
    things = world(today)
    receiver = person(Role.OFFICER)

    record = hand_over(things.leaver, receiver, by=officer, now=now, today=today)

    assert holders(things) == dict.fromkeys(ALL, receiver)
    assert closed_holders(things) == {things.leaver}
    assert (record.leaver, record.by, record.at, record.undone_at) == (things.leaver, officer, now, None)
    assert {item.duty: item.row for item in record.items.all()} == {c: r.pk for c, r in things.open.items()}
    assert holdings(things.leaver, on=today) == []


def test_a_row_left_out_and_a_kind_not_named_stay(officer, now, today):
    things = world(today)
    kept = EnterpriseFactory(owner=things.leaver)
    receiver = person(Role.OFFICER)

    hand_over(
        things.leaver,
        receiver,
        by=officer,
        now=now,
        today=today,
        codes=("owner", "need"),
        left_out={"owner": [kept.pk]},
    )

    assert holder_of("owner", kept) == things.leaver
    moved = {code for code, holder in holders(things).items() if holder == receiver}
    assert moved == {"owner", "need"}


def test_each_kind_may_go_to_somebody_else(officer, now, today):
    things = world(today)
    one, two = person(Role.OFFICER), person(Role.LEADER)
    receivers = {"owner": one, "follow_up": two}

    services.hand_over(
        things.leaver, receivers=receivers, left_out={}, seen=seen(things.leaver, receivers, {}, on=today),
        by=officer, at=now,
    )  # fmt: skip

    assert (holders(things)["owner"], holders(things)["follow_up"]) == (one, two)
    assert [message.subject for user in (one, two) for message in inbox(user)] == [
        "Handed over to you from Zhou Li: 1 in all",
        "Handed over to you from Zhou Li: 1 in all",
    ]


def test_open_forms_of_what_went_are_stale(officer, now, today):
    things = world(today)
    versions = {code: record.version for code, record in things.open.items() if hasattr(record, "version")}

    hand_over(things.leaver, person(Role.OFFICER), by=officer, now=now, today=today)

    fresh = {code: type(things.open[code]).objects.get(pk=things.open[code].pk).version for code in versions}
    assert fresh == {code: version + 1 for code, version in versions.items()}
    assert sorted(fresh) == ["agreement", "deputy", "follow_up", "need", "owner", "posting", "visit"]


def test_each_file_tells_of_it_once_with_before_and_after(officer, now, today):
    things = world(today)
    FollowUpFactory(visit=things.open["visit"], owner=things.leaver)
    receiver = person(Role.OFFICER, name="吴接", name_en="Wu Jie")

    hand_over(things.leaver, receiver, by=officer, now=now, today=today)

    [entry] = entries(things.enterprise)
    assert (entry.by, entry.at) == (officer, now)
    assert [(change["model"], change["field"]) for change in entry.changes] == [
        ("partnerships.Enterprise", "owner"),
        ("partnerships.Contact", "known_by"),
        ("partnerships.Need", "owner"),
        ("partnerships.Agreement", "owner"),
        ("placements.Posting", "created_by"),
        ("visits.FollowUp", "owner"),
        ("visits.Visit", "organiser"),
        ("visits.Participant", "user"),
    ]
    before, after = {"zh-hans": "周离", "en": "Zhou Li"}, {"zh-hans": "吴接", "en": "Wu Jie"}
    assert all((change["before"], change["after"]) == (before, after) for change in entry.changes)
    assert describe(entry).startswith("Handed over: owner; known by")
    assert "who looks after the posting" in describe(entry)
    assert len(entries(things.open["deputy"])) == 1


def test_who_takes_over_has_one_message_with_numbers_and_the_way(officer, now, today):
    things = world(today)
    EnterpriseFactory(owner=things.leaver)
    receiver = person(Role.OFFICER)

    record = hand_over(things.leaver, receiver, by=officer, now=now, today=today)

    [message] = inbox(receiver)
    assert message.subject == "Handed over to you from Zhou Li: 12 in all"
    assert "Wang Min has handed over to you what Zhou Li looked after:" in message.body
    assert "- Enterprises owned: 2" in message.body
    assert "- Trips ahead: 1" in message.body
    assert message.link == f"/handover/done/{record.pk}/"
    assert inbox(things.leaver) == inbox(officer) == []


@pytest.mark.parametrize("role", ["college_staff", "leader", "student", "stranger"])
def test_nobody_but_the_office_hands_over_or_moves_back(request, officer, now, today, role):
    things = world(today)
    someone = request.getfixturevalue(role)
    receiver = person(Role.OFFICER)

    with pytest.raises(PermissionDenied):
        hand_over(things.leaver, receiver, by=someone, now=now, today=today)

    assert set(holders(things).values()) == {things.leaver}
    assert not HandOver.objects.exists()
    record = hand_over(things.leaver, receiver, by=officer, now=now, today=today)
    with pytest.raises(PermissionDenied):
        services.move_back(record, by=someone, at=now)
    assert set(holders(things).values()) == {receiver}


def refused(things, to, *, by, now, today, codes=ALL):
    """The reason, after nothing changed."""
    with pytest.raises(RuleBroken) as error:
        hand_over(things.leaver, to, by=by, now=now, today=today, codes=codes)
    assert set(holders(things).values()) == {things.leaver}
    assert not HandOver.objects.exists()
    assert not OutgoingMessage.objects.exists()
    assert not TimelineEntry.objects.exists()
    return str(error.value)


def test_who_cannot_take_over_is_refused(officer, student, now, today):
    things = world(today)
    gone = person(Role.OFFICER, is_active=False, name_en="Gone")
    asked = {"by": officer, "now": now, "today": today}

    assert refused(things, things.leaver, **asked) == "Zhou Li cannot take over from themselves."
    assert refused(things, gone, **asked) == "Gone is not on the staff of the school any more."
    assert refused(things, student, **asked) == "Liu Yang is not on the staff of the school any more."


def test_college_staff_take_what_is_of_their_college_only(officer, college, college_staff, now, today):
    leaver = person(Role.OFFICER, name_en="Zhou Li")
    elsewhere = CollegeFactory()
    theirs, foreign = signed_agreement(owner=leaver), signed_agreement(owner=leaver, title="外院协议", ends_on=None)
    theirs.colleges.add(college)
    foreign.colleges.add(elsewhere)
    asked = {"by": officer, "now": now, "today": today, "codes": ("agreement",)}

    with pytest.raises(RuleBroken) as error:
        hand_over(leaver, college_staff, **asked)
    assert str(error.value) == (
        "Zhao Qian cannot take 1 thing of “Agreements on the way or in force” (外院协议): "
        "College staff look after agreements of their own college."
    )
    assert {holder_of("agreement", one) for one in (theirs, foreign)} == {leaver}

    hand_over(leaver, college_staff, **asked, left_out={"agreement": [foreign.pk]})
    assert (holder_of("agreement", theirs), holder_of("agreement", foreign)) == (college_staff, leaver)


def test_postings_go_to_the_office_or_a_college_whose_majors_they_name(
    officer, college, college_staff, leader, now, today
):
    leaver = person(Role.OFFICER)
    own, foreign, of_all = (PostingFactory(created_by=leaver) for _ in range(3))
    own.majors.add(MajorFactory(college=college))
    foreign.majors.add(MajorFactory())
    asked = {"by": officer, "now": now, "today": today, "codes": ("posting",)}

    for receiver in (college_staff, leader):
        with pytest.raises(RuleBroken):
            hand_over(leaver, receiver, **asked)
    assert {holder_of("posting", one) for one in (own, foreign, of_all)} == {leaver}

    hand_over(leaver, college_staff, **asked, left_out={"posting": [foreign.pk]})
    assert [holder_of("posting", one) for one in (own, foreign, of_all)] == [college_staff, leaver, college_staff]


@pytest.mark.parametrize(("code", "allowed"), [("need", False), ("visit", False), ("owner", True), ("seat", True)])
def test_leadership_takes_what_leadership_may_do(officer, leader, now, today, code, allowed):
    things = world(today)

    if allowed:
        hand_over(things.leaver, leader, by=officer, now=now, today=today, codes=(code,))
        assert holders(things)[code] == leader
    else:
        refused(things, leader, by=officer, now=now, today=today, codes=(code,))


def test_what_changed_since_it_was_looked_at_stops_all_of_it(officer, now, today):
    things = world(today)
    receiver = person(Role.OFFICER)
    receivers = dict.fromkeys(ALL, receiver)
    looked = seen(things.leaver, receivers, {}, on=today)
    EnterpriseFactory(owner=things.leaver)

    with pytest.raises(RuleBroken, match="has changed since you looked"):
        services.hand_over(things.leaver, receivers=receivers, left_out={}, seen=looked, by=officer, at=now)

    assert set(holders(things).values()) == {things.leaver}
    assert not HandOver.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_hands_over(now, today):
    things = world(today)
    officers = [person(Role.OFFICER) for _ in range(3)]
    receivers = {officer.pk: dict.fromkeys(ALL, officer) for officer in officers}
    looked = seen(things.leaver, receivers[officers[0].pk], {}, on=today)

    def take(officer):
        translation.activate("en")  # of this thread
        try:
            services.hand_over(
                things.leaver, receivers=receivers[officer.pk], left_out={}, seen=looked, by=officer, at=now
            )
        except RuleBroken as error:
            return str(error)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(3) as pool:
        outcomes = sorted(pool.map(take, officers))

    nothing_left = "There is nothing to hand over: somebody may have done it before."
    assert outcomes == ["", nothing_left, nothing_left]
    record = HandOver.objects.get()
    assert set(holders(things).values()) == {record.by}
    assert HandOverItem.objects.count() == len(ALL)


def test_the_seat_is_taken_with_the_new_name_and_position(officer, now, today):
    things = world(today)
    receiver = person(Role.LEADER, name="吴接", title="处长")

    hand_over(things.leaver, receiver, by=officer, now=now, today=today, codes=("seat", "trip"))

    taken = Participant.objects.get(pk=things.open["seat"].pk)
    assert (taken.name, taken.title, taken.part) == ("吴接", "处长", ParticipantPart.LEADS)
    assert TripMember.objects.get(pk=things.open["trip"].pk).leads


def test_who_goes_already_takes_the_lead_over_and_gives_up_the_other_seat(officer, now, today):
    things = world(today)
    receiver = person(Role.OFFICER)
    seat(things.open["visit"], receiver, ParticipantPart.TAKES_PART)
    TripMember.objects.create(trip=things.open["trip"].trip, user=receiver, name=receiver.name)

    record = hand_over(things.leaver, receiver, by=officer, now=now, today=today, codes=("seat", "trip"))

    def seats():
        visit, trip = things.open["visit"], things.open["trip"].trip
        return (
            sorted(visit.participants.values_list("user", "part")),
            sorted(trip.party.values_list("user", "leads")),
        )

    assert seats() == ([(receiver.pk, "leads")], [(receiver.pk, True)])
    services.move_back(record, by=officer, at=now)
    assert seats() == (
        [(things.leaver.pk, "leads"), (receiver.pk, "takes_part")],
        [(things.leaver.pk, True), (receiver.pk, False)],
    )


def test_bearers_are_counted_and_those_who_left_come_first(officer, today):
    things = world(today)
    gone = person(Role.COLLEGE, college=CollegeFactory(), is_active=False, number="A1")
    without_role = person(None, number="A2")
    EnterpriseFactory.create_batch(2, owner=gone)
    VisitFactory(organiser=without_role, starts_on=today + timedelta(days=1))
    TripMember.objects.create(
        trip=TripFactory(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2)), user=officer, name="x"
    )

    found = bearers(on=today)

    assert [(one.person, one.enterprises, one.total, one.has_left) for one in found] == [
        (gone, 2, 2, True),
        (without_role, 0, 1, True),
        (things.leaver, 1, len(ALL), False),
    ]

"""The pages of a hand-over: choose, look, confirm once, move back."""

import re
from datetime import timedelta

import pytest

from accounts.choices import Role
from tests.factories.accounts import CollegeFactory, person
from tests.factories.partnerships import EnterpriseFactory, NeedFactory, signed_agreement
from tests.factories.visits import FollowUpFactory, TripFactory, VisitFactory
from tests.visits.handover_world import ALL, hand_over, holder_of, holders, seat, world
from visits.models.campaigns import TripMember
from visits.models.handover import HandOver
from visits.selectors.handover import SHOWN, Bearer

pytestmark = pytest.mark.django_db
START = "/handover/"


@pytest.fixture
def desk(client_of, officer):
    return client_of(officer)


def words(response):
    return " ".join(response.content.decode().split())


def page(leaver):
    return f"/handover/{leaver.pk}/"


def everything(things, receiver, **more):
    """The form as the browser sends it with all ticked."""
    rows = {f"row_{code}": [str(record.pk)] for code, record in things.open.items()}
    return {"receiver": receiver.pk, **rows, **more}


def confirming(response):
    """The hidden fields of the page that asks whether this is right."""
    form = response.context["form"]
    return {"plan": form["plan"].value(), "form_token": str(form["form_token"].value())}


def test_who_left_stands_first_with_what_they_still_look_after(desk, today):
    gone = person(Role.OFFICER, is_active=False, name_en="Gone Away")
    EnterpriseFactory.create_batch(2, owner=gone)
    FollowUpFactory(owner=gone)
    world(today)

    response = desk.get(START)

    [bearer] = response.context["left"]
    assert isinstance(bearer, Bearer)
    assert (bearer.person, bearer.enterprises, bearer.total) == (gone, 2, 3)
    assert f'<a href="{page(gone)}">Gone Away</a>' in words(response)


def test_everybody_who_looks_after_something_may_be_chosen(desk, today):
    things = world(today)
    person(Role.OFFICER)

    response = desk.get(START)

    assert [(bearer.person, bearer.total) for bearer in response.context["here"]] == [(things.leaver, len(ALL))]
    assert f'<a href="{page(things.leaver)}">Zhou Li</a>' in words(response)


def test_the_table_shows_each_thing_ticked(desk, today):
    things = world(today)

    response = desk.get(page(things.leaver))

    form = response.context["form"]
    assert [(holding.duty.code, holding.number) for holding in form.holdings] == [(code, 1) for code in ALL]
    assert words(response).count('type="checkbox"') == words(response).count(" checked>") == len(ALL)
    assert str(things.enterprise) in words(response)
    assert "Ask an administrator to close it" in words(response)
    assert "1 visit that Zhou Li organised has no report yet." in words(response)


def test_somebody_with_nothing_has_nothing_to_hand_over(desk, leader):
    assert "Chen Li looks after nothing" in words(desk.get(page(leader)))
    assert desk.get("/handover/999999999/").status_code == 404


def test_an_administrator_finds_the_way_to_the_account(client_of, admin, today):
    things = world(today)

    response = client_of(admin).get(page(things.leaver))

    assert f"/admin/accounts/user/{things.leaver.pk}/change/" in words(response)


def test_looking_moves_nothing_and_confirming_moves_all_once(desk, officer, today):
    things, receiver = world(today), person(Role.OFFICER, name_en="Wu Jie")

    looked = desk.post(page(things.leaver), everything(things, receiver))

    assert [(part.number, part.receiver, part.stay) for part in looked.context["parts"]] == [(1, receiver, 0)] * len(
        ALL
    )
    assert set(holders(things).values()) == {things.leaver}
    sent = confirming(looked)
    first = desk.post(f"{page(things.leaver)}confirm/", sent)
    second = desk.post(f"{page(things.leaver)}confirm/", sent)
    record = HandOver.objects.get()
    assert first.headers["location"] == second.headers["location"] == f"/handover/done/{record.pk}/"
    assert holders(things) == dict.fromkeys(ALL, receiver)
    done = words(desk.get(f"/handover/done/{record.pk}/"))
    assert "Handed over from Zhou Li" in done
    assert "1 → Wu Jie" in done


def test_what_is_not_ticked_stays_and_a_kind_may_name_somebody_else(desk, today):
    things, receiver, other = world(today), person(Role.OFFICER), person(Role.OFFICER)
    kept = NeedFactory(owner=things.leaver)
    sent = everything(things, receiver, to_follow_up=other.pk, row_owner=[])

    looked = desk.post(page(things.leaver), sent)
    desk.post(f"{page(things.leaver)}confirm/", confirming(looked))

    expected = {**dict.fromkeys(ALL, receiver), "follow_up": other, "owner": things.leaver}
    assert holders(things) == expected
    assert holder_of("need", kept) == things.leaver


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"receiver": ""}, "Choose who takes these over."),
        ({f"row_{code}": [] for code in ALL}, "Nothing is ticked, so nothing would go."),
    ],
)
def test_what_is_missing_is_said_at_the_form_with_the_ticks_kept(desk, today, sent, reason):
    things = world(today)

    response = desk.post(page(things.leaver), {**everything(things, person(Role.OFFICER)), **sent})

    assert reason in words(response)
    assert "Is this right?" not in words(response)
    assert words(response).count(" checked>") == (0 if "row_owner" in sent else len(ALL))


def test_a_receiver_who_may_not_is_refused_before_anything_is_confirmed(desk, college_staff, today):
    things = world(today)
    foreign = signed_agreement(owner=things.leaver, title="外院协议", ends_on=None)
    foreign.colleges.add(CollegeFactory())
    sent = everything(things, college_staff, row_agreement=[str(things.open["agreement"].pk), str(foreign.pk)])

    response = desk.post(page(things.leaver), sent)

    assert "College staff look after agreements of their own college." in words(response)
    assert set(holders(things).values()) == {things.leaver}


def test_what_changed_between_looking_and_confirming_is_said(desk, today):
    things = world(today)
    looked = desk.post(page(things.leaver), everything(things, person(Role.OFFICER)))
    EnterpriseFactory(owner=things.leaver)

    response = desk.post(f"{page(things.leaver)}confirm/", confirming(looked))

    assert "has changed since you looked. Look again." in words(response)
    assert len(response.context["form"].holdings) == len(ALL)
    assert set(holders(things).values()) == {things.leaver}


@pytest.mark.parametrize("plan", ["", "forged", "eyJ4IjoxfQ:1abc:def"])
def test_a_plan_of_one_s_own_is_not_done(desk, today, plan):
    things = world(today)
    looked = desk.post(page(things.leaver), everything(things, person(Role.OFFICER)))

    response = desk.post(f"{page(things.leaver)}confirm/", {**confirming(looked), "plan": plan})

    assert response.status_code == 200
    assert re.search(r'role="alert">[^<]+<', words(response))
    assert set(holders(things).values()) == {things.leaver}


def test_a_plan_for_somebody_else_is_not_done(desk, today):
    things, other = world(today), world(today, leaver=person(Role.OFFICER))
    looked = desk.post(page(things.leaver), everything(things, person(Role.OFFICER)))

    response = desk.post(f"{page(other.leaver)}confirm/", confirming(looked))

    assert "Look again." in words(response)
    assert set(holders(other).values()) == {other.leaver}


def test_more_than_a_form_can_hold_go_along(desk, today):
    leaver, receiver = person(Role.OFFICER), person(Role.OFFICER)
    rows = EnterpriseFactory.create_batch(SHOWN + 2, owner=leaver)
    shown = desk.get(page(leaver))
    assert "And 2 more, which go with them." in words(shown)

    sent = {"receiver": receiver.pk, "row_owner": [str(row.pk) for row in rows[1:SHOWN]]}
    looked = desk.post(page(leaver), sent)
    desk.post(f"{page(leaver)}confirm/", confirming(looked))

    assert [part.number for part in looked.context["parts"]] == [SHOWN + 1]
    assert {holder_of("owner", row) for row in rows[1:]} == {receiver}
    assert holder_of("owner", rows[0]) == leaver


def test_moving_back_is_a_button_of_the_office(desk, client_of, officer, college_staff, now, today):
    leaver = person(Role.OFFICER)
    mine, others = EnterpriseFactory(owner=leaver), EnterpriseFactory(deputy=leaver)
    asked = {"by": officer, "now": now, "today": today}
    record = hand_over(leaver, college_staff, **asked, codes=("owner",))
    address = f"/handover/done/{record.pk}/"

    assert "Move back" not in words(client_of(college_staff).get(address))
    assert client_of(college_staff).post(f"{address}back/").status_code == 404
    assert holder_of("owner", mine) == college_staff
    assert "Move back" in words(desk.get(address))
    assert "as far as nobody changed it since" in words(desk.post(f"{address}back/", follow=True))
    assert holder_of("owner", mine) == leaver
    assert "has been moved back already" in words(desk.post(f"{address}back/", follow=True))
    assert holder_of("deputy", others) == leaver


def test_who_took_over_sees_their_part_and_nobody_else_does(
    client_of, officer, college_staff, leader, student, now, today
):
    leaver, third = person(Role.OFFICER), person(Role.COLLEGE, college=CollegeFactory())
    EnterpriseFactory(owner=leaver)
    record = hand_over(leaver, college_staff, by=officer, now=now, today=today, codes=("owner",))
    address = f"/handover/done/{record.pk}/"

    assert [part.receiver for part in client_of(college_staff).get(address).context["parts"]] == [college_staff]
    assert [client_of(user).get(address).status_code for user in (leader, third, student)] == [404, 404, 404]


def more_of(things, today, number):
    for _ in range(number - 1):
        visit = VisitFactory(organiser=things.leaver, starts_on=today + timedelta(days=2))
        seat(visit, things.leaver)
        FollowUpFactory(visit=visit, owner=things.leaver)
        signed_agreement(owner=things.leaver, ends_on=None)
        EnterpriseFactory(owner=things.leaver)
        trip = TripFactory(starts_on=today + timedelta(days=2), ends_on=today + timedelta(days=3))
        TripMember.objects.create(trip=trip, user=things.leaver, name="-")


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_any_number(desk, officer, now, today, django_assert_num_queries, number):
    things = world(today)
    more_of(things, today, number)
    for _ in range(number):
        gone = person(Role.OFFICER, is_active=False)
        EnterpriseFactory(owner=gone)
        hand_over(gone, officer, by=officer, now=now, today=today, codes=("owner",))
        EnterpriseFactory(owner=gone)

    with django_assert_num_queries(8):  # session, user, roles, numbers, people, last, school, unread
        assert len(desk.get(START).context["left"]) == number
    with django_assert_num_queries(9):  # session, user, roles, leaver, things, staff, unreported, school, unread
        assert len(desk.get(page(things.leaver)).context["form"].holdings) == len(ALL)
    record = hand_over(things.leaver, person(Role.OFFICER), by=officer, now=now, today=today)
    with django_assert_num_queries(7):  # session, user, roles, hand-over, items, school, unread
        assert len(desk.get(f"/handover/done/{record.pk}/").context["parts"]) == len(ALL)

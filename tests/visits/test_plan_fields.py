"""What a plan says besides day and leader: until, address, link, rooms, places, colleges, questions, notes."""

import uuid
from datetime import date, time, timedelta

import pytest

from core.errors import RuleBroken
from partnerships.services.merging import merge_enterprises
from tests.factories.accounts import CollegeFactory, FacilityFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import VisitFactory, led_visit
from visits.choices import Medium, VisitState
from visits.models.visits import Visit
from visits.services import planning

pytestmark = pytest.mark.django_db


def typed(leader, **changes):
    return {
        "form_token": str(uuid.uuid4()),
        "starts_on": "2026-12-02",
        "starts_at_time": "09:30",
        "direction": "outgoing",
        "medium": "on_site",
        "leader": leader.pk,
        **changes,
    }


def address(enterprise):
    return f"/visits/plan/?enterprise={enterprise.pk}"


def errors(response):
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def test_an_incoming_visit_says_its_rooms_places_and_agenda(client_of, officer, leader):
    room, place = FacilityFactory(name_en="Hall A"), FacilityFactory(name_en="Animation Centre")
    client, college = client_of(officer), CollegeFactory(name_en="School of Arts")
    said = {
        "direction": "incoming", "ends_at_time": "11:00", "rooms": [room.pk], "places_shown": [place.pk],
        "agenda": "Round tour", "notes": "两辆车停东门", "questions": "明年缺什么人？", "colleges": [college.pk],
    }  # fmt: skip

    page = client.post(address(EnterpriseFactory()), typed(leader, **said), follow=True).content.decode()

    visit = Visit.objects.get()
    assert (visit.ends_at_time, visit.notes, visit.questions) == (time(11), "两辆车停东门", "明年缺什么人？")
    linked = [list(visit.rooms.all()), list(visit.places_shown.all()), list(visit.colleges.all())]
    assert linked == [[room], [place], [college]]
    for text in ("Rooms reserved", "Hall A", "Places to be shown", "Animation Centre", "Round tour", "09:30–11:00"):
        assert text in page
    form = client.get(f"/visits/{visit.pk}/edit/").context["form"]
    assert (form.initial["rooms"], form.initial["places_shown"]) == ([room.pk], [place.pk])


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"ends_at_time": "09:00"}, {"ends_at_time": ["The visit cannot end before it starts."]}),
        (
            {"starts_at_time": "", "ends_at_time": "09:00"},
            {"starts_at_time": ["From when? Until is said already."]},
        ),
        ({"online_url": "javascript:alert(1)"}, {"online_url": ["Enter a valid URL."]}),
        ({"online_url": "ftp://files.school.example/"}, {"online_url": ["Enter a valid URL."]}),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_planned(client_of, officer, leader, said, wrong):
    response = client_of(officer).post(address(EnterpriseFactory()), typed(leader, **said))

    assert errors(response) == wrong
    assert not Visit.objects.exists()


def test_rooms_are_for_visits_to_us(client_of, officer, leader):
    response = client_of(officer).post(address(EnterpriseFactory()), typed(leader, rooms=[FacilityFactory().pk]))

    assert errors(response) == {"rooms": ["Rooms are reserved for visits to us: choose “Inviting in”."]}
    assert not Visit.objects.exists()


def test_an_online_visit_without_a_link_is_planned_and_warned_of(client_of, officer, leader):
    client, warning = client_of(officer), "It is online and has no link yet"
    without = client.post(address(EnterpriseFactory()), typed(leader, medium="online"), follow=True)
    other = typed(leader, medium="online", starts_at_time="14:00", online_url="https://meet.example/1")
    with_link = client.post(address(EnterpriseFactory()), other, follow=True)

    assert Visit.objects.count() == 2
    assert warning in without.content.decode()
    assert warning not in with_link.content.decode()


def test_the_link_of_a_meeting_is_for_those_who_take_part(client_of, officer, leader, college_staff):
    visit = led_visit(leader, medium=Medium.ONLINE, online_url="https://meet.example/77", starts_on=date(2026, 12, 2))
    sees = {
        user: "https://meet.example/77" in client_of(user).get(f"/visits/{visit.pk}/").content.decode()
        for user in (officer, leader, college_staff)
    }
    visit.organiser = college_staff
    visit.save()

    assert list(sees.values()) == [True, True, False]
    assert "https://meet.example/77" in client_of(college_staff).get(f"/visits/{visit.pk}/").content.decode()


def test_a_visit_counts_for_the_college_of_who_plans_it_unless_they_say_otherwise(
    client_of, officer, college_staff, leader, college, now
):
    form = client_of(college_staff).get(address(EnterpriseFactory())).context["form"]
    plan = {"by": college_staff, "at": now, "leader": leader}
    own = planning.plan_visit(EnterpriseFactory(), starts_on=date(2026, 12, 2), **plan)
    none = planning.plan_visit(EnterpriseFactory(), starts_on=date(2026, 12, 3), colleges=[], **plan)

    assert form.initial["colleges"] == [college.pk]
    assert (list(own.colleges.all()), list(none.colleges.all())) == ([college], [])


def test_the_address_opens_the_map_of_the_phone(client_of, officer):
    visit = VisitFactory(address="成都市 天府大道 1 号&x", starts_on=date(2026, 12, 2))

    page = client_of(officer).get(f"/visits/{visit.pk}/").content.decode()

    link = "https://uri.amap.com/search?keyword=%E6%88%90%E9%83%BD%E5%B8%82%20%E5%A4%A9%E5%BA%9C%E5%A4%A7%E9%81%93%201%20%E5%8F%B7%26x"
    assert f'href="{link}"' in page


def test_a_visit_to_a_file_that_was_merged_away_is_refused(client_of, officer, leader, now):
    kept, gone = EnterpriseFactory(), EnterpriseFactory()
    merge_enterprises(kept, gone, taken=(), by=officer, at=now)

    assert client_of(officer).post(address(gone), typed(leader)).status_code == 404
    with pytest.raises(RuleBroken, match="was merged into"):
        planning.plan_visit(gone, by=officer, at=now, starts_on=date(2026, 12, 2), leader=leader)
    assert not Visit.objects.exists()


def test_a_planned_visit_of_the_future_is_not_reported_as_held(client_of, officer, leader):
    visit = led_visit(leader, starts_on=date(2026, 12, 2))
    client = client_of(officer)

    moved = client.post(f"/visits/{visit.pk}/move/", {"to": "held"})
    entered = client.post(address(EnterpriseFactory()), typed(leader, took_place="on"))

    visit.refresh_from_db()
    assert (moved.status_code, "The day of this visit is still ahead." in moved.content.decode()) == (422, True)
    assert "This day is still ahead: the visit cannot have taken place." in entered.content.decode()
    assert (visit.state, Visit.objects.count()) == (VisitState.PLANNED, 1)


def test_a_clash_is_refused_until_it_is_ticked_and_then_shown_on_the_page(client_of, officer, leader, today):
    day = today + timedelta(days=3)
    other = led_visit(leader, starts_on=day, enterprise=EnterpriseFactory(name_en="Huirun Group"))
    client, way = client_of(officer), address(EnterpriseFactory())
    untimed = typed(leader, starts_on=day.isoformat(), starts_at_time="")

    refused = client.post(way, untimed)

    assert errors(refused) == {
        "accept_clash": [
            "Chen Li is taken on 27 Nov 2026 (no hour said): Huirun Group. "
            "Choose another time, or tick “Plan it all the same”."
        ]
    }
    assert 'type="checkbox" name="accept_clash"' in refused.content.decode()
    assert Visit.objects.count() == 1
    accepted = client.post(way, {**untimed, "accept_clash": "on"}, follow=True)
    assert Visit.objects.count() == 2
    assert "In two places at once:" in accepted.content.decode()
    assert f"/visits/{other.pk}/" in accepted.content.decode()
    other.state = VisitState.CANCELLED
    other.save()
    assert "In two places at once:" not in client.get(accepted.redirect_chain[-1][0]).content.decode()

"""The pages of events."""

import pytest

from tests.factories.events import EventFactory
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_events_costs_the_same_for_any_number_of_rows(client, leader, django_assert_num_queries, rows):
    for _ in range(rows):
        EventFactory().enterprises.set([EnterpriseFactory()])
    client.force_login(leader)

    with django_assert_num_queries(8):
        response = client.get("/events/")

    assert len(response.context["page"]) == rows


def test_an_event_is_found_by_its_enterprise_and_shows_its_speakers(client, officer):
    event = EventFactory(name="推介会")
    event.enterprises.set([EnterpriseFactory(legal_name="上海启励影视")])
    event.speakers.create(name="沈浩", title="总经理")
    event.items.create(kind="audience", name="学生代表")
    EventFactory()
    client.force_login(officer)

    assert list(client.get("/events/", {"find": "启励"}).context["page"]) == [event]
    text = client.get(f"/events/{event.pk}/").content.decode()
    assert "沈浩" in text
    assert "学生代表" in text


def test_students_find_no_page_of_staff(client, student):
    event = EventFactory()
    client.force_login(student)

    assert client.get(f"/events/{event.pk}/").status_code == 404
    assert client.get("/events/").status_code == 404

"""The enterprises of an event are chosen from those on file; one without a file is written down."""

import pytest
from django.utils import timezone

from events.choices import EventItemKind
from events.forms.events import EventEditForm
from events.models import Event
from partnerships.services.merging import merge_enterprises
from tests.factories.events import OpenEventFactory
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
SENT = {"form_token": "00000000-0000-4000-8000-000000000001", "kind": "fair", "name": "双选会"}


@pytest.fixture
def film(db):
    return EnterpriseFactory(
        legal_name="四川启明影视科技有限公司",
        short_name="启明影视",
        name_en="Qiming Film",
        credit_code="91350100M000100Y43",
    )


def _guests(event: Event) -> list[str]:
    return list(event.items.filter(kind=EventItemKind.GUEST).values_list("name", flat=True))


def test_what_is_typed_finds_files_and_changes_nothing(client, officer, film):
    EnterpriseFactory(legal_name="成都光影游戏有限公司")
    client.force_login(officer)

    page = client.get("/events/new/", {"find": "启明"})
    part = client.get("/events/new/", {"find": "启明"}, headers={"HX-Request": "true"})

    assert page.context["found"] == part.context["found"] == [film]
    assert (page.templates[0].name, part.templates[0].name) == ("events/event_form.html", "events/_found.html")
    assert client.get("/events/new/", {"find": " "}).context["found"] == []
    assert not Event.objects.exists()


def test_those_chosen_and_those_without_a_file_are_saved_and_shown(client, officer, film):
    client.force_login(officer)

    address = client.post("/events/new/", {**SENT, "enterprises": [film.pk], "others": "西部动漫社\n西部动漫社"}).url

    event = Event.objects.get()
    assert (list(event.enterprises.all()), _guests(event)) == ([film], ["西部动漫社"])
    assert [item.name for item in client.get(address).context["guests"]] == ["西部动漫社"]
    form = client.get(f"{address}edit/").context["form"]
    assert (form.chosen, form["others"].value()) == ([film], "西部动漫社")


@pytest.mark.parametrize("written", ["四川启明影视科技有限公司", "启明影视", "Qiming Film", "code"])
def test_a_name_that_is_on_file_is_recognised(client, officer, film, written):
    client.force_login(officer)

    client.post("/events/new/", {**SENT, "others": film.credit_code if written == "code" else written})

    event = Event.objects.get()
    assert (list(event.enterprises.all()), _guests(event)) == ([film], [])


def test_a_name_of_several_files_is_asked_about(client, officer, film):
    EnterpriseFactory(legal_name="成都启明影视有限公司", short_name="启明影视")
    client.force_login(officer)

    response = client.post("/events/new/", {**SENT, "others": "启明影视"})

    assert response.context["form"].errors == {
        "others": ["Several enterprises are called “启明影视”: choose the one above, or write its credit code."]
    }
    assert not Event.objects.exists()


def test_a_file_that_went_into_another_is_not_chosen(client, officer, film, now):
    gone = EnterpriseFactory()
    merge_enterprises(film, gone, taken=(), by=officer, at=now)
    client.force_login(officer)

    response = client.post("/events/new/", {**SENT, "enterprises": [gone.pk]})

    assert list(response.context["form"].errors) == ["enterprises"]
    assert not Event.objects.exists()


def test_unticking_takes_an_enterprise_off_and_a_refused_form_keeps_its_ticks(client, officer, film):
    event = OpenEventFactory(held_on=timezone.localdate(), organiser=officer)
    event.enterprises.add(film)
    event.items.create(kind=EventItemKind.GUEST, name="西部动漫社")
    form = EventEditForm(instance=event)
    sent = {name: form[name].value() or "" for name in form.fields} | {"organiser": officer.pk, "majors": []}
    client.force_login(officer)

    refused = client.post(f"/events/{event.pk}/edit/", {**sent, "name": ""})
    assert (list(refused.context["form"].errors), refused.context["form"].chosen) == (["name"], [film])
    client.post(f"/events/{event.pk}/edit/", {**sent, "enterprises": [], "others": ""})

    assert (list(event.enterprises.all()), _guests(event)) == ([], [])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_costs_the_same_for_any_number_of_enterprises(client, officer, rows, django_assert_num_queries):
    event = OpenEventFactory(organiser=officer)
    event.enterprises.set(EnterpriseFactory.create_batch(rows))
    client.force_login(officer)

    with django_assert_num_queries(15):
        response = client.get(f"/events/{event.pk}/edit/")

    assert len(response.context["form"].chosen) == rows

"""Contacts and needs on their pages."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from partnerships.models.contacts import Contact
from partnerships.models.needs import Need
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, NeedFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "00000000-0000-4000-8000-000000000001"
NEEDS = reverse("partnerships:need_list")


def page(name, record):
    return reverse(f"partnerships:{name}", args=[record.pk])


def test_a_contact_is_added_once(client, college_staff):
    enterprise = EnterpriseFactory()
    client.force_login(college_staff)
    data = {"form_token": TOKEN, "name": "曾建", "title": "总经理", "is_primary": "on"}

    for _ in range(2):
        assert client.post(page("contact_new", enterprise), data)["Location"] == page("enterprise", enterprise)

    assert Contact.objects.get().name == "曾建"


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("email", "x"), ("title", "长" * 1_000_000)])
def test_bad_contacts_get_a_message_beside_the_field(client, officer, field, value):
    enterprise = EnterpriseFactory()
    client.force_login(officer)

    refused = client.post(page("contact_new", enterprise), {"form_token": TOKEN, "name": "曾建", field: value})

    assert list(refused.context["form"].errors) == [field]
    assert not Contact.objects.exists()


def test_a_contact_is_corrected_and_leaves(client, officer):
    contact = ContactFactory(from_on=date(2024, 1, 1))
    client.force_login(officer)

    client.post(page("contact_edit", contact), {"name": "曾辉", "is_primary": "on", "from_on": "2024-01-01"})
    refused = client.post(page("contact_left", contact), {"on": "2023-01-01"})
    assert list(refused.context["form"].errors) == ["on"]
    client.post(page("contact_left", contact), {"on": "2026-11-19"})

    contact.refresh_from_db()
    assert (contact.name, contact.to_on, contact.is_primary) == ("曾辉", date(2026, 11, 19), False)
    shown = client.get(page("enterprise", contact.enterprise)).context["file"]
    assert (shown.contacts, shown.former_contacts) == ([], [contact])


@pytest.mark.parametrize("who", ["leader", "student"])
def test_others_get_no_forms_of_contacts_and_needs(request, client, who):
    contact, need = ContactFactory(), NeedFactory()
    client.force_login(request.getfixturevalue(who))
    status = 403 if who == "leader" else 404

    for address in (
        page("contact_new", contact.enterprise),
        page("contact_edit", contact),
        page("contact_left", contact),
        page("need_new", contact.enterprise),
        page("need_close", need),
    ):
        assert client.get(address).status_code == status


def test_a_need_is_recorded_shown_and_closed(client, officer):
    enterprise, major = EnterpriseFactory(), MajorFactory()
    client.force_login(officer)
    data = {"form_token": TOKEN, "kind": "interns", "description": "剪辑实习生", "majors": [major.pk]}
    client.post(page("need_new", enterprise), data)
    need = Need.objects.get()
    assert list(client.get(NEEDS).context["page"]) == [need]

    refused = client.post(page("need_close", need), {"state": "met", "result": ""})
    assert list(refused.context["form"].errors) == ["result"]
    client.post(page("need_close", need), {"state": "met", "result": "录用六人"})

    assert list(client.get(NEEDS).context["page"]) == []
    assert [row.result for row in client.get(page("enterprise_needs", enterprise)).context["page"]] == ["录用六人"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"剪辑"}),
        ({"state": "met"}, {"调色"}),
        ({"state": "all"}, {"剪辑", "调色"}),
        ({"kind": "interns"}, set()),
        ({"find": "剪辑"}, {"剪辑"}),
        ({"find": "启明"}, {"剪辑"}),
        ({"find": "没有"}, set()),
    ],
)
def test_needs_are_searched_and_filtered(client, officer, query, found):
    NeedFactory(description="剪辑", enterprise=EnterpriseFactory(legal_name="启明科技"))
    NeedFactory(description="调色", state="met")
    client.force_login(officer)

    assert {need.description for need in client.get(NEEDS, query).context["page"]} == found


def test_needs_are_found_by_major(client, officer):
    need, major = NeedFactory(), MajorFactory()
    need.majors.add(major)
    NeedFactory()
    client.force_login(officer)

    assert list(client.get(NEEDS, {"major": major.pk}).context["page"]) == [need]


@pytest.mark.parametrize("rows", [1, 3])
def test_needs_run_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for need in NeedFactory.create_batch(rows):
        need.majors.add(MajorFactory())
    client.force_login(officer)

    with django_assert_num_queries(
        10
    ):  # session, person, roles, terms, choices, totals, rows, their majors, school, inbox
        html = client.get(NEEDS).content.decode()

    assert html.count('<td class="cell-title">') == rows


@pytest.mark.parametrize("name", ["need_list", "contact_list"])
@pytest.mark.parametrize(
    ("who", "status"), [("leader", 200), ("college_staff", 200), ("student", 404), ("stranger", 404)]
)
def test_staff_read_these_lists_and_nobody_else(request, client, name, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse(f"partnerships:{name}")).status_code == status

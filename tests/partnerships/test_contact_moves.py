"""Contacts change, move to another enterprise, are found over all files, and are not entered twice unawares."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from python_calamine import CalamineWorkbook

from core.errors import RuleBroken
from exporting.models import Export
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.timeline import TimelineEntry
from partnerships.phones import dial
from partnerships.services import contacts
from tests.factories.partnerships import ContactFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "5f0c5c4e-0000-4000-8000-000000000001"
CONTACTS = reverse("partnerships:contact_list")
PEOPLE = ["name", "phone", "landline", "email", "wechat"]


def page(name, record):
    return reverse(f"partnerships:{name}", args=[record.pk])


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("139 0000 1234", "tel:13900001234"),
        ("+86 139-0000-1234", "tel:+8613900001234"),
        ("０８１７－２３４５６７８", "tel:08172345678"),
        ("0817-2345678转801", "tel:08172345678;ext=801"),
        ("(028) 8888 6666 ext. 12", "tel:02888886666;ext=12"),
        ("见名片", ""),
        ("", ""),
    ],
)
def test_a_telephone_dials_what_people_write(number, dialled):
    assert dial(number) == dialled


def test_a_change_is_told_with_before_and_after(officer, college_staff):
    contact = ContactFactory(name="曾建", phone="13900000001", known_by=officer)

    contacts.change_contact(
        contact, fields={"phone": "13900000002", "also_known_by": [college_staff]}, by=officer, at=NOW
    )

    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.text, entry.by) == (TimelineKind.CONTACT_CHANGED, "曾建", officer)
    assert [(change["field"], change["before"]) for change in entry.changes] == [
        ("phone", "13900000001"),
        ("also_known_by", []),
    ]
    assert entry.changes[0]["after"] == "13900000002"
    assert list(contact.also_known_by.all()) == [college_staff]


def test_a_person_who_moves_ends_here_and_begins_there_in_one_step(officer, college_staff):
    contact = ContactFactory(
        name="曾建", phone="13900000001", email="zeng@old.example", wechat="zj", is_primary=True, known_by=officer
    )
    contact.also_known_by.add(college_staff)
    to = EnterpriseFactory(legal_name="成都新东家有限公司")

    new = contacts.contact_moved(contact, on=date(2026, 11, 19), to=to, title="总监", by=officer, at=NOW)

    contact.refresh_from_db()
    assert (contact.to_on, contact.is_primary) == (date(2026, 11, 19), False)
    assert (new.enterprise, new.name, new.title, new.from_on, new.to_on) == (
        to,
        "曾建",
        "总监",
        date(2026, 11, 20),
        None,
    )
    assert (new.phone, new.wechat, new.email, new.is_primary) == ("13900000001", "zj", "", False)
    assert (new.known_by, list(new.also_known_by.all())) == (officer, [college_staff])
    told = {entry.enterprise: (entry.kind, entry.text, entry.detail) for entry in TimelineEntry.objects.all()}
    assert told == {
        contact.enterprise: (TimelineKind.CONTACT_LEFT, "曾建 → 成都新东家有限公司", "2026-11-19"),
        to: (TimelineKind.CONTACT_ADDED, "曾建 · 总监", ""),
    }


def test_nobody_moves_to_where_they_are_or_twice_and_nothing_changes(officer, leader):
    contact, gone = ContactFactory(), ContactFactory(to_on=date(2026, 1, 1))
    on, to = date(2026, 11, 19), EnterpriseFactory()

    with pytest.raises(RuleBroken):
        contacts.contact_moved(contact, on=on, to=contact.enterprise, by=officer, at=NOW)
    with pytest.raises(RuleBroken):
        contacts.contact_moved(gone, on=on, to=to, by=officer, at=NOW)
    with pytest.raises(PermissionDenied):
        contacts.contact_moved(contact, on=on, to=to, by=leader, at=NOW)

    contact.refresh_from_db()
    assert (contact.to_on, Contact.objects.count(), TimelineEntry.objects.exists()) == (None, 2, False)


@pytest.mark.parametrize("words", ["成都新东家", "新东家", "91510100MA6DP97W6D", "New Employer Ltd."])
def test_the_new_enterprise_is_named_in_the_form_of_leaving(client, officer, words):
    contact = ContactFactory()
    to = EnterpriseFactory(
        legal_name="成都新东家有限公司",
        short_name="新东家",
        name_en="New Employer Ltd.",
        credit_code="91510100MA6DP97W6D",
    )
    client.force_login(officer)

    answer = client.post(page("contact_left", contact), {"on": "2026-11-19", "moved_to": words, "title": "总监"})

    assert answer["Location"] == page("enterprise", contact.enterprise)
    assert to.contacts.get().title == "总监"


def test_words_that_mean_none_or_several_are_refused_with_what_to_write(client, officer):
    contact = ContactFactory(enterprise__legal_name="甲公司")
    for name in ("成都新东家科技有限公司", "成都新东家贸易有限公司"):
        EnterpriseFactory(legal_name=name)
    client.force_login(officer)

    errors = []
    for words in ("新东家", "没有这家", "甲公司"):
        refused = client.post(page("contact_left", contact), {"on": "2026-11-19", "moved_to": words})
        errors += refused.context["form"].errors["moved_to"]

    assert errors == [
        "Several are meant; write one of these names: 成都新东家科技有限公司; 成都新东家贸易有限公司",
        "No enterprise of this name is on file; open its file first.",
        f"{contact.name} works for this enterprise already.",
    ]
    contact.refresh_from_db()
    assert (contact.to_on, Contact.objects.count()) == (None, 1)


@pytest.mark.parametrize(
    ("field", "typed"), [("phone", "139-0000-1234"), ("phone", "１３９００００１２３４"), ("email", "HE@Known.example")]
)
def test_somebody_with_the_same_number_or_address_is_shown_before_saving(client, officer, field, typed):
    known = ContactFactory(name="何芳", phone="139 0000 1234", email="he@known.example")
    ContactFactory(phone="139 0000 1234", email="he@known.example", to_on=date(2025, 1, 1))
    enterprise = EnterpriseFactory()
    client.force_login(officer)
    data = {"form_token": TOKEN, "name": "何女士", field: typed}

    refused = client.post(page("contact_new", enterprise), data)

    form = refused.context["form"]
    assert list(form.errors) == [field]
    assert f'<a href="{page("enterprise", known.enterprise)}">何芳 · {known.enterprise}</a>' in form.errors[field][0]
    assert 'type="checkbox" name="accept_duplicate"' in refused.content.decode()
    assert not enterprise.contacts.exists()

    client.post(page("contact_new", enterprise), {**data, "accept_duplicate": "on"})
    assert enterprise.contacts.get().name == "何女士"


def test_ones_own_number_is_no_duplicate_and_the_box_is_hidden(client, officer):
    contact = ContactFactory(phone="13900001234", email="he@known.example")
    client.force_login(officer)
    shown = client.get(page("contact_edit", contact)).content.decode()

    data = {"name": "何芳", "phone": "139 0000 1234", "email": "he@known.example", "wechat": "hefang", "language": "en"}
    client.post(page("contact_edit", contact), data)

    contact.refresh_from_db()
    assert (contact.wechat, contact.language, contact.phone) == ("hefang", "en", "139 0000 1234")
    assert 'type="hidden" name="accept_duplicate"' in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"何芳", "王小明"}),
        ({"find": "小明"}, {"王小明"}),
        ({"find": "0000-1234"}, {"何芳"}),
        ({"find": "2345678"}, {"王小明"}),
        ({"find": "known.example"}, {"何芳"}),
        ({"find": "启明星"}, {"何芳"}),
        ({"find": "没有"}, set()),
        ({"mine": "on"}, {"何芳", "王小明"}),
        ({"state": "past"}, {"李旧"}),
        ({"state": "all"}, {"何芳", "王小明", "李旧"}),
        ({"state": "nonsense"}, {"何芳", "王小明"}),
        ({"stale": "on", "sort": "stale"}, {"王小明"}),
    ],
)
def test_contacts_are_found_over_all_files(client, officer, query, found):
    star = EnterpriseFactory(legal_name="四川启明星有限公司")
    today = datetime.now(UTC)
    ContactFactory(
        enterprise=star,
        name="何芳",
        phone="139 0000 1234",
        email="he@known.example",
        known_by=officer,
        confirmed_at=today,
    )
    second = ContactFactory(name="王小明", phone="", landline="0817-2345678", email="")
    second.also_known_by.add(officer)
    ContactFactory(name="李旧", phone="", email="", to_on=date(2025, 1, 1))
    client.force_login(officer)

    assert {row.name for row in client.get(CONTACTS, query).context["page"]} == found


@pytest.mark.parametrize("rows", [1, 3])
def test_contacts_run_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for contact in ContactFactory.create_batch(rows, known_by=officer):
        contact.also_known_by.add(officer)
    client.force_login(officer)

    with django_assert_num_queries(9):  # session, person, roles, terms, count, rows, bounces, school, inbox
        answer = client.get(CONTACTS)

    assert answer.content.decode().count('href="tel:13900000000"') == rows


def test_everyone_who_knows_a_person_is_named_on_the_file(client, officer, college_staff):
    contact = ContactFactory(known_by=officer)
    contact.also_known_by.add(college_staff)
    client.force_login(officer)

    shown = client.get(page("enterprise", contact.enterprise)).context["file"].contacts[0]

    assert shown.acquaintances == [officer.name_en, college_staff.name_en]


def test_the_office_exports_whom_it_sees_and_nobody_else(client, officer, college_staff):
    ContactFactory(name="=1+1", landline="0817-1", wechat="wx", known_by=officer)
    ContactFactory(name="另一人", to_on=date(2025, 1, 1))
    client.force_login(college_staff)
    assert client.get(CONTACTS, {"format": "xlsx", "columns": "name"}).status_code == 403
    assert not Export.objects.exists()
    client.force_login(officer)

    answer = client.get(CONTACTS, {"format": "xlsx", "columns": ["all", *PEOPLE]})

    head, *rows = (
        CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    )
    assert (len(rows), len(head)) == (1, 16)
    assert dict(zip(head, rows[0], strict=True))["Landline"] == "0817-1"
    assert (rows[0][0], rows[0][11]) == ("=1+1", officer.name_en)

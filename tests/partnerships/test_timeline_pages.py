"""The timeline's page: filters in the address, changes that open, letters for the office."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from notifications.choices import MessageState
from partnerships.choices.timeline import KINDS_OF, TimelineGroup, TimelineKind
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.timeline import periods
from partnerships.services import contacts
from partnerships.services.timeline import record
from tests.factories.notifications import EmailFactory
from tests.factories.partnerships import ContactFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
K = TimelineKind


def page(enterprise):
    return reverse("partnerships:timeline", args=[enterprise.pk])


@pytest.fixture
def client():
    """A browser whose pages are in English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def enterprise(officer, leader):
    """Five entries: of two people and the portal, over a year."""
    enterprise = EnterpriseFactory()
    record(enterprise, K.ENTERPRISE_ADDED, by=officer, at=NOW - timedelta(days=400), text="启明科技")
    record(enterprise, K.VISIT_REPORTED, by=leader, at=NOW - timedelta(days=100), text="洽谈实习")
    record(enterprise, K.IMPORTED, by=None, at=NOW - timedelta(days=60), text="年度名册")
    contact = ContactFactory(enterprise=enterprise, name="何芳", phone="139")
    contacts.change_contact(contact, fields={"phone": "13812345678"}, by=officer, at=NOW - timedelta(days=3))
    record(enterprise, K.NEED_RECORDED, by=officer, at=NOW, text="八名剪辑实习生", detail="interns")
    return enterprise


def shown(client, user, enterprise, **query):
    client.force_login(user)
    return [entry.kind for entry in client.get(page(enterprise), query).context["page"]]


ALL = [K.NEED_RECORDED, K.CONTACT_CHANGED, K.IMPORTED, K.VISIT_REPORTED, K.ENTERPRISE_ADDED]


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ({}, ALL),
        ({"kind": "contacts"}, [K.CONTACT_CHANGED]),
        ({"kind": "file"}, [K.IMPORTED, K.ENTERPRISE_ADDED]),
        ({"kind": "imported"}, [K.IMPORTED]),
        ({"kind": "nonsense"}, ALL),
        ({"who": "portal"}, [K.IMPORTED]),
        ({"who": "999999"}, ALL),
        ({"since": "2026-09-01"}, [K.NEED_RECORDED, K.CONTACT_CHANGED, K.IMPORTED]),
        ({"since": "2026-08-01", "until": "2026-10-01"}, [K.IMPORTED, K.VISIT_REPORTED]),
        ({"find": "实习"}, [K.NEED_RECORDED, K.VISIT_REPORTED]),
        ({"find": "1381234"}, [K.CONTACT_CHANGED]),
        ({"find": "139"}, [K.CONTACT_CHANGED]),
        ({"find": "File opened"}, [K.ENTERPRISE_ADDED]),
        ({"find": "phone"}, []),
        ({"find": '.*"\\'}, []),
        ({"find": "%"}, []),
        ({"find": "实习", "kind": "needs", "until": "2026-11-30"}, [K.NEED_RECORDED]),
    ],
)
def test_filters_narrow_the_stream(client, officer, enterprise, query, kinds):
    assert shown(client, officer, enterprise, **query) == kinds


def test_people_are_those_who_appear(client, officer, leader, enterprise, college_staff):
    record(enterprise, K.NOTE, by=college_staff, at=NOW, text="只有我", private_to=college_staff)
    client.force_login(officer)

    form = client.get(page(enterprise)).context["form"]

    offered = {str(value) for value, _label in form.fields["who"].choices}
    assert offered == {"", "portal", str(officer.pk), str(leader.pk)}
    assert shown(client, officer, enterprise, who=leader.pk) == [K.VISIT_REPORTED]


def test_each_choice_is_a_chip_that_takes_it_away(client, officer, enterprise):
    client.force_login(officer)
    query = {"kind": "contacts", "who": officer.pk, "since": "2026-09-01", "find": "何芳", "page": 2}

    response = client.get(page(enterprise), query)

    chips = response.context["form"].chips
    assert [chip.value for chip in chips] == ["何芳", "Contacts", "Wang Min", "1 Sep 2026"]
    without = f"?who={officer.pk}&amp;since=2026-09-01&amp;find=%E4%BD%95%E8%8A%B3"
    assert response.content.decode().count(f'href="{without}"') == 1


def test_periods_are_quick_choices(client, officer, enterprise):
    client.force_login(officer)

    offered = client.get(page(enterprise), {"kind": "contacts", "until": "2026-10-01"}).context["periods"]

    assert [chip.label for chip in offered] == ["Last 30 days", "This term", "This year"]
    assert not any(chip.is_current for chip in offered)
    again = client.get(page(enterprise) + offered[2].address).context["periods"]
    assert [chip.is_current for chip in again] == [False, False, True]
    assert offered[2].address.startswith("?kind=contacts&since=")


@pytest.mark.parametrize(
    ("on", "term"),
    [
        (date(2026, 11, 21), date(2026, 9, 1)),
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 8, 31), date(2026, 2, 1)),
        (date(2026, 1, 31), date(2025, 9, 1)),
    ],
)
def test_a_term_begins_in_september_or_february(on, term):
    assert [period.since for period in periods(on)] == [on - timedelta(days=30), term, date(on.year, 1, 1)]


def test_every_kind_is_in_one_group():
    assert sorted(kind for kinds in KINDS_OF.values() for kind in kinds) == sorted(K)
    assert not set(K.values) & set(TimelineGroup.values)


def test_an_entry_opens_to_before_and_after(client, officer, enterprise):
    client.force_login(officer)

    html = client.get(page(enterprise), {"kind": "contacts"}).content.decode()

    assert html.count('<details class="changes">') == 1
    cells = html[html.index("<tbody>") : html.index("</tbody>")]
    assert ("Phone" in cells, "139" in cells, "13812345678" in cells) == (True, True, True)


def test_what_a_change_holds_is_never_markup(client, officer, enterprise):
    change = {"model": "partnerships.Enterprise", "field": "about"}
    text = "一" * 70
    sides = {"before": f"<script>{text}", "after": f"<b>{text}</b>"}
    record(enterprise, K.ENTERPRISE_CHANGED, by=officer, at=NOW, changes=[{**change, **sides}])
    client.force_login(officer)

    html = client.get(page(enterprise), {"kind": "enterprise_changed"}).content.decode()

    assert (f"<b>{text}" in html, f"<script>{text}" in html) == (False, False)
    assert "<del>" in html


def test_an_empty_stream_and_an_empty_answer_say_different_things(client, officer, enterprise):
    client.force_login(officer)

    assert "Nothing has happened yet" in client.get(page(EnterpriseFactory())).content.decode()
    assert "Take a filter away" in client.get(page(enterprise), {"find": "没有"}).content.decode()


def test_htmx_gets_the_rows_alone(client, officer, enterprise):
    client.force_login(officer)

    html = client.get(page(enterprise), {"kind": "needs"}, headers={"hx-request": "true"}).content.decode()

    assert ("<form" in html, "八名剪辑实习生" in html) == (False, True)


@pytest.mark.parametrize("who", ["officer", "college_staff"])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_rows(request, client, django_assert_num_queries, rows, who):
    user, enterprise = request.getfixturevalue(who), EnterpriseFactory()
    for number in range(rows):
        contact = ContactFactory(enterprise=enterprise)
        contacts.change_contact(contact, fields={"phone": str(number)}, by=user, at=NOW)
    client.force_login(user)

    # session, person, roles, enterprise, people, count, rows, school, inbox
    with django_assert_num_queries(9):
        response = client.get(page(enterprise))

    assert len(response.context["page"]) == rows


def letter_of(enterprise, user, kind=K.EMAIL_SENT, **message):
    stored = EmailFactory(
        recipient=None, address="he@lighthouse.example", addressee="何芳", language="zh-hans", **message
    )
    return record(enterprise, kind, by=user, at=NOW, text=stored.subject, detail=f"message:{stored.pk}")


def test_the_office_reads_the_letter_behind_an_entry(client, officer, enterprise):
    entry = letter_of(
        enterprise, officer, subject="春招邀请", body="诚邀参加。\n\n此致", state=MessageState.SENT, sent_at=NOW
    )
    client.force_login(officer)
    address = reverse("partnerships:letter", args=[entry.pk])

    stream = client.get(page(enterprise)).content.decode()
    letter = client.get(address).content.decode()

    assert address in stream
    assert "message:" not in stream
    for words in ("春招邀请", "诚邀参加。", "何芳", "he@lighthouse.example", "Wang Min"):
        assert words in letter


def test_the_key_of_a_signed_link_is_not_shown(client, officer, enterprise):
    key = "Zk3x" * 10
    body = f"请点击 https://portal.school.example/file/{key}/ 确认\nhttps://portal.school.example/f?key={key}"
    entry = letter_of(enterprise, officer, K.FILE_ASKED, body=body)
    client.force_login(officer)

    html = client.get(reverse("partnerships:letter", args=[entry.pk])).content.decode()

    assert (key in html, "https://portal.school.example/file/…" in html) == (False, True)


@pytest.mark.parametrize("who", ["leader", "college_staff"])
def test_others_see_that_a_letter_went_and_not_its_text(request, client, officer, enterprise, who):
    entry = letter_of(enterprise, officer)
    client.force_login(request.getfixturevalue(who))
    address = reverse("partnerships:letter", args=[entry.pk])

    stream = client.get(page(enterprise)).content.decode()

    assert ("E-mail sent" in stream, address in stream) == (True, False)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("detail", ["", "message:999999", "message:x", "interns"])
def test_an_entry_without_a_letter_has_no_page(client, officer, enterprise, detail):
    entry = record(enterprise, K.EMAIL_SENT, by=officer, at=NOW, detail=detail)
    client.force_login(officer)

    assert client.get(reverse("partnerships:letter", args=[entry.pk])).status_code == 404
    assert TimelineEntry.objects.filter(pk=entry.pk).exists()

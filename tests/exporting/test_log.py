"""Every export leaves a row: who, what, which filters, whether people were in it, and how it ended."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import RoleGrant
from exporting.choices import ExportState
from exporting.models import Export
from tests.factories.accounts import person
from tests.factories.partnerships import ContactFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
ENTERPRISES = reverse("partnerships:enterprise_list")
CONTACTS = reverse("partnerships:contact_list")
LOG = reverse("exporting:export_list")


def names(response):
    return [line.split(",")[0] for line in response.getvalue().decode("utf-8-sig").splitlines()[1:]]


def leave(response):
    """What the server does when its reader is gone; `close` would also end the connection of the test."""
    for close in response._resource_closers:
        close()


def test_an_export_says_who_took_what_and_when(client, officer):
    EnterpriseFactory.create_batch(2, level="core")
    EnterpriseFactory(level="normal")
    client.force_login(officer)
    before = timezone.now()

    client.get(ENTERPRISES, {"level": "core", "format": "csv", "columns": ["name", "level"]}).getvalue()

    export = Export.objects.get()
    assert (export.by, export.table, export.address) == (officer, "partnerships:enterprise_list", "/enterprises/")
    assert (export.filters, export.format, export.columns) == ("level=core", "csv", ["name", "level"])
    assert (export.rows, export.state, export.is_personal) == (2, ExportState.COMPLETE, False)
    assert before <= export.at <= export.ended_at <= timezone.now()
    assert export.names == {"zh-hans": "用人单位", "en": "Enterprises"}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_the_row_stands_before_the_first_byte_leaves(client, officer, kind):
    EnterpriseFactory()
    client.force_login(officer)

    response = client.get(ENTERPRISES, {"format": kind})

    assert Export.objects.get().state == ExportState.RUNNING
    assert response.getvalue()
    assert Export.objects.values_list("state", "rows").get() == (ExportState.COMPLETE, 1)


def test_words_that_somebody_typed_are_not_kept(client, officer):
    client.force_login(officer)

    client.get(CONTACTS, {"find": "王芳 13912345678", "mine": "on", "format": "csv", "x": "y", "sort": "no"}).getvalue()

    export = Export.objects.get()
    assert export.narrowed == [("find", "…"), ("mine", "on")]
    assert export.where == "/contacts/?mine=on"


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_a_reader_who_goes_away_in_the_middle_is_told_of(client, officer, kind):
    EnterpriseFactory.create_batch(3)
    client.force_login(officer)
    response = client.get(ENTERPRISES, {"format": kind})

    next(iter(response.streaming_content))
    leave(response)

    export = Export.objects.get()
    assert (export.state, export.ended_at is None) == (ExportState.BROKEN, False)
    assert client.get(LOG).content.decode().count("Broken off</") == 1


def test_a_reader_who_goes_away_before_the_first_byte_is_told_of_too(client, officer):
    EnterpriseFactory()
    client.force_login(officer)

    response = client.get(ENTERPRISES, {"format": "csv"})
    leave(response)

    assert Export.objects.values_list("state", "rows").get() == (ExportState.BROKEN, 0)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_a_file_that_cannot_be_made_is_told_of_and_not_called_complete(client, officer, kind, monkeypatch):
    EnterpriseFactory()
    client.force_login(officer)
    monkeypatch.setattr("exporting.tables.Column.of", lambda self, row: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        client.get(ENTERPRISES, {"format": kind}).getvalue()

    assert Export.objects.get().state == ExportState.BROKEN


def test_personal_columns_are_there_only_when_ticked_and_the_log_says_so(client, officer):
    ContactFactory(name="王芳", phone="13912345678", title="经理")
    client.force_login(officer)

    plain = client.get(CONTACTS, {"format": "csv", "columns": "all"}).getvalue().decode()
    ticked = client.get(CONTACTS, {"format": "csv", "columns": ["title", "phone"]}).getvalue().decode()

    assert ("王芳" in plain, "13912345678" in plain, "经理" in plain) == (False, False, True)
    assert "13912345678" in ticked
    assert list(Export.objects.order_by("pk").values_list("is_personal", flat=True)) == [False, True]


def test_who_may_not_take_people_along_is_not_offered_their_columns_and_gets_no_file(client, college_staff):
    ContactFactory(name="王芳")
    client.force_login(college_staff)

    page = client.get(CONTACTS, {"format": "choose"}).content.decode()
    refused = client.get(CONTACTS, {"format": "csv", "columns": ["title", "name"]})

    assert ('value="title"' in page, 'value="name"' in page, 'value="phone"' in page) == (True, False, False)
    assert refused.status_code == 403
    assert "Only the employment office exports contacts." in refused.content.decode()
    assert not Export.objects.exists()


def test_a_right_that_ended_between_page_and_file_gives_no_file(client, officer):
    ContactFactory()
    client.force_login(officer)
    asked = {"format": "csv", "columns": "name"}
    assert 'value="name"' in client.get(CONTACTS, {"format": "choose"}).content.decode()

    RoleGrant.objects.filter(user=officer).delete()

    assert client.get(CONTACTS, asked).status_code == 404
    assert not Export.objects.exists()


def test_a_right_that_shrank_between_page_and_file_gives_no_personal_column(client, officer, college):
    ContactFactory()
    client.force_login(officer)
    RoleGrant.objects.filter(user=officer).update(role=Role.COLLEGE, college=college)

    assert client.get(CONTACTS, {"format": "csv", "columns": "name"}).status_code == 403
    assert not Export.objects.exists()


def test_an_unknown_kind_of_file_asks_which_and_unknown_columns_are_the_usual(client, officer):
    EnterpriseFactory()
    client.force_login(officer)

    page = client.get(ENTERPRISES, {"format": "exe", "columns": ["nonsense", "\x00"]})
    head = client.get(ENTERPRISES, {"format": "csv", "columns": ["nonsense", "\x00"]}).getvalue().decode("utf-8-sig")

    assert (page.templates[0].name, page.content.decode().count(" checked")) == ("partnerships/export.html", 14)
    assert head.splitlines()[0].count(",") == 13


def test_filters_that_match_nothing_give_a_heading_alone(client, officer):
    EnterpriseFactory()
    client.force_login(officer)

    response = client.get(ENTERPRISES, {"find": "zzzz", "format": "csv", "columns": "name"})

    assert response.getvalue().decode("utf-8-sig") == "Full registered name\r\n"
    assert Export.objects.values_list("rows", "state").get() == (0, ExportState.COMPLETE)


def test_the_office_sees_all_exports_and_others_their_own(client, officer, leader):
    for user in (officer, leader):
        client.force_login(user)
        client.get(ENTERPRISES, {"format": "csv"}).getvalue()

    assert [row.by for row in client.get(LOG).context["page"]] == [leader]
    client.force_login(officer)
    assert [row.by for row in client.get(LOG).context["page"]] == [leader, officer]
    assert [row.by for row in client.get(LOG, {"by": leader.pk}).context["page"]] == [leader]


def test_the_log_is_narrowed_by_list_day_and_people(client, officer):
    client.force_login(officer)
    client.get(ENTERPRISES, {"format": "csv"}).getvalue()
    client.get(CONTACTS, {"format": "csv", "columns": "name"}).getvalue()
    today = timezone.localdate()

    def tables(**asked):
        return [row.table.partition(":")[2] for row in client.get(LOG, asked).context["page"]]

    assert tables() == ["contact_list", "enterprise_list"]
    assert tables(table="partnerships:enterprise_list") == ["enterprise_list"]
    assert tables(personal="on") == ["contact_list"]
    assert tables(since=today, until=today) == ["contact_list", "enterprise_list"]
    assert tables(until=today - timedelta(days=1)) == []


@pytest.mark.parametrize(("who", "status"), [("student", 200), ("stranger", 404)])
def test_people_outside_the_office_find_their_own_or_nothing(client, request, officer, who, status):
    client.force_login(officer)
    client.get(ENTERPRISES, {"format": "csv"}).getvalue()
    client.force_login(request.getfixturevalue(who))

    response = client.get(LOG)

    assert response.status_code == status
    assert "用人单位" not in response.content.decode()
    assert "Wang Min" not in response.content.decode()


def test_the_log_is_a_list_and_is_taken_along_like_any_other(client, officer):
    client.force_login(officer)
    client.get(ENTERPRISES, {"format": "csv"}).getvalue()

    rows = client.get(LOG, {"format": "csv", "columns": ["name", "rows", "state"]}).getvalue().decode("utf-8-sig")

    # The export of the log itself is on it, and on its way.
    assert rows.splitlines() == ["List,Rows,State", "Exports,0,On its way", "Enterprises,0,Complete"]


@pytest.mark.parametrize("exports", [1, 5])
def test_the_log_costs_the_same_for_any_number(client, officer, django_assert_num_queries, exports):
    for _ in range(exports):
        client.force_login(person(Role.OFFICER))
        client.get(ENTERPRISES, {"format": "csv"}).getvalue()
    client.force_login(officer)

    # session, person, roles, people, lists, school, inbox, count, rows
    with django_assert_num_queries(9):
        page = client.get(LOG).context["page"]

    assert len(page) == exports


@pytest.mark.django_db(transaction=True)
def test_two_exports_at_once_are_two_rows_and_two_whole_files():
    EnterpriseFactory.create_batch(3)
    officer, ready, found = person(Role.OFFICER), threading.Barrier(2), []

    def take():
        from_here = Client()
        from_here.force_login(officer)
        ready.wait()
        found.append(len(names(from_here.get(ENTERPRISES, {"format": "csv", "columns": "name"}))))
        connection.close()

    both = [threading.Thread(target=take) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert found == [3, 3]
    assert list(Export.objects.values_list("rows", "state")) == [(3, ExportState.COMPLETE)] * 2

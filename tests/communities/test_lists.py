"""The three lists beside each other."""

import io
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from python_calamine import CalamineWorkbook

from communities.models.sharing import ListEntry
from communities.services import lists as services
from core.errors import RuleBroken, StaleEdit
from tests.factories.community_work import CommunityFactory, EntryFactory, MembershipFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "7b8f0f5e-7f5c-4d51-9d8c-6d7d54b1f001"


def test_a_line_is_listed_changed_and_closed(officer):
    community = CommunityFactory()
    fields = {"kind": "talent", "name": "动画师", "number": 12}
    entry = services.list_entry(community, fields=fields, by=officer, at=NOW)
    assert (entry.listed_on, entry.version) == (date(2026, 11, 20), 1)

    services.change_entry(entry, version=1, fields={**fields, "number": 8}, by=officer, at=NOW)
    with pytest.raises(StaleEdit):
        services.change_entry(entry, version=1, fields=fields, by=officer, at=NOW)
    with pytest.raises(RuleBroken) as early:
        services.close_entry(entry, closed_on=date(2026, 11, 19), result="招满", by=officer, at=NOW)
    assert early.value.field == "closed_on"
    services.close_entry(entry, closed_on=date(2026, 12, 1), result="招满", by=officer, at=NOW)
    with pytest.raises(RuleBroken):
        services.close_entry(entry, closed_on=date(2026, 12, 2), result="又", by=officer, at=NOW)

    entry.refresh_from_db()
    assert (entry.number, entry.closed_on, entry.result, entry.version) == (8, date(2026, 12, 1), "招满", 3)


def test_people_are_counted_for_talent_alone_and_members_are_of_the_community(officer):
    community = CommunityFactory()

    for wrong, field in (
        ({"kind": "products", "name": "渲染引擎", "number": 3}, "number"),
        ({"kind": "products", "name": "渲染引擎", "membership": MembershipFactory()}, "membership"),
    ):
        with pytest.raises(RuleBroken) as refused:
            services.list_entry(community, fields=wrong, by=officer, at=NOW)
        assert refused.value.field == field
    assert not ListEntry.objects.exists()


def test_the_three_lists_count_and_are_narrowed(client, officer):
    member = MembershipFactory()
    of = {"community": member.community, "membership": member}
    EntryFactory(kind="talent", name="动画师", number=12, **of)
    EntryFactory(kind="talent", name="剪辑师", number=3, community=member.community)
    EntryFactory(kind="technology", name="动作捕捉", closed_on=date(2026, 5, 1), result="已合作", **of)
    client.force_login(officer)
    address = reverse("communities:lists", args=[member.community_id])

    def shown(query):
        lists = client.get(address + query).context["lists"]
        return [([entry.name for entry in one.entries], one.open, one.people) for one in lists]

    assert shown("") == [([], 0, 0), ([], 0, 0), (["剪辑师", "动画师"], 2, 15)]
    assert shown(f"?member={member.pk}&closed=on") == [([], 0, 0), (["动作捕捉"], 0, 0), (["动画师"], 1, 12)]


def test_each_list_is_a_workbook(client, officer):
    member = MembershipFactory(organisation="灯塔影视")
    EntryFactory(kind="talent", name="动画师", number=12, community=member.community, membership=member)
    EntryFactory(kind="products", name="引擎", community=member.community)
    client.force_login(officer)

    response = client.get(reverse("communities:lists", args=[member.community_id]) + "?format=xlsx&list=talent")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.getvalue())).get_sheet_by_index(0).to_python()
    assert rows[0][:5] == ["List", "Member", "What", "Description", "People wanted"]
    assert [row[:5] for row in rows[1:]] == [["Talent needs", "灯塔影视", "动画师", "", 12.0]]


def test_lines_are_kept_on_pages(client, officer):
    community = CommunityFactory()
    here = reverse("communities:lists", args=[community.pk])
    client.force_login(officer)
    data = {"form_token": TOKEN, "kind": "talent", "name": "动画师", "number": "12", "listed_on": "2026-11-01"}
    for _click in range(2):
        assert client.post(f"{here}new/", data)["Location"] == here
    entry = ListEntry.objects.get()
    edit = reverse("communities:entry_edit", args=[entry.pk])
    wrong = client.post(edit, {**data, "version": "1", "kind": "products"}).context["form"]
    assert list(wrong.errors) == ["number"]
    assert client.post(edit, {**data, "version": "1", "number": "9"})["Location"] == here
    stale = client.post(edit, {**data, "version": "1", "number": "5"}).context["form"]
    assert stale.saved_beside == [("People wanted", "9")]
    close = reverse("communities:entry_close", args=[entry.pk])
    assert client.post(close, {"closed_on": "2026-11-20", "result": "招满"})["Location"] == here
    entry.refresh_from_db()
    assert (entry.number, entry.result) == (9, "招满")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_run_the_same_queries_for_any_number(client, officer, django_assert_num_queries, rows):
    member = MembershipFactory()
    for _number in range(rows):
        EntryFactory(community=member.community, membership=member)
    client.force_login(officer)

    with django_assert_num_queries(8):  # session, person, roles, community, members, lines, frame
        response = client.get(reverse("communities:lists", args=[member.community_id]))

    assert response.context["lists"][0].open == rows


def test_nobody_but_the_office_changes_a_list(client, leader):
    entry = EntryFactory()
    client.force_login(leader)

    with pytest.raises(PermissionDenied):
        services.list_entry(entry.community, fields={"kind": "products", "name": "x"}, by=leader, at=NOW)
    with pytest.raises(PermissionDenied):
        services.close_entry(entry, closed_on=date(2026, 11, 20), result="x", by=leader, at=NOW)
    assert client.get(reverse("communities:entry_edit", args=[entry.pk])).status_code == 403

    entry.refresh_from_db()
    assert (entry.closed_on, ListEntry.objects.count()) == (None, 1)

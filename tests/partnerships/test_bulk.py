"""One change for many files: told before, done once, each file with its own entry."""

import re
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models.people import User
from core.errors import RuleBroken
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from partnerships import rules
from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.choices.lists import BulkAction
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise, Tag
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.bulk import BulkChange
from partnerships.services import bulk
from partnerships.services.bulk import change_many
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "00000000-0000-4000-8000-000000000001"
LIST = reverse("partnerships:enterprise_list")
BULK = reverse("partnerships:bulk")
CORE = BulkChange(BulkAction.LEVEL, EnterpriseLevel.CORE)


def agree(client, *, count, token=TOKEN, **data):
    return client.post(BULK, {"form_token": token, "count": count, "action": "level", "value": "core", **data})


def levels():
    return list(Enterprise.objects.order_by("pk").values_list("level", flat=True))


def do(change, *, by, said=None):
    rows = Enterprise.objects.current()
    return change_many(rows, change, said=rows.count() if said is None else said, by=by, at=NOW)


def plan_of_page(client, **query):
    return client.get(BULK, query).context["plan"]


def test_the_page_says_what_will_happen_and_changes_nothing(client, officer):
    first = EnterpriseFactory(legal_name="甲")
    second = EnterpriseFactory(legal_name="乙", level="core")
    EnterpriseFactory(legal_name="丙")
    client.force_login(officer)

    page = client.get(BULK, {"action": "level", "value": "core", "file": [first.pk, second.pk]})

    plan = page.context["plan"]
    assert (plan.chosen, plan.to_change, plan.already, plan.not_mine) == (2, 1, 1, 0)
    assert plan.names == [first]
    assert "Change 1 file" in page.content.decode()
    assert levels() == ["normal", "core", "normal"]
    assert not TimelineEntry.objects.exists()


def test_ticked_files_are_changed_with_version_entry_and_history(client, officer):
    first, second, third = EnterpriseFactory(), EnterpriseFactory(level="strategic"), EnterpriseFactory()
    client.force_login(officer)

    response = agree(client, count=2, file=[first.pk, second.pk], filter="sort=newest")

    assert response["Location"] == f"{LIST}?sort=newest"
    assert levels() == ["core", "core", "normal"]
    assert list(Enterprise.objects.order_by("pk").values_list("version", flat=True)) == [2, 2, 1]
    entry = second.timeline.get()
    assert (entry.kind, entry.by) == (TimelineKind.ENTERPRISE_CHANGED, officer)
    assert entry.changes == [
        {"model": "partnerships.Enterprise", "field": "level", "before": "strategic", "after": "core"}
    ]
    assert [row.level for row in second.history.order_by("pgh_id")] == ["strategic", "core"]
    assert not third.timeline.exists()
    assert "2 files are changed." in client.get(response["Location"]).content.decode()


def test_sent_twice_it_is_done_once_and_said(client, officer):
    enterprise = EnterpriseFactory()
    client.force_login(officer)

    agree(client, count=1, file=[enterprise.pk])
    response = agree(client, count=1, file=[enterprise.pk], value="strategic")

    assert levels() == ["core"]
    assert enterprise.timeline.count() == 1
    assert "nothing was done twice" in client.get(response["Location"]).content.decode()


def test_all_that_are_filtered_are_found_again_when_it_is_done(client, officer):
    EnterpriseFactory.create_batch(30, city="成都")
    EnterpriseFactory(city="南充")
    client.force_login(officer)

    agree(client, count=30, all="on", filter=urlencode({"find": "成都"}))

    assert levels() == ["core"] * 30 + ["normal"]


def test_a_list_that_changed_since_it_was_shown_is_said_and_nothing_is_done(client, officer):
    EnterpriseFactory.create_batch(3)
    client.force_login(officer)
    page = client.get(BULK, {"action": "level", "value": "core", "all": "on", "count": "2"})
    assert page.context["has_changed"] is True
    assert "it said 2, and now there are 3" in page.content.decode()
    EnterpriseFactory()

    refused = agree(client, count=3, all="on")

    assert refused.status_code == 200
    assert "you agreed to 3 files, and now there are 4" in refused.content.decode()
    assert refused.context["confirm"]["count"].value() == 4
    assert levels() == ["normal"] * 4
    agree(client, count=4, all="on")
    assert levels() == ["core"] * 4


def test_college_staff_change_what_is_theirs_and_the_rest_is_left_out_and_said(client, college_staff, officer):
    own = EnterpriseFactory(owner=college_staff)
    deputised = EnterpriseFactory(deputy=college_staff, owner=officer)
    foreign = EnterpriseFactory(owner=officer)
    nobody = EnterpriseFactory()
    client.force_login(college_staff)

    page = client.get(BULK, {"action": "level", "value": "core", "all": "on"})
    plan = page.context["plan"]
    assert (plan.chosen, plan.to_change, plan.not_mine) == (4, 2, 2)
    assert set(plan.names_not_mine) == {foreign, nobody}
    assert "only the employment office and the owner of a file may change it" in page.content.decode()

    agree(client, count=4, all="on")

    changed = Enterprise.objects.filter(level="core")
    assert set(changed) == {own, deputised}
    assert TimelineEntry.objects.count() == 2


@pytest.mark.parametrize("who", ["officer", "admin", "leader", "college_staff", "student", "stranger"])
def test_many_files_follow_the_rule_of_one(request, who, college_staff, officer):
    person = request.getfixturevalue(who)
    EnterpriseFactory(owner=person)
    EnterpriseFactory(deputy=person)
    EnterpriseFactory(owner=college_staff)
    EnterpriseFactory()

    one_by_one = {each for each in Enterprise.objects.all() if rules.can_change_enterprise(person, each)}

    assert set(rules.files_to_change(person, Enterprise.objects.all())) == one_by_one


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("student", 404), ("stranger", 404)])
def test_others_change_nothing(request, client, who, status):
    enterprise = EnterpriseFactory()
    person = request.getfixturevalue(who)
    client.force_login(person)

    assert client.get(BULK).status_code == status
    assert agree(client, count=1, file=[enterprise.pk]).status_code == status
    with pytest.raises(PermissionDenied):
        do(CORE, by=person)
    assert levels() == ["normal"]
    assert not TimelineEntry.objects.exists()


def test_the_list_has_ticks_for_those_who_may_change_files_only(client, officer, leader):
    EnterpriseFactory()
    client.force_login(officer)
    html = client.get(LIST).content.decode()
    assert html.count('form="bulk"') == 1
    assert "All 1 that is filtered" in html

    client.force_login(leader)
    html = client.get(LIST).content.decode()
    assert 'form="bulk"' not in html
    assert 'id="bulk"' not in html


def test_a_new_owner_is_told_once_for_all_files(client, officer, college_staff):
    EnterpriseFactory.create_batch(3, owner=officer)
    EnterpriseFactory(owner=college_staff)
    client.force_login(officer)

    agree(client, count=4, all="on", action="owner", value=college_staff.pk)

    assert Enterprise.objects.filter(owner=college_staff).count() == 4
    message = OutgoingMessage.objects.get(channel=Channel.INBOX)
    assert message.recipient == college_staff
    assert message.subject == "You now own 3 more enterprise files"
    assert message.link == f"{LIST}?owner={college_staff.pk}"
    assert TimelineEntry.objects.first().changes == [
        {
            "model": "partnerships.Enterprise",
            "field": "owner",
            "before": {"zh-hans": "王敏", "en": "Wang Min"},
            "after": {"zh-hans": "赵倩", "en": "Zhao Qian"},
        }
    ]


def test_who_gives_files_to_themselves_is_not_told(officer):
    EnterpriseFactory()

    assert do(BulkChange(BulkAction.OWNER, officer), by=officer) == 1
    assert not OutgoingMessage.objects.exists()


def test_a_deputy_is_set_and_taken_away(client, officer, college_staff):
    EnterpriseFactory()
    client.force_login(officer)

    agree(client, count=1, all="on", action="deputy", value=college_staff.pk)
    assert Enterprise.objects.get().deputy == college_staff
    assert OutgoingMessage.objects.filter(channel=Channel.INBOX).get().subject.startswith("You now stand in for")

    agree(client, count=1, all="on", action="deputy", value="none", token=TOKEN.replace("1", "2"))
    assert Enterprise.objects.get().deputy is None
    assert Enterprise.objects.get().timeline.first().changes[0]["after"] is None


def test_a_tag_is_added_and_removed_with_the_history_of_its_links(client, officer):
    first, second = EnterpriseFactory(), EnterpriseFactory()
    old = Tag.objects.create(name="b 双选会")
    first.tags.add(old)
    client.force_login(officer)

    agree(client, count=2, all="on", action="add_tag", value="  a  2027 ")

    new = Tag.objects.get(name="a 2027")
    assert set(new.enterprises.all()) == {first, second}
    both = [{"zh-hans": name, "en": name} for name in ("a 2027", "b 双选会")]
    change = first.timeline.get().changes[0]
    assert (change["field"], change["before"], change["after"]) == ("tags", both[1:], both)
    assert [second.timeline.get().changes[0][side] for side in ("before", "after")] == [[], both[:1]]

    plan = plan_of_page(client, action="add_tag", value="A 2027", all="on")
    assert (plan.to_change, plan.already) == (0, 2)

    agree(client, count=2, all="on", action="remove_tag", value=old.pk, token=TOKEN.replace("1", "2"))

    assert not old.enterprises.exists()
    assert list(Enterprise.objects.order_by("pk").values_list("version", flat=True)) == [3, 2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM partnerships_enterprisetagslinkhistory")
        assert cursor.fetchone() == (4,)  # three tied, one untied


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"value": "nonsense"}, "value"),
        ({"action": "owner", "value": "999999"}, "value"),
        ({"action": "add_tag", "value": "长" * 41}, "value"),
        ({"action": "add_tag", "value": "a\x00b"}, "value"),
        ({"action": "remove_tag", "value": "999999"}, "value"),
    ],
)
def test_a_value_that_is_not_offered_is_refused(client, officer, data, field):
    EnterpriseFactory()
    client.force_login(officer)

    refused = agree(client, count=1, all="on", **data)

    assert list(refused.context["form"].errors) == [field]
    assert not TimelineEntry.objects.exists()
    assert not Tag.objects.exists()


def test_an_owner_must_belong_to_the_staff(client, officer, student):
    EnterpriseFactory()
    client.force_login(officer)

    refused = agree(client, count=1, all="on", action="owner", value=student.pk)

    assert list(refused.context["form"].errors) == ["value"]
    assert Enterprise.objects.get().owner is None


@pytest.mark.parametrize("query", ["", "file=", "file=abc", f"file={'9' * 40}", "file=-1", "file=7777777"])
def test_nothing_ticked_is_said(client, officer, query):
    client.force_login(officer)

    html = client.get(f"{BULK}?{query}").content.decode()

    assert "No enterprise is ticked" in html


def test_an_unknown_action_is_not_there(client, officer):
    client.force_login(officer)

    assert client.get(BULK, {"action": "delete", "all": "on"}).status_code == 404


@pytest.mark.usefixtures("in_english")
def test_more_than_one_go_takes_is_refused(client, officer, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    EnterpriseFactory.create_batch(3)

    with pytest.raises(RuleBroken, match="At most 2 files at once"):
        do(CORE, by=officer)
    assert levels() == ["normal"] * 3


def test_archived_files_are_left_alone(client, officer):
    gone = EnterpriseFactory(archived_at=NOW)
    client.force_login(officer)

    assert "No enterprise is ticked" in client.get(BULK, {"file": gone.pk}).content.decode()
    agree(client, count=0, file=[gone.pk])
    assert levels() == ["normal"]


@pytest.mark.parametrize(("action", "per_portion"), [("level", 4), ("owner", 5), ("add_tag", 5)])
def test_many_files_take_the_queries_of_few_and_more_take_portions(
    officer, college_staff, monkeypatch, action, per_portion
):
    change = {
        "level": CORE,
        "owner": BulkChange(BulkAction.OWNER, officer),
        "add_tag": BulkChange(BulkAction.ADD_TAG, Tag.objects.create(name="双选会")),
    }[action]
    assert officer.is_office  # roles are read once

    def queries_for(files):
        Enterprise.objects.update(level="normal", owner=college_staff)
        Enterprise.tags.through.objects.all().delete()
        EnterpriseFactory.create_batch(files - Enterprise.objects.count(), owner=college_staff)
        with CaptureQueriesContext(connection) as queries:
            assert do(change, by=officer) == files
        return len(queries)

    few = queries_for(10)
    assert queries_for(40) == few
    monkeypatch.setattr(bulk, "PORTION", 20)
    assert queries_for(40) == few + per_portion


def test_the_bar_has_no_number_where_there_are_too_many_to_count(client, officer, monkeypatch):
    monkeypatch.setattr("core.paging.COUNT_LIMIT", 2)
    EnterpriseFactory.create_batch(3)
    client.force_login(officer)

    html = client.get(LIST).content.decode()

    assert "All that are filtered" in html
    assert not re.search(r'name="count"', html)


def test_a_person_who_left_meanwhile_gets_no_files(client, officer, college_staff):
    EnterpriseFactory()
    User.objects.filter(pk=college_staff.pk).update(is_active=False)
    client.force_login(officer)

    refused = agree(client, count=1, all="on", action="owner", value=college_staff.pk)

    assert list(refused.context["form"].errors) == ["value"]
    assert Enterprise.objects.get().owner is None

"""Needs are corrected, opened again, filtered and exported."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from core.errors import RuleBroken, StaleEdit
from partnerships.choices.needs import NeedKind, NeedSource, NeedState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.needs import Need
from partnerships.models.timeline import TimelineEntry
from partnerships.services import needs
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import EnterpriseFactory, NeedFactory
from tests.factories.visits import VisitFactory
from visits.services.links import link_need

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NEEDS = reverse("partnerships:need_list")


def page(name, record):
    return reverse(f"partnerships:{name}", args=[record.pk])


def test_a_change_is_told_with_before_and_after(college_staff):
    old, new = MajorFactory(name_zh="旧专业", name_en="Old"), MajorFactory(name_zh="新专业", name_en="New")
    need = NeedFactory(headcount=5, description="剪辑")
    need.majors.add(old)

    changed = needs.change_need(need, version=1, fields={"headcount": 8}, majors=[new], by=college_staff, at=NOW)

    assert (changed.headcount, changed.version, list(changed.majors.all())) == (8, 2, [new])
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.text) == (TimelineKind.NEED_CHANGED, "剪辑")
    assert [(change["field"], change["before"], change["after"]) for change in entry.changes] == [
        ("headcount", 5, 8),
        ("majors", [{"zh-hans": "旧专业", "en": "Old"}], [{"zh-hans": "新专业", "en": "New"}]),
    ]


def test_a_stale_change_and_one_of_a_closed_need_are_refused(officer, leader):
    need, met = NeedFactory(headcount=5), NeedFactory(headcount=5, state=NeedState.MET)

    with pytest.raises(StaleEdit):
        needs.change_need(need, version=0, fields={"headcount": 8}, by=officer, at=NOW)
    with pytest.raises(RuleBroken):
        needs.change_need(met, version=1, fields={"headcount": 8}, by=officer, at=NOW)
    with pytest.raises(PermissionDenied):
        needs.change_need(need, version=1, fields={"headcount": 8}, by=leader, at=NOW)

    assert set(Need.objects.values_list("headcount", flat=True)) == {5}
    assert not TimelineEntry.objects.exists()


def test_a_closed_need_is_opened_again_and_its_result_stays_in_the_timeline(officer, leader):
    need = NeedFactory(state=NeedState.MET, result="录用三人")

    with pytest.raises(PermissionDenied):
        needs.reopen_need(need, by=leader, at=NOW)
    opened = needs.reopen_need(need, by=officer, at=NOW)
    with pytest.raises(RuleBroken):
        needs.reopen_need(need, by=officer, at=NOW)

    assert (opened.state, opened.result, opened.confirmed_at) == (NeedState.OPEN, "", NOW)
    (entry,) = TimelineEntry.objects.all()
    assert [(change["before"], change["after"]) for change in entry.changes] == [("met", "open"), ("录用三人", "")]


def test_a_need_that_a_visit_led_to_says_so(officer):
    visit = VisitFactory(organiser=officer)
    need = NeedFactory(enterprise=visit.enterprise, source=NeedSource.STAFF)

    for _ in range(2):
        link_need(visit, need, by=officer, at=NOW)

    need.refresh_from_db()
    assert (need.source, need.version, list(visit.needs.all())) == (NeedSource.VISIT, 2, [need])


def test_a_need_is_edited_on_its_page_and_opened_again(client, officer):
    need, major = NeedFactory(headcount=5), MajorFactory()
    client.force_login(officer)
    said = {
        "version": 1, "kind": "interns", "source": "enterprise", "description": "后期", "majors": [major.pk],
        "headcount": 7, "monthly_pay": 3000, "wanted_by": "2027-03-01",
    }  # fmt: skip

    answer = client.post(page("need_edit", need), said)
    stale = client.post(page("need_edit", need), {**said, "headcount": 9})

    assert answer["Location"] == page("enterprise_needs", need.enterprise)
    need.refresh_from_db()
    assert (need.source, need.headcount, need.owner) == (NeedSource.ENTERPRISE, 7, None)
    assert stale.context["form"].data["version"] == "2"
    assert "Saved by somebody else in the meantime:" in stale.content.decode()

    client.post(page("need_close", need), {"state": "dropped", "result": "取消"})
    assert page("need_reopen", need) in client.get(page("enterprise_needs", need.enterprise)).content.decode()
    client.post(page("need_reopen", need))
    need.refresh_from_db()
    assert need.state == NeedState.OPEN


@pytest.mark.parametrize("who", ["leader", "student"])
def test_others_change_nothing_on_the_pages(request, client, who):
    need = NeedFactory(state=NeedState.MET, headcount=5)
    client.force_login(request.getfixturevalue(who))

    refused = 403 if who == "leader" else 404
    assert client.post(page("need_edit", need), {"version": 1, "headcount": 9}).status_code == refused
    assert client.post(page("need_reopen", need)).status_code == refused

    need.refresh_from_db()
    assert (need.state, need.headcount) == (NeedState.MET, 5)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["晚", "早", "无", "共"]),
        ({"sort": "most"}, ["共", "早", "晚", "无"]),
        ({"sort": "newest"}, ["共", "无", "早", "晚"]),
        ({"kind": "people"}, ["晚", "共"]),
        ({"kind": "equipment"}, ["早"]),
        ({"source": "enterprise"}, ["早"]),
        ({"owner": "none"}, ["晚", "无", "共"]),
        ({"overdue": "on"}, ["晚"]),
        ({"stale": "on"}, ["晚", "早", "共"]),
        ({"stale": "on", "state": "all"}, ["晚", "早", "共"]),
        ({"major": "none"}, ["早", "无"]),
        ({"shared": "on"}, ["共"]),
        ({"state": "met"}, ["成"]),
    ],
)
def test_needs_are_narrowed_and_put_in_order(client, officer, query, found):
    today = timezone.localdate()
    first, second = MajorFactory.create_batch(2)
    NeedFactory(description="晚", headcount=4, wanted_by=today - timedelta(days=1)).majors.add(first)
    NeedFactory(
        description="早", headcount=9, wanted_by=today, kind=NeedKind.EQUIPMENT, owner=officer, source="enterprise"
    )
    NeedFactory(
        description="无", headcount=None, wanted_by=date(2099, 1, 1), kind="staff_training", confirmed_at=timezone.now()
    )
    NeedFactory(description="共", headcount=20, kind=NeedKind.INTERNS).majors.add(first, second)
    NeedFactory(description="成", state=NeedState.MET)
    client.force_login(officer)

    rows = [row.description for row in client.get(NEEDS, query).context["page"]]

    assert rows == found


def test_needs_are_found_by_college_and_owner_each_once(client, officer):
    major = MajorFactory()
    need, other = NeedFactory(owner=officer), NeedFactory()
    need.majors.add(major, MajorFactory(college=major.college))
    other.majors.add(MajorFactory())
    client.force_login(officer)

    assert list(client.get(NEEDS, {"college": major.college_id}).context["page"]) == [need]
    assert list(client.get(NEEDS, {"owner": officer.pk}).context["page"]) == [need]


def test_needs_of_an_archived_file_are_not_listed(client, officer):
    NeedFactory(enterprise=EnterpriseFactory(archived_at=NOW))
    client.force_login(officer)

    assert list(client.get(NEEDS).context["page"]) == []


def test_the_export_holds_what_is_filtered(client, officer):
    need = NeedFactory(description="=1+1", headcount=6, source=NeedSource.VISIT)
    need.majors.add(MajorFactory(name_en="Animation"))
    NeedFactory(kind=NeedKind.EQUIPMENT)
    client.force_login(officer)

    answer = client.get(NEEDS, {"kind": "recruit", "format": "xlsx"})

    head, *rows = (
        CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    )
    assert len(rows) == 1
    row = dict(zip(head, rows[0], strict=True))
    assert (row["What is needed"], row["Majors"], row["Number of people"], row["Learnt from"], row["Stale"]) == (
        "=1+1", "Animation", 6, "At a visit", "yes",
    )  # fmt: skip

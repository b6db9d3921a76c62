"""Follow-ups: noted at any time, handed on with a word, moved, opened again, found and climbed."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.choices import Role
from core.errors import RuleBroken, StaleEdit
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import TimelineKind
from tests.factories.accounts import CollegeFactory, person
from tests.factories.visits import CampaignFactory, FollowUpFactory, VisitFactory, reported_visit
from tests.reminding import queue, told
from visits.choices import FollowUpState
from visits.models.results import FollowUp
from visits.services import follow_ups, reporting

pytestmark = pytest.mark.django_db


def change(item, *, by, at, **said):
    fields = {"what": item.what, "owner": item.owner, "due_on": item.due_on, "version": item.version, **said}
    return follow_ups.change_follow_up(item, **fields, by=by, at=at)


@pytest.fixture
def colleague():
    return person(Role.LEADER, name="李华", name_en="Li Hua")


@pytest.fixture
def item(officer, colleague, today):
    return FollowUpFactory(visit=reported_visit(), owner=colleague, due_on=today + timedelta(days=3))


def test_one_is_noted_long_after_the_report_and_its_owner_hears_of_it(officer, colleague, now, today):
    visit = reported_visit()

    added = follow_ups.add_follow_up(
        visit, what=" 寄送简历册 ", owner=colleague, due_on=today + timedelta(days=7), by=officer, at=now
    )

    assert (added.what, added.owner, added.state, added.version) == ("寄送简历册", colleague, "open", 1)
    mail = OutgoingMessage.objects.get(channel="email")
    assert (mail.recipient, mail.key) == (colleague, f"follow_up:{added.pk}:given")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"days": -1}, "This day has passed."),
        ({"days": -20}, "The follow-up is due before the visit took place."),
        ({"owner": "gone"}, "cannot see to it"),
        ({"visit": "ahead"}, "Follow-ups are noted once the visit has taken place."),
    ],
)
def test_one_that_cannot_be_is_refused_and_nothing_is_noted(officer, colleague, now, today, wrong, words):
    owner = person(None, is_active=False) if wrong.get("owner") else colleague
    visit = VisitFactory() if wrong.get("visit") else reported_visit()

    due_on = today + timedelta(days=wrong.get("days", 5))

    with pytest.raises(RuleBroken, match=words):
        follow_ups.add_follow_up(visit, what="寄送", owner=owner, due_on=due_on, by=officer, at=now)

    assert not FollowUp.objects.exists()
    assert not OutgoingMessage.objects.exists()


def test_who_did_not_take_part_notes_nothing(leader, colleague, now, today):
    with pytest.raises(PermissionDenied):
        follow_ups.add_follow_up(reported_visit(), what="寄送", owner=colleague, due_on=today, by=leader, at=now)

    assert not FollowUp.objects.exists()


def test_it_is_handed_on_with_a_word_that_the_new_owner_reads(item, officer, college_staff, colleague, now):
    changed = change(item, owner=college_staff, word="请赵老师联系", by=colleague, at=now)

    assert (changed.owner, changed.version) == (college_staff, 2)
    mail = OutgoingMessage.objects.get(channel="email")
    assert (mail.recipient, mail.key) == (college_staff, f"follow_up:{item.pk}:given:2")
    assert "请赵老师联系" in mail.body
    entry = item.visit.enterprise.timeline.get()
    assert (entry.kind, entry.text) == (TimelineKind.VISIT_CHANGED, f"{item.what} · 请赵老师联系")
    assert [each["field"] for each in entry.changes] == ["owner"]


@pytest.mark.parametrize("said", [{"owner": True}, {"days": 9}])
def test_handing_on_and_moving_need_a_word(item, officer, now, today, said):
    fields = {"owner": officer} if said.get("owner") else {"due_on": today + timedelta(days=said["days"])}

    with pytest.raises(RuleBroken, match="Say in a word") as refused:
        change(item, **fields, by=officer, at=now)

    assert refused.value.field == "word"
    item.refresh_from_db()
    assert (item.owner.name, item.due_on, item.version) == ("李华", today + timedelta(days=3), 1)


def test_saying_it_better_needs_no_word_and_an_old_form_is_told(item, colleague, now):
    change(item, what="寄送简历册和名单", by=colleague, at=now)

    with pytest.raises(StaleEdit):
        change(item, what="寄送", version=1, by=colleague, at=now)

    item.refresh_from_db()
    assert item.what == "寄送简历册和名单"


def test_it_is_closed_once_and_opened_again_with_a_reason(item, officer, colleague, now, today):
    reporting.close_follow_up(item, state=FollowUpState.DONE, result="已寄出", by=colleague, at=now)
    closing = {"state": FollowUpState.DROPPED, "result": "不用了", "by": officer, "at": now}
    with pytest.raises(RuleBroken, match="closed already: 已寄出"):
        reporting.close_follow_up(item, **closing)
    with pytest.raises(RuleBroken, match="closed already"):
        change(FollowUp.objects.get(), what="改", by=officer, at=now)

    again = {"version": 2, "owner": colleague, "due_on": today + timedelta(days=5), "by": officer, "at": now}
    with pytest.raises(RuleBroken, match="Say why it is opened again."):
        follow_ups.reopen_follow_up(item, word=" ", **again)
    opened = follow_ups.reopen_follow_up(item, word="企业没有收到", **again)

    assert (opened.state, opened.result, opened.closed_at, opened.version) == ("open", "", None, 3)
    assert OutgoingMessage.objects.get(channel="email", recipient=colleague).key == f"follow_up:{item.pk}:given:3"
    with pytest.raises(RuleBroken, match="This follow-up is open."):
        follow_ups.reopen_follow_up(item, word="再", **{**again, "version": 3})


def test_a_stranger_to_it_hands_nothing_on(item, leader, now):
    with pytest.raises(PermissionDenied):
        change(item, owner=leader, word="给我", by=leader, at=now)

    item.refresh_from_db()
    assert item.version == 1


def test_on_the_page_of_the_visit_one_is_noted_once_and_changed(client_of, officer, colleague, today):
    visit, client = reported_visit(), client_of(officer)
    address = reverse("visits:follow_up_new", args=[visit.pk])
    assert address in client.get(reverse("visits:visit", args=[visit.pk])).content.decode()
    said = {"form_token": str(uuid.uuid4()), "what": "约定宣讲", "owner": colleague.pk, "due_on": "2026-12-01"}

    first, second = (client.post(address, said) for _ in range(2))

    item = FollowUp.objects.get()
    assert first.url == second.url == reverse("visits:visit", args=[visit.pk]) + "#follow-ups"
    edit = reverse("visits:follow_up_edit", args=[item.pk])
    moved = {"version": 1, "what": item.what, "owner": colleague.pk, "due_on": "2026-12-05", "word": ""}
    refused = client.post(edit, moved)
    assert list(refused.context["form"].errors) == ["word"]
    assert client.post(edit, {**moved, "word": "企业改期"}).status_code == 302
    item.refresh_from_db()
    assert (str(item.due_on), item.version) == ("2026-12-05", 2)


def test_a_closed_one_is_opened_again_on_its_page(client_of, officer, colleague):
    item = FollowUpFactory(visit=reported_visit(), owner=colleague, state="done", result="已寄出")
    address = reverse("visits:follow_up_edit", args=[item.pk])
    client = client_of(officer)
    assert "Open a follow-up again" in client.get(address).content.decode()

    client.post(address, {"version": 1, "owner": officer.pk, "due_on": "2026-12-05", "word": "没有收到"})

    item.refresh_from_db()
    assert (item.state, item.owner, item.result) == ("open", officer, "")


def ids(response):
    return [item.pk for item in response.context["page"]]


def test_filters_narrow_the_list_and_the_export_holds_the_same_rows(client_of, officer, colleague, today):
    campaign, college = CampaignFactory(), CollegeFactory()
    visit = reported_visit()
    visit.campaigns.add(campaign)
    visit.colleges.add(college)
    late = FollowUpFactory(visit=visit, owner=colleague, due_on=today - timedelta(days=7), what="寄送教材")
    fresh = FollowUpFactory(owner=officer, due_on=today)
    almost = FollowUpFactory(owner=officer, due_on=today - timedelta(days=6))
    client = client_of(officer)

    everything = {"whose": "all"}
    assert ids(client.get("/follow-ups/", everything)) == [late.pk, almost.pk, fresh.pk]
    for narrowing in ({"college": college.pk}, {"campaign": campaign.pk}, {"owner": colleague.pk}, {"find": "教材"}):
        assert ids(client.get("/follow-ups/", {**everything, **narrowing})) == [late.pk]
    assert ids(client.get("/follow-ups/", {"state": "climbed"})) == [late.pk]
    file = client.get("/follow-ups/", {"state": "climbed", "format": "xlsx"})
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(file.streaming_content))).get_sheet_by_index(0).to_python()
    assert [(row[0], row[3], row[5]) for row in rows[1:]] == [("寄送教材", "Li Hua", 7.0)]


def test_what_climbed_stands_on_the_office_s_day_and_on_no_other(client_of, officer, college_staff, colleague, today):
    late = FollowUpFactory(visit=reported_visit(), owner=colleague, due_on=today - timedelta(days=9))

    days = {user.pk: client_of(user).get("/").context["day"].after for user in (officer, college_staff)}

    assert [(row.item, row.late) for row in days[officer.pk].climbed] == [(late, 9)]
    assert days[college_staff.pk].climbed == []
    assert "9 days late" in client_of(officer).get("/").content.decode()


def digests():
    return OutgoingMessage.objects.filter(rule="visits.climbed", channel="email")


def test_the_office_gets_one_digest_a_week_however_many_are_late(officer, colleague, now, today):
    for days in (7, 8, 40):
        FollowUpFactory(visit=reported_visit(), owner=colleague, due_on=today - timedelta(days=days))

    for hours in (0, 1, 30):
        queue(now + timedelta(hours=hours), "visits.climbed")

    digest = digests().get()
    key = f"visits.climbed:{officer.pk}:+0d"
    assert (digest.recipient, digest.key) == (officer, f"{key}:20261123")
    assert digest.body.count("Li Hua") == 3
    queue(now + timedelta(days=7), "visits.climbed")
    assert sorted(digests().values_list("key", flat=True)) == [f"{key}:20261123", f"{key}:20261130"]


def test_the_digest_names_the_latest_and_counts_the_rest(officer, colleague, now, today):
    for days in range(10, 32):
        FollowUpFactory(visit=reported_visit(), owner=colleague, due_on=today - timedelta(days=days))

    queue(now, "visits.climbed")

    assert digests().get().body.count("Li Hua") == 20
    assert "and 2 more" in digests().get().body


def test_no_digest_without_anything_late_and_it_is_asked_again_before_it_leaves(officer, colleague, now, today):
    item = FollowUpFactory(visit=reported_visit(), owner=colleague, due_on=today - timedelta(days=6))
    assert told("visits.climbed", now) == []

    FollowUp.objects.update(due_on=today - timedelta(days=7))
    assert queue(now, "visits.climbed") == 2
    reporting.close_follow_up(item, state=FollowUpState.DONE, result="已办", by=officer, at=now)
    assert deliver_message(digests().get().pk, now=now + timedelta(minutes=1)) is False

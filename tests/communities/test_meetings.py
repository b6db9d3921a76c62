"""Meetings, their people and what they voted on."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from communities.services import meetings as services
from core.errors import RuleBroken
from partnerships.choices.programmes import MeetingKind, MeetingRole
from partnerships.models.communities import CommunityMeeting, MeetingPerson, Resolution
from tests.factories.community_work import CommunityFactory, MeetingFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "7b8f0f5e-7f5c-4d51-9d8c-6d7d54b1f001"


def typed(community, **more):
    return {
        "form_token": TOKEN, "communities": [community.pk], "kind": "plenary", "name": "年会", "held_on": "2026-06-01",
        "place": "成都", "organisations_present": "60", "provinces_present": "9", "chairs": "陈立；副校长；学院",
        "speakers": "何静\n王强; 总经理; NetDragon Network Holdings Co., Ltd.", **more,
    }  # fmt: skip


def test_a_meeting_is_entered_once_with_its_people_minutes_and_resolutions(client, officer, leader):
    community, other = CommunityFactory(), CommunityFactory()
    client.force_login(officer)
    address = reverse("communities:meeting_new", args=[community.pk])
    for _click in range(2):
        minutes = SimpleUploadedFile("纪要.pdf", b"%PDF-1.7")
        data = typed(community, communities=[community.pk, other.pk], resolutions="工作计划\n\n章程", minutes=minutes)
        sent = client.post(address, data)
        assert sent["Location"] == reverse("communities:meetings", args=[community.pk])

    meeting = CommunityMeeting.objects.get()
    assert (meeting.kind, meeting.held_on, meeting.minutes_name) == (
        MeetingKind.PLENARY,
        date(2026, 6, 1),
        "纪要.pdf",
    )
    assert set(meeting.communities.all()) == {community, other}
    assert list(meeting.people.values_list("role", "name", "title", "organisation")) == [
        ("chair", "陈立", "副校长", "学院"),
        ("speaker", "何静", "", ""),
        ("speaker", "王强", "总经理", "NetDragon Network Holdings Co., Ltd."),
    ]
    assert list(meeting.resolutions.values_list("subject", "is_adopted")) == [("工作计划", True), ("章程", True)]
    client.force_login(leader)
    response = client.get(reverse("communities:minutes", args=[meeting.pk]))
    assert b"".join(response.streaming_content) == b"%PDF-1.7"


def test_a_line_that_is_no_person_is_told(client, officer):
    community = CommunityFactory()
    client.force_login(officer)

    form = client.post(
        reverse("communities:meeting_new", args=[community.pk]), typed(community, speakers="a;b;c;d")
    ).context["form"]

    assert list(form.errors) == ["speakers"]
    assert not CommunityMeeting.objects.exists()


def test_a_meeting_is_corrected_and_keeps_its_people(client, officer):
    community = CommunityFactory()
    meeting = MeetingFactory(community=community)
    MeetingPerson.objects.create(meeting=meeting, role=MeetingRole.SPEAKER, name="何静", organisation="学院")
    client.force_login(officer)
    address = reverse("communities:meeting_edit", args=[meeting.pk])
    form = client.get(address).context["form"]
    kept = MeetingPerson.objects.get().pk
    data = typed(community, chairs=form["chairs"].value(), speakers=form["speakers"].value(), place="绵阳")

    client.post(address, data)

    meeting.refresh_from_db()
    assert (meeting.place, meeting.name) == ("绵阳", "年会")
    assert list(meeting.people.values_list("pk", "name", "title", "organisation")) == [(kept, "何静", "", "学院")]
    client.post(address, {**data, "speakers": "王强"})
    assert list(meeting.people.values_list("name", flat=True)) == ["王强"]
    with pytest.raises(RuleBroken):
        services.change_meeting(meeting, [], fields={}, people=(), by=officer, at=NOW)


def test_more_votes_than_organisations_is_a_warning_and_not_a_refusal(client, officer):
    community = CommunityFactory()
    meeting = MeetingFactory(community=community, organisations_present=30)
    client.force_login(officer)
    data = {"form_token": TOKEN, "subject": "章程", "is_adopted": "on", "votes_for": "29", "votes_against": "2"}

    page = client.post(reverse("communities:resolution_new", args=[meeting.pk]), data, follow=True)

    resolution = Resolution.objects.get()
    assert (resolution.votes, resolution.has_too_many_votes) == (31, True)
    assert [message.level_tag for message in page.context["messages"]] == ["success", "warning"]
    assert "more votes than organisations present" in page.content.decode()
    edit = reverse("communities:resolution_edit", args=[resolution.pk])
    page = client.post(edit, {"subject": "章程", "votes_for": "12", "votes_against": "18"}, follow=True)
    resolution.refresh_from_db()
    assert (resolution.is_adopted, resolution.votes, resolution.has_too_many_votes) == (False, 30, False)
    assert [message.level_tag for message in page.context["messages"]] == ["success"]


def test_a_resolution_is_recorded_once(officer):
    meeting = MeetingFactory(community=CommunityFactory())
    services.record_resolution(meeting, subject="章程", by=officer, at=NOW)

    with pytest.raises(RuleBroken):
        services.record_resolution(meeting, subject="章程", by=officer, at=NOW)

    assert Resolution.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_meetings_run_the_same_queries_for_any_number(client, officer, django_assert_num_queries, rows):
    community = CommunityFactory()
    for number in range(rows):
        meeting = MeetingFactory(community=community, name=str(number))
        services.record_resolution(meeting, subject="章程", votes_for=3, by=officer, at=NOW)
    client.force_login(officer)

    with django_assert_num_queries(13):
        response = client.get(reverse("communities:meetings", args=[community.pk]))

    assert len(response.context["page"].object_list) == rows


def test_meetings_are_narrowed_by_name_and_kind(client, officer):
    community = CommunityFactory()
    for name, kind in (("年会", "plenary"), ("培训", "training")):
        MeetingFactory(community=community, name=name, kind=kind)
    client.force_login(officer)
    address = reverse("communities:meetings", args=[community.pk])

    for query, found in (("?kind=training", ["培训"]), ("?find=年", ["年会"]), ("?kind=council", [])):
        assert [each.name for each in client.get(address + query).context["page"]] == found


def test_nobody_but_the_office_changes_meetings(leader, client):
    community = CommunityFactory()
    meeting = MeetingFactory(community=community)
    client.force_login(leader)

    with pytest.raises(PermissionDenied):
        services.change_meeting(meeting, [community], fields={"place": "x"}, people=(), by=leader, at=NOW)
    with pytest.raises(PermissionDenied):
        services.record_resolution(meeting, subject="章程", by=leader, at=NOW)
    assert client.get(reverse("communities:meeting_edit", args=[meeting.pk])).status_code == 403

    meeting.refresh_from_db()
    assert (meeting.place, Resolution.objects.count()) == ("", 0)

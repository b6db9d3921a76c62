"""What members share, who asks for it, and the office's answer."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from communities.choices import RequestState
from communities.models.sharing import ResourceRequest
from communities.selectors.sharing import resources_of, unanswered
from communities.services import asking
from communities.services import sharing as services
from core.errors import RuleBroken, StaleEdit
from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import TimelineKind
from partnerships.models.communities import SharedResource
from partnerships.models.timeline import TimelineEntry
from tests.factories.community_work import CommunityFactory, MembershipFactory, ResourceFactory
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "7b8f0f5e-7f5c-4d51-9d8c-6d7d54b1f001"


@pytest.fixture
def member(db):
    return MembershipFactory()


@pytest.fixture
def resource(member):
    return ResourceFactory(community=member.community, name="虚拟演播室")


def wish(resource, member, officer, **more):
    fields = {"name": "何静", "email": "he@member.example", "language": "en", "purpose": "拍摄", **more}
    return asking.enter_request(resource, membership=member, **fields, by=officer, at=NOW)


def test_what_an_enterprise_shares_stands_in_its_file(officer, member):
    enterprise = EnterpriseFactory(legal_name="成都灯塔影视文化有限公司")
    fields = {"enterprise": enterprise, "organisation": "", "kind": "equipment", "name": "摄影机"}

    resource = services.offer_resource([member.community], fields=fields, by=officer, at=NOW)
    services.change_resource(
        resource, [member.community], version=1, fields={**fields, "place": "成都"}, by=officer, at=NOW
    )

    resource.refresh_from_db()
    assert (resource.organisation, resource.place, resource.version) == ("成都灯塔影视文化有限公司", "成都", 2)
    entries = list(TimelineEntry.objects.order_by("pk"))
    assert [(entry.kind, entry.text) for entry in entries] == [(TimelineKind.COMMUNITY_CHANGED, "摄影机")] * 2
    assert [(each["field"], each["after"]) for each in entries[1].changes] == [("place", "成都")]
    with pytest.raises(StaleEdit):
        services.change_resource(resource, [member.community], version=1, fields=fields, by=officer, at=NOW)


def test_a_resource_has_a_unit_and_a_community(officer, member):
    fields = {"organisation": "", "kind": "other", "name": "场地"}
    with pytest.raises(RuleBroken) as unit:
        services.offer_resource([member.community], fields=fields, by=officer, at=NOW)
    assert unit.value.field == "organisation"
    with pytest.raises(RuleBroken) as community:
        services.offer_resource([], fields={**fields, "organisation": "甲"}, by=officer, at=NOW)
    assert community.value.field == "communities"
    assert not SharedResource.objects.exists()


def test_a_wish_is_entered_granted_and_over_and_who_asked_is_written_to(officer, member, resource):
    asked = wish(resource, member, officer, from_on=date(2026, 12, 1))
    assert (asked.state, unanswered(officer)) == (RequestState.ASKED, 1)

    asking.answer_request(asked, RequestState.GRANTED, answer="Keys at the desk.", by=officer, at=NOW)

    letter = OutgoingMessage.objects.get()
    assert (letter.address, letter.language, letter.subject) == ("he@member.example", "en", "Granted: 虚拟演播室")
    assert "Keys at the desk." in letter.body
    assert "Until" not in letter.body
    assert "From 1 Dec 2026" in letter.body
    asking.answer_request(asked, RequestState.OVER, by=officer, at=NOW)
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.answered_by) == (RequestState.OVER, "Keys at the desk.", officer)
    assert (OutgoingMessage.objects.count(), unanswered(officer)) == (1, 0)


def test_a_refusal_says_why_and_is_the_last_word(officer, member, resource):
    asked = wish(resource, member, officer, language="zh-hans")

    with pytest.raises(RuleBroken) as silent:
        asking.answer_request(asked, RequestState.REFUSED, by=officer, at=NOW)
    assert silent.value.field == "answer"
    asking.answer_request(asked, RequestState.REFUSED, answer="设备检修", by=officer, at=NOW)
    with pytest.raises(RuleBroken):
        asking.answer_request(asked, RequestState.GRANTED, by=officer, at=NOW)

    asked.refresh_from_db()
    assert asked.state == RequestState.REFUSED
    assert OutgoingMessage.objects.get().language == "zh-hans"


def test_who_cannot_ask_and_for_what(officer, member, resource):
    own = ResourceFactory(community=member.community, organisation=member.organisation)
    over = ResourceFactory(community=member.community, ended_on=date(2026, 11, 19))
    last_day = ResourceFactory(community=member.community, ended_on=date(2026, 11, 20))
    elsewhere = ResourceFactory(community=CommunityFactory())
    left = MembershipFactory(community=member.community, left_on=date(2026, 11, 20))

    for what, who in ((own, member), (over, member), (elsewhere, member), (resource, left)):
        with pytest.raises(RuleBroken):
            wish(what, who, officer)
    with pytest.raises(RuleBroken) as term:
        wish(resource, member, officer, from_on=date(2026, 12, 2), to_on=date(2026, 12, 1))
    assert term.value.field == "to_on"
    assert not ResourceRequest.objects.exists()
    wish(last_day, member, officer)


def test_an_enterprise_does_not_ask_for_its_own_under_another_name(officer):
    member = MembershipFactory(enterprise=EnterpriseFactory())
    own = ResourceFactory(community=member.community, organisation="旧名", enterprise=member.enterprise)

    with pytest.raises(RuleBroken):
        wish(own, member, officer)

    assert not ResourceRequest.objects.exists()


def test_what_is_shared_is_found(client, officer, member, resource):
    ResourceFactory(community=member.community, name="剪辑课程", kind="course", organisation="乙")
    ended = ResourceFactory(community=member.community, name="旧设备", ended_on=date(2020, 1, 1))
    ResourceFactory(community=CommunityFactory(), name="别处")
    client.force_login(officer)
    address = reverse("communities:sharing", args=[member.community_id])

    for query, found in (
        ("", ["剪辑课程", "虚拟演播室"]),
        ("?find=课程", ["剪辑课程"]),
        ("?kind=laboratory", ["虚拟演播室"]),
        ("?unit=乙", ["剪辑课程"]),
        ("?find=石油&ended=on", [ended.name, "虚拟演播室"]),
    ):
        assert sorted(row.name for row in client.get(address + query).context["page"]) == sorted(found), query
    rows = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert ("虚拟演播室" in rows, "<html" in rows) == (True, False)


def test_resources_and_wishes_are_entered_on_pages_and_twice_is_once(client, officer, member):
    MembershipFactory(community=member.community, organisation="西南石油大学")
    here = reverse("communities:sharing", args=[member.community_id])
    client.force_login(officer)
    data = {
        "form_token": TOKEN, "communities": [member.community_id], "organisation": "西南石油大学",
        "kind": "laboratory", "name": "虚拟演播室",
    }  # fmt: skip
    for _click in range(2):
        assert client.post(f"{here}new/", data)["Location"] == here
    resource = SharedResource.objects.get()
    stale = client.post(
        reverse("communities:resource_edit", args=[resource.pk]), {**data, "version": "7", "name": "演播室"}
    ).context["form"]
    assert (stale.saved_beside[0][1], stale["version"].value()) == ("虚拟演播室", "1")
    ask = reverse("communities:request_new", args=[resource.pk])
    said = {
        "form_token": TOKEN[:-1] + "2", "membership": member.pk, "name": "何静", "language": "en", "purpose": "拍摄",
    }  # fmt: skip
    for _click in range(2):
        assert client.post(ask, said)["Location"] == here
    asked = ResourceRequest.objects.get()
    answer = reverse("communities:request_answer", args=[asked.pk])
    assert list(client.post(answer, {"state": "refused"}).context["form"].errors) == ["answer"]
    assert list(client.post(answer, {"state": "over"}).context["form"].errors) == ["state"]
    assert client.post(answer, {"state": "granted"})["Location"] == here
    assert not OutgoingMessage.objects.exists()  # nobody left an address
    assert client.get(here).context["wishes"] == [asked]


@pytest.mark.parametrize("rows", [1, 3])
def test_sharing_runs_the_same_queries_for_any_number(client, officer, member, django_assert_num_queries, rows):
    for number in range(rows):
        made = ResourceFactory(
            community=member.community, name=str(number), enterprise=EnterpriseFactory(), organisation=str(number)
        )
        wish(made, member, officer)
    client.force_login(officer)

    with django_assert_num_queries(10):  # session, person, roles, community, units, count, rows, wishes, frame
        response = client.get(reverse("communities:sharing", args=[member.community_id]))

    assert [row.waiting for row in response.context["page"]] == [1] * rows


def test_nobody_but_the_office_keeps_what_is_shared(leader, officer, client, member, resource):
    asked = wish(resource, member, officer)
    fields = {"organisation": "甲", "kind": "other", "name": "场地"}
    client.force_login(leader)

    with pytest.raises(PermissionDenied):
        services.offer_resource([member.community], fields=fields, by=leader, at=NOW)
    with pytest.raises(PermissionDenied):
        services.change_resource(resource, [member.community], version=1, fields=fields, by=leader, at=NOW)
    with pytest.raises(PermissionDenied):
        wish(resource, member, leader)
    with pytest.raises(PermissionDenied):
        asking.answer_request(asked, RequestState.GRANTED, by=leader, at=NOW)
    assert client.post(reverse("communities:request_answer", args=[asked.pk]), {"state": "granted"}).status_code == 403

    asked.refresh_from_db()
    assert (asked.state, ResourceRequest.objects.count(), unanswered(leader)) == (RequestState.ASKED, 1, 0)
    assert [row.name for row in resources_of(member.community, {}, on=NOW.date())] == ["虚拟演播室"]

"""Organs, seats and versions of the charter."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from communities.choices import OrganKind, SeatRole
from communities.models.organs import Charter, Organ, Seat
from communities.selectors.organs import organs_page
from communities.services import charters, meetings
from communities.services import organs as services
from core.errors import RuleBroken
from tests.factories.community_work import CommunityFactory, MeetingFactory, MembershipFactory, OrganFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "7b8f0f5e-7f5c-4d51-9d8c-6d7d54b1f001"


def seat(organ, officer, name="何静", **fields):
    return services.take_seat(organ, fields={"name": name, **fields}, by=officer, at=NOW)


def sitting(organ, on):
    page = organs_page(organ.community, on=on)
    return [[each.name for each in one.sitting] for one in page.organs]


def test_who_sat_on_a_day(officer):
    organ = OrganFactory()
    seat(organ, officer, "张三", role=SeatRole.MEMBER, from_on=date(2024, 1, 1), to_on=date(2025, 12, 31))
    seat(organ, officer, "李四", role=SeatRole.MEMBER, from_on=date(2026, 1, 1))
    seat(organ, officer, "王五", role=SeatRole.PRESIDENT, from_on=date(2024, 1, 1))

    assert sitting(organ, date(2025, 12, 31)) == [["王五", "张三"]]
    assert sitting(organ, date(2026, 1, 1)) == [["王五", "李四"]]
    assert sitting(organ, date(2023, 1, 1)) == [[]]


def test_a_person_sits_once_at_a_time_and_may_come_back(officer):
    organ = OrganFactory()
    seat(organ, officer, from_on=date(2024, 1, 1), to_on=date(2025, 1, 1))

    for wrong in ({"from_on": date(2025, 1, 1)}, {"to_on": date(2024, 1, 1)}, {}):
        with pytest.raises(RuleBroken) as refused:
            seat(organ, officer, **wrong)
        assert refused.value.field == "name"
    assert Seat.objects.count() == 1

    seat(organ, officer, from_on=date(2025, 1, 2))
    seat(OrganFactory(community=organ.community), officer)
    assert Seat.objects.count() == 3


def test_a_term_does_not_end_before_it_begins(officer):
    held = seat(OrganFactory(), officer, from_on=date(2026, 1, 1))

    with pytest.raises(RuleBroken) as refused:
        services.change_seat(held, fields={"to_on": date(2025, 12, 31)}, by=officer, at=NOW)

    assert refused.value.field == "to_on"
    held.refresh_from_db()
    assert held.to_on is None


def test_a_seat_is_for_a_member_of_the_same_community(officer):
    with pytest.raises(RuleBroken) as refused:
        seat(OrganFactory(), officer, membership=MembershipFactory())

    assert refused.value.field == "membership"
    assert not Seat.objects.exists()


def test_the_end_of_an_organ_ends_its_seats(officer):
    organ = OrganFactory()
    early = seat(organ, officer, "张三", to_on=date(2025, 1, 1))
    held = seat(organ, officer, "李四", from_on=date(2025, 6, 1))

    with pytest.raises(RuleBroken):
        services.end_organ(organ, ended_on=date(2025, 5, 31), by=officer, at=NOW)
    services.end_organ(organ, ended_on=date(2026, 6, 30), by=officer, at=NOW)

    early.refresh_from_db()
    held.refresh_from_db()
    assert (early.to_on, held.to_on) == (date(2025, 1, 1), date(2026, 6, 30))
    with pytest.raises(RuleBroken):
        services.end_organ(organ, ended_on=date(2026, 7, 1), by=officer, at=NOW)
    with pytest.raises(RuleBroken):
        seat(organ, officer, "王五", from_on=date(2026, 7, 1))
    page = organs_page(organ.community, on=date(2026, 7, 1))
    assert (page.organs, page.ended) == ([], [organ])


def test_a_name_is_an_organs_once(officer):
    organ = OrganFactory(name="理事会")

    with pytest.raises(RuleBroken):
        services.found_organ(organ.community, kind=OrganKind.COUNCIL, name="理事会", by=officer, at=NOW)

    services.change_organ(organ, kind=OrganKind.STANDING, name="理事会", by=officer, at=NOW)
    assert Organ.objects.get().kind == OrganKind.STANDING


def test_a_charter_has_its_vote_and_older_versions_stay(officer, client, leader):
    community = CommunityFactory()
    meeting = MeetingFactory(community=community)
    vote = meetings.record_resolution(meeting, subject="章程", votes_for=28, votes_against=1, by=officer, at=NOW)
    for number, name in ((1, "一.pdf"), (2, "二.pdf")):
        charters.adopt_charter(
            community, number=number, file=ContentFile(b"%PDF-1.7", name), resolution=vote, by=officer, at=NOW
        ).file.close()

    assert [(each.number, each.adopted_on) for each in Charter.objects.all()] == [
        (2, date(2026, 5, 8)),
        (1, date(2026, 5, 8)),
    ]
    with pytest.raises(RuleBroken) as refused:
        charters.adopt_charter(community, number=2, file=None, by=officer, at=NOW)
    assert refused.value.field == "number"
    client.force_login(leader)
    first = client.get(reverse("communities:charter", args=[Charter.objects.get(number=1).pk]))
    assert b"".join(first.streaming_content) == b"%PDF-1.7"
    assert "28" in client.get(reverse("communities:organs", args=[community.pk])).content.decode()


def test_a_charter_is_adopted_by_its_own_community_and_not_by_a_lost_vote(officer):
    community = CommunityFactory()
    lost = meetings.record_resolution(
        MeetingFactory(community=community), subject="章程", is_adopted=False, by=officer, at=NOW
    )
    elsewhere = meetings.record_resolution(
        MeetingFactory(community=CommunityFactory()), subject="章程", by=officer, at=NOW
    )

    for wrong in (lost, elsewhere):
        with pytest.raises(RuleBroken) as refused:
            charters.adopt_charter(community, number=1, file=None, resolution=wrong, by=officer, at=NOW)
        assert refused.value.field == "resolution"
    assert not Charter.objects.exists()


def test_a_charter_that_is_not_what_its_name_says_is_refused(client, officer):
    community = CommunityFactory()
    client.force_login(officer)
    data = {"form_token": TOKEN, "number": "1", "file": SimpleUploadedFile("章程.pdf", b"MZ")}

    refused = client.post(reverse("communities:charter_new", args=[community.pk]), data)

    assert list(refused.context["form"].errors) == ["file"]
    assert not Charter.objects.exists()


def test_an_organ_and_a_seat_are_entered_changed_and_ended_on_pages(client, officer):
    community = CommunityFactory()
    here = reverse("communities:organs", args=[community.pk])
    client.force_login(officer)
    for _click in range(2):
        sent = client.post(f"{here}new/", {"form_token": TOKEN, "kind": "council", "name": "理事会"})
        assert sent["Location"] == here
    organ = Organ.objects.get()
    data = {"form_token": TOKEN[:-1] + "2", "name": "何静", "role": "president", "from_on": "2026-01-01"}
    assert client.post(reverse("communities:seat_new", args=[organ.pk]), data)["Location"] == here
    again = client.post(
        reverse("communities:seat_new", args=[organ.pk]), {**data, "form_token": TOKEN[:-1] + "3"}
    ).context["form"]
    assert list(again.errors) == ["name"]
    wrong = client.post(reverse("communities:seat_edit", args=[Seat.objects.get().pk]), {**data, "to_on": "2025-01-01"})
    assert list(wrong.context["form"].errors) == ["to_on"]
    assert client.post(reverse("communities:organ_end", args=[organ.pk]), {"ended_on": "2026-11-01"}).status_code == 302
    assert Seat.objects.get().to_on == date(2026, 11, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_organs_run_the_same_queries_for_any_number(client, officer, django_assert_num_queries, rows):
    community = CommunityFactory()
    member = MembershipFactory(community=community)
    for number in range(rows):
        seat(OrganFactory(community=community), officer, membership=member)
        charters.adopt_charter(community, number=number + 1, file=None, by=officer, at=NOW)
    client.force_login(officer)

    with django_assert_num_queries(10):  # session, person, roles, community, organs, seats (twice), charters, frame
        response = client.get(reverse("communities:organs", args=[community.pk]))

    assert len(response.context["shown"].organs) == rows


def test_nobody_but_the_office_changes_organs(leader, client):
    organ = OrganFactory()
    client.force_login(leader)

    with pytest.raises(PermissionDenied):
        seat(organ, leader)
    with pytest.raises(PermissionDenied):
        services.end_organ(organ, ended_on=date(2026, 1, 1), by=leader, at=NOW)
    with pytest.raises(PermissionDenied):
        charters.adopt_charter(organ.community, number=1, file=None, by=leader, at=NOW)
    assert client.get(reverse("communities:seat_new", args=[organ.pk])).status_code == 403

    organ.refresh_from_db()
    assert (organ.ended_on, Seat.objects.count(), Charter.objects.count()) == (None, 0, 0)

"""Communities on their pages."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from communities.services import communities, meetings, members, sharing
from partnerships.choices.programmes import CommunityLevel, MeetingRole, MemberRole, MemberType, ProgrammeKind
from programmes.services import plaques
from tests.factories.partnerships import EnterpriseFactory, ProvinceFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def a_community(officer, name="智慧视听共同体"):
    community = communities.found_community(
        name=name, level=CommunityLevel.PROVINCIAL, industry="smart audiovisual", by=officer, at=NOW
    )
    enterprise = EnterpriseFactory(
        name_en="NetDragon", province=ProvinceFactory(code="350000", name_zh="福建省", name_en="Fujian")
    )
    entry = {"by": officer, "at": NOW}
    members.join(
        community,
        organisation="Our college",
        type=MemberType.SCHOOL,
        role=MemberRole.CHAIR,
        is_our_school=True,
        province=ProvinceFactory(),
        **entry,
    )
    members.join(
        community,
        organisation="NetDragon",
        type=MemberType.ENTERPRISE,
        role=MemberRole.LEADING_ENTERPRISE,
        enterprise=enterprise,
        **entry,
    )
    meeting = meetings.hold_meeting(
        [community],
        name="Founding conference",
        held_on=date(2024, 10, 19),
        is_year_assumed=True,
        place="Art Centre",
        organisations_present=96,
        provinces_present=26,
        people=[(MeetingRole.SPEAKER, "Kang Zhengqing", "General Manager", "NetDragon")],
        resolutions=["charter"],
        **entry,
    )
    plaques.award_plaque(
        awarded_to="School of Digital Media Industry", kind=ProgrammeKind.INDUSTRY_COLLEGE, meeting=meeting, **entry
    )
    sharing.share_resource(meeting, organisation="NetDragon", name="enterprise resources", **entry)
    return community


def test_a_community_shows_members_meetings_and_what_was_done_there(client, officer):
    community = a_community(officer)
    client.force_login(officer)

    response = client.get(reverse("communities:community", args=[community.pk]))

    shown = response.context["shown"]
    assert (shown.counted.units, shown.counted.provinces, shown.ours.role) == (2, 2, "chair")
    assert [member.organisation for member in shown.members] == ["Our college", "NetDragon"]
    html = response.content.decode()
    for fact in (
        "96", "26", "Art Centre", "Kang Zhengqing", "charter", "School of Digital Media Industry",
        "enterprise resources", "year assumed",
    ):  # fmt: skip
        assert fact in html


@pytest.mark.parametrize("rows", [1, 3])
def test_communities_run_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for number in range(rows):
        a_community(officer, name=str(number))
    client.force_login(officer)

    with django_assert_num_queries(7):  # session, person, roles, count, rows, school, inbox
        response = client.get(reverse("communities:community_list"))

    assert [(row.units, row.provinces, row.our_role) for row in response.context["page"]] == [(2, 2, "chair")] * rows


@pytest.mark.parametrize("name", ["communities:community_list"])
@pytest.mark.parametrize(
    ("who", "status"), [("leader", 200), ("college_staff", 200), ("student", 404), ("stranger", 404)]
)
def test_staff_read_these_lists_and_nobody_else(request, client, name, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse(name)).status_code == status

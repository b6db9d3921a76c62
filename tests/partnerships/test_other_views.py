"""Contacts, needs, programmes, mentors and communities on their pages."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from partnerships.choices.programmes import (
    CommunityLevel,
    MeetingRole,
    MemberRole,
    MemberType,
    ProgrammeFeatureKind,
    ProgrammeKind,
    ProgrammeMeasure,
)
from partnerships.models.contacts import Contact
from partnerships.models.needs import Need
from partnerships.services import communities, programmes
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, NeedFactory, ProvinceFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "00000000-0000-4000-8000-000000000001"
NEEDS = reverse("partnerships:need_list")


def page(name, record):
    return reverse(f"partnerships:{name}", args=[record.pk])


def test_a_contact_is_added_once(client, college_staff):
    enterprise = EnterpriseFactory()
    client.force_login(college_staff)
    data = {"form_token": TOKEN, "name": "曾建", "title": "总经理", "is_primary": "on"}

    for _ in range(2):
        assert client.post(page("contact_new", enterprise), data)["Location"] == page("enterprise", enterprise)

    assert Contact.objects.get().name == "曾建"


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("email", "x"), ("title", "长" * 1_000_000)])
def test_bad_contacts_get_a_message_beside_the_field(client, officer, field, value):
    enterprise = EnterpriseFactory()
    client.force_login(officer)

    refused = client.post(page("contact_new", enterprise), {"form_token": TOKEN, "name": "曾建", field: value})

    assert list(refused.context["form"].errors) == [field]
    assert not Contact.objects.exists()


def test_a_contact_is_corrected_and_leaves(client, officer):
    contact = ContactFactory(from_on=date(2024, 1, 1))
    client.force_login(officer)

    client.post(page("contact_edit", contact), {"name": "曾辉", "is_primary": "on", "from_on": "2024-01-01"})
    refused = client.post(page("contact_left", contact), {"on": "2023-01-01"})
    assert list(refused.context["form"].errors) == ["on"]
    client.post(page("contact_left", contact), {"on": "2026-11-19"})

    contact.refresh_from_db()
    assert (contact.name, contact.to_on, contact.is_primary) == ("曾辉", date(2026, 11, 19), False)
    shown = client.get(page("enterprise", contact.enterprise)).context["file"]
    assert (shown.contacts, shown.former_contacts) == ([], [contact])


@pytest.mark.parametrize("who", ["leader", "student"])
def test_others_get_no_forms_of_contacts_and_needs(request, client, who):
    contact, need = ContactFactory(), NeedFactory()
    client.force_login(request.getfixturevalue(who))
    status = 403 if who == "leader" else 404

    for address in (
        page("contact_new", contact.enterprise),
        page("contact_edit", contact),
        page("contact_left", contact),
        page("need_new", contact.enterprise),
        page("need_close", need),
    ):
        assert client.get(address).status_code == status


def test_a_need_is_recorded_shown_and_closed(client, officer):
    enterprise, major = EnterpriseFactory(), MajorFactory()
    client.force_login(officer)
    data = {"form_token": TOKEN, "kind": "interns", "description": "剪辑实习生", "majors": [major.pk]}
    client.post(page("need_new", enterprise), data)
    need = Need.objects.get()
    assert list(client.get(NEEDS).context["page"]) == [need]

    refused = client.post(page("need_close", need), {"state": "met", "result": ""})
    assert list(refused.context["form"].errors) == ["result"]
    client.post(page("need_close", need), {"state": "met", "result": "录用六人"})

    assert list(client.get(NEEDS).context["page"]) == []
    assert [row.result for row in client.get(page("enterprise_needs", enterprise)).context["page"]] == ["录用六人"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"剪辑"}),
        ({"state": "met"}, {"调色"}),
        ({"state": "all"}, {"剪辑", "调色"}),
        ({"kind": "interns"}, set()),
        ({"find": "剪辑"}, {"剪辑"}),
        ({"find": "启明"}, {"剪辑"}),
        ({"find": "没有"}, set()),
    ],
)
def test_needs_are_searched_and_filtered(client, officer, query, found):
    NeedFactory(description="剪辑", enterprise=EnterpriseFactory(legal_name="启明科技"))
    NeedFactory(description="调色", state="met")
    client.force_login(officer)

    assert {need.description for need in client.get(NEEDS, query).context["page"]} == found


def test_needs_are_found_by_major(client, officer):
    need, major = NeedFactory(), MajorFactory()
    need.majors.add(major)
    NeedFactory()
    client.force_login(officer)

    assert list(client.get(NEEDS, {"major": major.pk}).context["page"]) == [need]


@pytest.mark.parametrize("rows", [1, 3])
def test_needs_run_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for need in NeedFactory.create_batch(rows):
        need.majors.add(MajorFactory())
    client.force_login(officer)

    with django_assert_num_queries(
        10
    ):  # session, person, roles, terms, choices, totals, rows, their majors, school, inbox
        html = client.get(NEEDS).content.decode()

    assert html.count('<td class="cell-title">') == rows


def a_programme(officer, enterprise):
    programme = programmes.open_programme(
        enterprise,
        kind=ProgrammeKind.INDUSTRY_COLLEGE,
        name="智能制造学院",
        by=officer,
        at=NOW,
        since=2023,
        majors=[MajorFactory(name_en="Industrial Internet")],
        features=[(ProgrammeFeatureKind.SKILL, "robot operation"), (ProgrammeFeatureKind.MODE, "apprenticeship")],
    )
    programmes.record_outcome(programme, measure=ProgrammeMeasure.TRAINED, number=150, is_minimum=True, by=officer)
    programmes.record_outcome(programme, measure=ProgrammeMeasure.EMPLOYMENT_RATE, number="0.85", by=officer)
    programmes.promise_investment(enterprise, promised=5_000_000, programme=programme, by=officer, at=NOW)
    return programme


def test_a_programme_shows_all_that_is_known_of_it(client, officer):
    programme = a_programme(officer, EnterpriseFactory(name_en="Huirun Group"))
    client.force_login(officer)

    html = " ".join(client.get(page("programme", programme)).content.decode().split())
    listed = " ".join(client.get(reverse("partnerships:programme_list")).content.decode().split())

    for fact in ("智能制造学院", "Huirun Group", "2023", "Industrial Internet", "robot operation", "apprenticeship"):
        assert fact in html
    for fact in ("People trained: more than 150", "High-quality employment rate: 85%", "5,000,000"):
        assert fact in html
        assert fact in listed


@pytest.mark.parametrize("rows", [1, 3])
def test_programmes_run_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for _ in range(rows):
        a_programme(officer, EnterpriseFactory())
    client.force_login(officer)

    with django_assert_num_queries(10):  # session, person, roles, count, rows, outcomes, majors, plaques, school, inbox
        html = client.get(reverse("partnerships:programme_list")).content.decode()

    assert html.count('<td class="cell-title">') == rows


def test_mentors_stand_beside_the_aim_of_the_year(client, officer):
    mentor = programmes.appoint_mentor(EnterpriseFactory(), name="曾建", title="总经理", by=officer, at=NOW)
    programmes.record_appearance(mentor, subject="机器人", held_on=datetime.now(tz=UTC).date(), by=officer, at=NOW)
    for number in (40, 50):
        programmes.set_annual_target(name="Mentors on campus", number=number, unit="mentors", by=officer)
    client.force_login(officer)

    context = client.get(reverse("partnerships:mentor_list")).context

    assert [(row.name, row.appeared) for row in context["page"]] == [("曾建", 1)]
    assert context["appeared"] == 1
    assert [target.number for target in context["targets"]] == [50]


@pytest.mark.parametrize("rows", [1, 3])
def test_mentors_run_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for number in range(rows):
        programmes.appoint_mentor(EnterpriseFactory(), name=str(number), by=officer, at=NOW)
    client.force_login(officer)

    with django_assert_num_queries(9):  # session, person, roles, count, rows, aims, on campus, school, inbox
        client.get(reverse("partnerships:mentor_list"))


def a_community(officer, name="智慧视听共同体"):
    community = communities.found_community(
        name=name, level=CommunityLevel.PROVINCIAL, industry="smart audiovisual", by=officer, at=NOW
    )
    enterprise = EnterpriseFactory(
        name_en="NetDragon", province=ProvinceFactory(code="350000", name_zh="福建省", name_en="Fujian")
    )
    entry = {"by": officer, "at": NOW}
    communities.join(
        community,
        organisation="Our college",
        type=MemberType.SCHOOL,
        role=MemberRole.CHAIR,
        is_our_school=True,
        province=ProvinceFactory(),
        **entry,
    )
    communities.join(
        community,
        organisation="NetDragon",
        type=MemberType.ENTERPRISE,
        role=MemberRole.LEADING_ENTERPRISE,
        enterprise=enterprise,
        **entry,
    )
    meeting = communities.hold_meeting(
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
    programmes.award_plaque(
        awarded_to="School of Digital Media Industry", kind=ProgrammeKind.INDUSTRY_COLLEGE, meeting=meeting, **entry
    )
    communities.share_resource(meeting, organisation="NetDragon", name="enterprise resources", **entry)
    return community


def test_a_community_shows_members_meetings_and_what_was_done_there(client, officer):
    community = a_community(officer)
    client.force_login(officer)

    response = client.get(page("community", community))

    shown = response.context["shown"]
    assert (shown.units, shown.provinces) == (2, 2)
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

    with django_assert_num_queries(8):  # session, person, roles, count, rows, our memberships, school, inbox
        response = client.get(reverse("partnerships:community_list"))

    assert [(row.units, row.provinces) for row in response.context["page"]] == [(2, 2)] * rows


@pytest.mark.parametrize("name", ["need_list", "programme_list", "mentor_list", "community_list"])
@pytest.mark.parametrize(
    ("who", "status"), [("leader", 200), ("college_staff", 200), ("student", 404), ("stranger", 404)]
)
def test_staff_read_these_lists_and_nobody_else(request, client, name, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse(f"partnerships:{name}")).status_code == status

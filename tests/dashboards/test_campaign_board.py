"""The dashboard and the page behind each figure."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from python_calamine import CalamineWorkbook

from accounts.choices import Role
from accounts.models.people import User
from core import paging
from dashboards.board import Content
from dashboards.boards.campaign import count
from dashboards.selectors import today as selectors
from partnerships.choices.agreements import AgreementState
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from reports.services.snapshots import take_snapshots
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory, ProvinceFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.visits import CampaignFactory, CampaignTargetFactory, VisitFactory
from tests.reports.world import NOW, ON, one_of_everything
from visits.choices import Measure, VisitState
from visits.models.campaigns import ReportedTotal

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def board(user: User, campaign) -> Content:
    return count(Scope(campaign, ON, user))


def test_a_tile_says_the_number_its_target_and_opens_its_rows(officer: User):
    world = one_of_everything(2)
    CampaignTargetFactory(campaign=world.campaign, measure=Measure.ENTERPRISES, number=100)

    shown = board(officer, world.campaign)
    tiles = {tile["slug"]: tile for tile in (*shown["heads"][0]["tiles"], *shown["tiles"])}

    assert tiles["enterprises-visited"]["number"] == 2
    assert tiles["enterprises-visited"]["target"] == 100
    assert tiles["enterprises-visited"]["href"] == f"/dashboard/enterprises-visited/?campaign={world.campaign.pk}"
    assert (tiles["acceptances"]["number"], tiles["acceptances"]["of"]) == (2, 2)


def test_a_target_of_a_role_counts_the_visits_that_the_role_led(officer: User):
    world = one_of_everything(2)
    VisitFactory(state=VisitState.HELD).campaigns.add(world.campaign)
    CampaignTargetFactory(campaign=world.campaign, measure=Measure.ENTERPRISES, role=Role.LEADER, number=100)

    (line,) = board(officer, world.campaign)["heads"][0]["targets"]

    assert (line["number"], line["reached"]) == (2, 2)
    assert line["href"] == f"/dashboard/enterprises-visited/?campaign={world.campaign.pk}&role=leader"


def test_a_target_that_is_passed_fills_its_bar_and_no_more(officer: User):
    world = one_of_everything(2)
    CampaignTargetFactory(campaign=world.campaign, measure=Measure.VISITS, number=1)

    visits = board(officer, world.campaign)["heads"][0]["tiles"][0]

    assert (visits["number"], visits["target"], visits["reached"]) == (2, 1, 1)


def test_the_map_has_a_tile_for_each_province_with_its_level(officer: User):
    sichuan = ProvinceFactory()
    jiangsu = ProvinceFactory(code="320000", name_zh="江苏省", name_en="Jiangsu")
    ProvinceFactory(code="450000", name_zh="广西壮族自治区", name_en="Guangxi")
    for province, times in ((sichuan, 5), (jiangsu, 1)):
        for _number in range(times):
            VisitFactory(enterprise=EnterpriseFactory(province=province), state=VisitState.HELD)

    with translation.override("en"):
        found = board(officer, None)["provinces"]["tiles"]
    tiles = [(tile["code"], tile["label"], tile["number"], tile["level"]) for tile in found]

    assert tiles == [("32", "Jiangsu", 1, 1), ("45", "Guangxi", 0, 0), ("51", "Sichuan", 5, 5)]


def test_months_and_states_open_the_rows_that_they_count(signed_in: Client, officer: User):
    VisitFactory.create_batch(2, state=VisitState.HELD, starts_on=date(2026, 3, 2))
    VisitFactory(state=VisitState.HELD, starts_on=date(2026, 11, 2))
    VisitFactory(state=VisitState.HELD, starts_on=date(2025, 11, 2))
    VisitFactory(state=VisitState.HELD, starts_on=None)
    AgreementFactory(state=AgreementState.DRAFT)

    shown = board(officer, None)

    assert [month["number"] for month in shown["months"]["lines"]] == [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0]
    assert [(stage["code"], stage["number"]) for stage in shown["stages"]] == [("draft", 1)]
    for part in (*shown["months"]["lines"], *shown["stages"]):
        assert signed_in.get(part["href"]).context["page"].paginator.count == part["number"]


def test_four_figures_are_those_of_the_running_campaign(leader: User):
    one_of_everything(1, campaign=CampaignFactory(starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31)))
    running = one_of_everything(2).campaign

    doors = selectors.four_figures(leader, on=ON)

    assert [(door["slug"], door["number"]) for door in doors] == [
        ("visits", 2),
        ("openings", 30),
        ("agreements-in-force", 3),
        ("follow-ups-open", 2),
    ]
    assert doors[0]["href"] == f"/dashboard/visits/?campaign={running.pk}"


@pytest.mark.parametrize("times", [1, 3])
def test_the_dashboard_runs_the_same_queries_for_any_number_of_rows(
    signed_in: Client, django_assert_num_queries, times: int
):
    world = one_of_everything(times, campaign=CampaignFactory(starts_on=None, ends_on=None))
    for measure in (Measure.VISITS, Measure.ENTERPRISES):
        CampaignTargetFactory(campaign=world.campaign, measure=measure)
    for _number in range(times):
        VisitFactory(starts_on=timezone.localdate())
        AgreementFactory(state=AgreementState.SIGNED, ends_on=timezone.localdate())
    signed_in.get("/dashboards/campaign/")

    with django_assert_num_queries(36):
        response = signed_in.get("/dashboards/campaign/")

    assert response.status_code == 200
    assert response.context["scope"].campaign == world.campaign
    assert len(response.context["content"]["ending"]) == times


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(("slug", "queries"), [("visits", 14), ("agreements-expiring", 11), ("openings", 15)])
def test_a_figure_page_runs_the_same_queries_for_any_number_of_rows(
    signed_in: Client, django_assert_num_queries, slug: str, queries: int, times: int
):
    world = one_of_everything(times)
    for _number in range(times):
        AgreementFactory(state=AgreementState.SIGNED, ends_on=timezone.localdate())
    address = f"/dashboard/{slug}/?campaign={world.campaign.pk}"
    signed_in.get(address)

    with django_assert_num_queries(queries):
        response = signed_in.get(address)

    assert len(response.context["rows"]) == times


@pytest.mark.parametrize("few", [paging.FEW, 0], ids=["few rows", "many rows"])
@pytest.mark.parametrize("slug", FIGURES)
def test_the_number_on_the_page_is_that_of_the_rows_it_lists(signed_in: Client, monkeypatch, slug: str, few: int):
    monkeypatch.setattr(paging, "FEW", few)
    world = one_of_everything(2)

    response = signed_in.get(reverse("reports:figure", args=[slug]), {"campaign": world.campaign.pk})

    assert response.status_code == 200
    figure, value = FIGURES[slug], response.context["value"]
    if not figure.sums:
        assert response.context["page"].paginator.count == value.number
        assert len(response.context["rows"]) == min(value.number, paging.PER_PAGE)
    assert str(figure.definition) in response.content.decode().replace("&#x27;", "'").replace("&amp;", "&")


def test_a_reported_total_is_shown_beside_the_rows_on_file(signed_in: Client):
    world = one_of_everything(1)
    ReportedTotal.objects.create(campaign=world.campaign, measure=Measure.ENTERPRISES, number=219, source="Press")

    page = signed_in.get("/dashboard/enterprises-visited/", {"campaign": world.campaign.pk}).content.decode()

    assert "219" in page
    assert "reported · 1 on file" in page


def test_the_page_links_to_each_record(signed_in: Client):
    world = one_of_everything(1)

    page = signed_in.get("/dashboard/visits/").content.decode()

    assert f'href="{reverse("visits:visit", args=[world.visits[0].pk])}"' in page


def test_leadership_counts_applications_and_opens_none(client: Client, leader: User):
    ApplicationFactory()
    client.force_login(leader)

    response = client.get("/dashboard/applications/")

    assert [row.href for row in response.context["rows"]] == [""]
    assert response.context["value"].number == 1


def test_the_export_holds_exactly_the_rows_that_are_counted(signed_in: Client):
    world = one_of_everything(1)
    enterprise = world.visits[0].enterprise
    enterprise.name_en, enterprise.credit_code = "=1+1", "091510700000000000"
    enterprise.save()
    VisitFactory(state=VisitState.HELD)

    response = signed_in.get("/dashboard/enterprises-visited/", {"campaign": world.campaign.pk, "format": "xlsx"})

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.getvalue())).get_sheet_by_index(0)
    assert sheet.to_python() == [
        ["Enterprise", "Unified social credit code", "Province", "City", "Level"],
        ["=1+1", "091510700000000000", "Sichuan", "成都", "Normal"],
    ]


def test_what_a_figure_was_on_earlier_days_stands_on_its_page(signed_in: Client):
    one_of_everything(2)
    take_snapshots(now=NOW)
    VisitFactory(state=VisitState.HELD)

    response = signed_in.get("/dashboard/visits/")

    assert [(row.taken_on, row.numerator) for row in response.context["stood"]] == [(ON, 2)]
    assert response.context["value"].number == 3


@pytest.mark.parametrize("query", ["campaign=999999", "campaign=x", "campaign=99999999999999999999", "trip=7"])
def test_a_campaign_that_is_not_there_is_not_found(signed_in: Client, query: str):
    assert signed_in.get(f"/dashboard/visits/?{query}").status_code == 404


def test_an_unknown_figure_is_not_found(signed_in: Client):
    assert signed_in.get("/dashboard/happiness/").status_code == 404
    assert signed_in.get("/dashboard/happiness/?format=xlsx").status_code == 404


@pytest.mark.parametrize("query", ["part=junk", "province=zz", "led_by=king", "page=99", "part='%3B--"])
def test_what_narrows_to_nothing_is_an_empty_page(signed_in: Client, query: str):
    one_of_everything(1)

    assert signed_in.get(f"/dashboard/agreements-by-state/?{query}").status_code == 200


@pytest.mark.parametrize(
    "address", ["/dashboard/", "/dashboards/campaign/", "/dashboard/visits/", "/dashboard/visits/?format=xlsx"]
)
def test_a_student_and_a_stranger_find_no_dashboard(client: Client, student: User, stranger: User, address: str):
    for user in (student, stranger):
        client.force_login(user)
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["officer", "college_staff", "leader", "admin"])
def test_all_staff_may_open_the_dashboard(client: Client, request: pytest.FixtureRequest, who: str):
    one_of_everything(1)
    client.force_login(request.getfixturevalue(who))

    assert client.get("/dashboards/campaign/").status_code == 200
    assert client.get("/dashboards/campaign/?campaign=all").context["scope"].campaign is None


def test_the_short_address_leads_to_the_dashboard_of_the_same_campaign(signed_in: Client):
    assert signed_in.get("/dashboard/?campaign=7").url == "/dashboards/campaign/?campaign=7"
    assert signed_in.get("/dashboard/").url == "/dashboards/campaign/"

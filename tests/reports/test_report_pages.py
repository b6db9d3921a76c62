"""Asking for a report, watching it, downloading it."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.models.people import User
from reports.choices import BuildState
from reports.models.builds import ReportBuild
from tests.factories.accounts import UserFactory
from tests.factories.visits import CampaignFactory
from tests.reports.world import NOW, one_of_everything

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def build_of(user: User, **fields: object) -> ReportBuild:
    return ReportBuild.objects.create(
        **{"campaign": CampaignFactory(), "language": "en", "requested_by": user, "requested_at": NOW, **fields}
    )


@pytest.fixture
def signed_in(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def test_a_report_is_asked_for_built_and_downloaded(signed_in: Client, django_capture_on_commit_callbacks):
    campaign = one_of_everything(1).campaign
    token = signed_in.get("/reports/").context["form"]["form_token"].value()

    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in.post("/reports/", {"campaign": campaign.pk, "form_token": token})

    build = ReportBuild.objects.get()
    assert response["Location"] == f"/reports/{build.pk}/"
    assert (build.state, build.language) == (BuildState.DONE, "en")
    workbook = signed_in.get(f"/reports/{build.pk}/workbook/")
    assert workbook["Content-Disposition"].startswith("attachment; ")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(workbook.streaming_content)))
    assert book.sheet_names == ["Ledger", "Data platform", "Kinds of visits", "Figures"]
    pdf = signed_in.get(f"/reports/{build.pk}/pdf/")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")


def test_a_form_sent_twice_asks_once(signed_in: Client):
    campaign = CampaignFactory()
    token = signed_in.get("/reports/").context["form"]["form_token"].value()

    answers = [signed_in.post("/reports/", {"campaign": campaign.pk, "form_token": token}) for _ in range(2)]

    build = ReportBuild.objects.get()
    assert [answer["Location"] for answer in answers] == [f"/reports/{build.pk}/"] * 2


def test_a_campaign_that_is_not_there_is_refused_beside_the_field(signed_in: Client):
    token = signed_in.get("/reports/").context["form"]["form_token"].value()

    response = signed_in.post("/reports/", {"campaign": 999999, "form_token": token})

    assert list(response.context["form"].errors) == ["campaign"]
    assert not ReportBuild.objects.exists()


def test_while_it_is_built_the_page_shows_its_progress_and_asks_again(signed_in: Client, officer: User):
    build = build_of(officer, state=BuildState.RUNNING, claimed_at=NOW, done_steps=12, total_steps=48)

    page = signed_in.get(f"/reports/{build.pk}/").content.decode()
    part = signed_in.get(f"/reports/{build.pk}/", headers=HTMX).content.decode()

    assert 'value="25" max="100"' in page
    assert "12 of 48 steps done" in part
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part
    assert f'<a href="/reports/{build.pk}/">' in part


@pytest.mark.parametrize(("waited", "said"), [(59, "Waiting for its turn."), (61, "It waits longer than usual:")])
def test_who_waits_for_a_service_that_is_away_is_told(signed_in: Client, officer: User, waited: int, said: str):
    build = build_of(officer, requested_at=timezone.now() - timedelta(seconds=waited))

    page = signed_in.get(f"/reports/{build.pk}/", headers=HTMX).content.decode()

    assert said in page
    assert page.count("It waits longer") + page.count("Waiting for its turn") == 1


def test_when_it_is_ready_the_page_stops_asking_and_offers_both_files(signed_in: Client, officer: User):
    build = build_of(officer, state=BuildState.DONE, finished_at=NOW)

    part = signed_in.get(f"/reports/{build.pk}/", headers=HTMX).content.decode()

    assert "hx-trigger" not in part
    assert f'href="/reports/{build.pk}/workbook/"' in part
    assert f'href="/reports/{build.pk}/pdf/"' in part


def test_a_failed_report_says_why_and_is_built_again_by_a_button(
    signed_in: Client, officer: User, django_capture_on_commit_callbacks
):
    build = build_of(officer, state=BuildState.FAILED, error="No space left on device", finished_at=NOW)
    assert "No space left on device" in signed_in.get(f"/reports/{build.pk}/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in.post(f"/reports/{build.pk}/again/")

    build.refresh_from_db()
    assert response["Location"] == f"/reports/{build.pk}/"
    assert build.state == BuildState.DONE


def test_building_a_ready_report_again_is_refused_and_changes_nothing(signed_in: Client, officer: User):
    build = build_of(officer, state=BuildState.DONE, finished_at=NOW)

    response = signed_in.post(f"/reports/{build.pk}/again/", follow=True)

    build.refresh_from_db()
    assert build.state == BuildState.DONE
    assert "Only a report that failed can be built again." in response.content.decode()


@pytest.mark.parametrize("kind", ["workbook", "pdf"])
def test_a_file_that_is_not_there_yet_is_not_found(signed_in: Client, officer: User, kind: str):
    build = build_of(officer)

    assert signed_in.get(f"/reports/{build.pk}/{kind}/").status_code == 404


@pytest.mark.parametrize("name", ["report", "report_again", "workbook", "pdf"])
def test_somebody_elses_report_is_not_found_by_colleges_and_leadership(
    client: Client, college_staff: User, leader: User, officer: User, name: str
):
    build = build_of(officer, state=BuildState.FAILED)
    build.workbook.save("report.xlsx", ContentFile(b"x"), save=False)
    build.pdf.save("report.pdf", ContentFile(b"x"))
    for user in (college_staff, leader):
        client.force_login(user)
        if name == "report_again":
            response = client.post(reverse("reports:report_again", args=[build.pk]))
        elif name == "report":
            response = client.get(reverse("reports:report", args=[build.pk]))
        else:
            response = client.get(reverse("reports:report_file", args=[build.pk, name]))
        assert response.status_code == 404

    build.refresh_from_db()
    assert build.state == BuildState.FAILED


def test_colleges_list_their_own_reports_the_office_all(client: Client, college_staff: User, officer: User):
    own, others = build_of(college_staff), build_of(officer)

    client.force_login(college_staff)
    assert list(client.get("/reports/").context["page"]) == [own]
    client.force_login(officer)
    assert list(client.get("/reports/").context["page"]) == [others, own]


@pytest.mark.parametrize("builds", [1, 3])
def test_the_list_runs_the_same_queries_for_any_number_of_reports(
    signed_in: Client, django_assert_num_queries, builds: int
):
    for _number in range(builds):
        build_of(UserFactory())

    with django_assert_num_queries(9):  # session, user, roles, campaigns (twice), count, builds, school, unread
        response = signed_in.get("/reports/")

    assert len(response.context["page"]) == builds


def test_a_page_of_a_report_costs_six_queries(signed_in: Client, officer: User, django_assert_num_queries):
    build = build_of(officer)

    with django_assert_num_queries(6):  # session, user, roles, build, school, unread
        signed_in.get(f"/reports/{build.pk}/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_student_and_a_stranger_find_no_reports(
    client: Client, student: User, stranger: User, officer: User, method: str
):
    build = build_of(officer, state=BuildState.FAILED)
    campaign = CampaignFactory()
    for user in (student, stranger):
        client.force_login(user)
        ask = getattr(client, method)
        assert ask("/reports/", {"campaign": campaign.pk}).status_code == 404
        assert client.get(f"/reports/{build.pk}/").status_code == 404
        assert client.post(f"/reports/{build.pk}/again/").status_code == 404
        assert client.get(f"/reports/{build.pk}/pdf/").status_code == 404

    assert ReportBuild.objects.count() == 1
    build.refresh_from_db()
    assert build.state == BuildState.FAILED

"""Asking for a report, watching it, downloading it."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.models.people import User
from reports.choices import BuildState
from reports.kinds.catalogue import KINDS
from reports.models.builds import ReportBuild, ReportFile
from reports.storing import store_file
from tests.factories.accounts import UserFactory
from tests.factories.visits import CampaignFactory
from tests.reports.asking import build_of
from tests.reports.world import NOW, one_of_everything

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
ASK = "/reports/new/campaign-summary/"


def with_files(build: ReportBuild) -> list[ReportFile]:
    return [store_file(build, "访企 2026-12-10", ending, io.BytesIO(b"x" * 2048)) for ending in ("xlsx", "pdf")]


@pytest.fixture
def signed_in(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def test_a_report_is_asked_for_built_and_downloaded(signed_in: Client, django_capture_on_commit_callbacks):
    campaign = one_of_everything(1).campaign
    token = signed_in.get(ASK).context["token"]["form_token"].value()

    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in.post(ASK, {"campaign": campaign.pk, "form_token": token})

    build = ReportBuild.objects.get()
    assert response["Location"] == f"/reports/{build.pk}/"
    assert (build.state, build.language) == (BuildState.DONE, "en")
    workbook = signed_in.get(f"/reports/{build.pk}/workbook/")
    assert workbook["Content-Disposition"].startswith("attachment; ")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(workbook.streaming_content)))
    assert book.sheet_names == ["Ledger", "Data platform", "Kinds of visits", "Figures", "About"]
    pdf = signed_in.get(f"/reports/{build.pk}/pdf/")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    word = signed_in.get(f"/reports/files/{build.files.get(format='docx').pk}/")
    assert b"".join(word.streaming_content).startswith(b"PK")


def test_a_form_sent_twice_asks_once(signed_in: Client):
    campaign = CampaignFactory()
    token = signed_in.get(ASK).context["token"]["form_token"].value()

    answers = [signed_in.post(ASK, {"campaign": campaign.pk, "form_token": token}) for _ in range(2)]

    build = ReportBuild.objects.get()
    assert [answer["Location"] for answer in answers] == [f"/reports/{build.pk}/"] * 2


def test_a_campaign_that_is_not_there_is_refused_beside_the_field(signed_in: Client):
    token = signed_in.get(ASK).context["token"]["form_token"].value()

    response = signed_in.post(ASK, {"campaign": 999999, "form_token": token})

    assert list(response.context["form"].errors) == ["campaign"]
    assert not ReportBuild.objects.exists()


def test_while_it_is_built_the_page_shows_its_progress_and_asks_again(signed_in: Client, officer: User):
    build = build_of(officer, state=BuildState.RUNNING, claimed_at=NOW, step="counting", step_done=12, step_total=48,
        percent_done=18)  # fmt: skip

    page = signed_in.get(f"/reports/{build.pk}/").content.decode()
    part = signed_in.get(f"/reports/{build.pk}/", headers=HTMX).content.decode()

    assert 'value="18" max="100"' in page
    assert "Counting: 13 of 48" in part
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part
    assert f'href="/reports/{build.pk}/">Look again</a>' in part


@pytest.mark.parametrize(("waited", "said"), [(59, "Waiting for its turn."), (61, "It waits longer than usual:")])
def test_who_waits_for_a_service_that_is_away_is_told(signed_in: Client, officer: User, waited: int, said: str):
    build = build_of(officer, requested_at=timezone.now() - timedelta(seconds=waited))

    page = signed_in.get(f"/reports/{build.pk}/", headers=HTMX).content.decode()

    assert said in page
    assert page.count("It waits longer") + page.count("Waiting for its turn") == 1


def test_when_it_is_ready_the_page_stops_asking_and_offers_its_files(signed_in: Client, officer: User):
    build = build_of(officer, state=BuildState.DONE, finished_at=NOW)
    first, second = with_files(build)

    part = signed_in.get(f"/reports/{build.pk}/", headers=HTMX).content.decode()

    assert "hx-trigger" not in part
    assert f'href="/reports/files/{first.pk}/"' in part
    assert f'href="/reports/files/{second.pk}/"' in part
    assert part.count("2.0\xa0KB") == 2


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
    assert "Only a report that failed or was cancelled can be built again." in response.content.decode()


def test_a_file_of_a_report_that_is_not_ready_is_not_found(signed_in: Client, officer: User):
    build = build_of(officer, state=BuildState.RUNNING, claimed_at=NOW)
    row, _pdf = with_files(build)

    assert signed_in.get(f"/reports/files/{row.pk}/").status_code == 404


@pytest.mark.parametrize("kind", ["workbook", "pdf"])
def test_a_file_that_is_not_there_yet_is_not_found(signed_in: Client, officer: User, kind: str):
    build = build_of(officer)

    assert signed_in.get(f"/reports/{build.pk}/{kind}/").status_code == 404


@pytest.mark.parametrize("path", ["", "again/", "cancel/", "delete/", "workbook/", "pdf/", "file"])
def test_somebody_elses_report_is_not_found_by_colleges_and_leadership(
    client: Client, college_staff: User, leader: User, officer: User, path: str
):
    build = build_of(officer, state=BuildState.DONE, finished_at=NOW)
    row, _pdf = with_files(build)
    address = f"/reports/files/{row.pk}/" if path == "file" else f"/reports/{build.pk}/{path}"
    for user in (college_staff, leader):
        client.force_login(user)
        send = client.post if path in ("again/", "cancel/", "delete/") else client.get
        assert send(address).status_code == 404

    build.refresh_from_db()
    assert build.state == BuildState.DONE
    assert build.files.count() == 2


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

    with django_assert_num_queries(9):  # session, user, roles, people, count, builds, files, school, unread
        response = signed_in.get("/reports/")

    assert len(response.context["page"]) == builds


def test_a_page_of_a_report_costs_six_queries(signed_in: Client, officer: User, django_assert_num_queries):
    build = build_of(officer)

    with django_assert_num_queries(6):  # session, user, roles, build, school, unread
        signed_in.get(f"/reports/{build.pk}/")


def test_asking_for_the_state_again_costs_one_query_beside_those_of_every_page(
    signed_in: Client, officer: User, django_assert_num_queries
):
    build = build_of(officer, state=BuildState.RUNNING, claimed_at=NOW)

    with django_assert_num_queries(5):  # session, user, roles, the build and nothing else of it, school
        signed_in.get(f"/reports/{build.pk}/", headers=HTMX)


@pytest.mark.parametrize("slug", list(KINDS))
def test_the_page_of_each_kind_says_what_is_in_it(signed_in: Client, slug: str):
    page = signed_in.get(f"/reports/new/{slug}/").content.decode()

    assert str(KINDS[slug].definition).split(",")[0] in page
    assert page.partition("<main")[2].partition("</main")[0].count("btn-primary") == 1


def test_the_filters_of_an_address_are_filled_in(signed_in: Client):
    form = signed_in.get("/reports/new/agreement-register/?stage=expiring&find=基地").context["form"]

    assert (form["stage"].value(), form["find"].value()) == ("expiring", "基地")


def test_a_kind_that_is_not_theirs_is_not_offered_and_not_found(client: Client, college_staff: User):
    client.force_login(college_staff)

    offered = [kind.slug for kind in client.get("/reports/").context["kinds"]]

    assert offered == [slug for slug in KINDS if slug != "visit-table"]
    assert client.get("/reports/new/visit-table/").status_code == 404
    assert client.get("/reports/new/nothing/").status_code == 404


def test_past_reports_are_filtered_by_kind_person_and_state(signed_in: Client, officer: User, leader: User):
    ready = build_of(officer, state=BuildState.DONE, finished_at=NOW)
    failed = build_of(leader, state=BuildState.FAILED, finished_at=NOW)

    def found(query: str) -> list[ReportBuild]:
        return list(signed_in.get(f"/reports/?{query}").context["page"])

    assert found("state=done") == [ready]
    assert found(f"person={leader.pk}") == [failed]
    assert found("kind=yearly-report") == []
    assert found("kind=campaign-summary&state=nonsense") == [failed, ready]


def test_the_filters_of_a_past_report_are_read_in_the_readers_language(signed_in: Client, officer: User):
    words = {"en": [["college", "College", "School of Film"]], "zh-hans": [["college", "学院", "影视学院"]]}
    build = build_of(officer, words=words)

    assert "School of Film" in signed_in.get(f"/reports/{build.pk}/").content.decode()
    officer.language = "zh-hans"
    officer.save()
    assert "影视学院" in signed_in.get(f"/reports/{build.pk}/").content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_student_and_a_stranger_find_no_reports(
    client: Client, student: User, stranger: User, officer: User, method: str
):
    build = build_of(officer, state=BuildState.FAILED)
    campaign = CampaignFactory()
    for user in (student, stranger):
        client.force_login(user)
        ask = getattr(client, method)
        assert client.get("/reports/").status_code == 404
        assert client.get(f"/reports/{build.pk}/").status_code == 404
        for path in ("again", "cancel", "delete"):
            assert client.post(f"/reports/{build.pk}/{path}/").status_code == 404
        assert ask(ASK, {"campaign": campaign.pk}).status_code == 404
        assert client.get("/reports/schedules/").status_code == 404
        assert client.get(f"/reports/{build.pk}/pdf/").status_code == 404

    assert ReportBuild.objects.count() == 1
    build.refresh_from_db()
    assert build.state == BuildState.FAILED

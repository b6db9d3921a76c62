"""The pages of the ledger and the national table, as a browser without JavaScript asks for them."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models.people import User
from ledger.choices import FileState
from ledger.models.platform import LevelCode, PlatformFile
from partnerships.choices.agreements import Side
from tests.factories.visits import CampaignFactory, VisitFactory
from tests.ledger.conftest import NOW
from tests.ledger.world import body, complete_visit, made_file, page_of, sheet, words
from visits.choices import VisitState
from visits.models.visits import ResultForm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_codes")]
TOKEN = "7b1c1b5e-3f0e-4a59-9b7e-3f2c8d1a0001"
LEDGER, PLATFORM = "/ledger/", "/ledger/platform/"


PEOPLE = ["host", "host_title", "contact", "phone"]


def test_the_workbook_holds_exactly_what_is_filtered_in_its_order(client_of, officer: User, leader: User):
    campaign = CampaignFactory(name="访企拓岗")
    early, late = complete_visit(leader, majors=2, starts_on=date(2026, 9, 1)), complete_visit(leader)
    for visit in (early, late):
        visit.campaigns.add(campaign)
    early.enterprise.legal_name, early.enterprise.name_en = "=2+3", ""
    early.enterprise.save()
    VisitFactory()

    query = {"campaign": campaign.pk, "sort": "oldest", "format": "xlsx", "columns": ["all", *PEOPLE]}
    rows = sheet(body(client_of(officer).get(LEDGER, query)))

    head = rows[0]
    assert len(head) == 41
    assert [row[head.index("No.")] for row in rows[1:]] == [1, 2, 3]
    assert [row[head.index("Enterprise")] for row in rows[1:]] == ["=2+3", "=2+3", str(late.enterprise)]
    first = dict(zip(head, rows[1], strict=True))
    assert (first["Campaigns"], first["Date"], first["Led by"]) == ("访企拓岗", date(2026, 9, 1), "陈立")
    assert first["Unified social credit code"] == early.enterprise.credit_code
    assert (first["Received by"], first["Posts"], first["State"]) == ("李总", 5, "Reported")


def test_the_chosen_columns_alone(client_of, officer: User, leader: User):
    visit = complete_visit(leader)
    query = {"columns": ["leader", "enterprise", "nonsense"], "format": "xlsx"}

    rows = sheet(body(client_of(officer).get(LEDGER, query)))

    assert rows == [["Enterprise", "Led by"], [str(visit.enterprise), "陈立"]]


def test_the_page_counts_visits_and_lines_and_shows_the_first(client_of, officer: User, leader: User):
    complete_visit(leader, majors=3)
    VisitFactory(state=VisitState.PLANNED)

    everything = page_of(client_of(officer), LEDGER)
    held = page_of(client_of(officer), LEDGER, state="took_place")

    assert ("4 lines" in everything, "of 2 visits" in everything) == (True, True)
    assert ("3 lines" in held, "of 1 visit<" in held) == (True, True)


@pytest.mark.parametrize("visits", [1, 3])
def test_the_ledger_costs_the_same_for_any_number(
    client_of, officer: User, leader: User, django_assert_num_queries, visits: int
):
    for _ in range(visits):
        complete_visit(leader, majors=2)
    client = client_of(officer)

    # session, user, grants, campaigns, leaders, visits and what hangs on them (5), counts, school, unread
    with django_assert_num_queries(13):
        response = client.get(LEDGER)

    assert response.content.decode().count('class="cell-title"') == 2 * visits


def test_the_list_of_visits_leads_to_the_ledger_of_what_is_filtered(client_of, officer: User):
    VisitFactory()

    page = page_of(client_of(officer), "/visits/", state="planned")

    assert 'href="/ledger/?state=planned"' in page


def test_college_staff_read_the_ledger_but_not_the_national_table(client_of, college_staff: User):
    client = client_of(college_staff)

    assert client.get(LEDGER).status_code == 200
    assert [client.get(address).status_code for address in (PLATFORM, f"{PLATFORM}codes/", "/ledger/imports/")] == [
        404, 404, 404,
    ]  # fmt: skip


def test_the_check_says_how_many_rows_are_complete_and_where_to_mend_the_others(client_of, officer: User, leader: User):
    complete_visit(leader)
    bare = complete_visit(leader)
    bare.participants.filter(side=Side.ENTERPRISE).delete()
    VisitFactory(state=VisitState.PLANNED)

    page = page_of(client_of(officer), PLATFORM)

    assert "<strong>1</strong> of 2 rows are complete" in page
    assert f'<a href="/ledger/platform/visits/{bare.pk}/">Nobody is named who received us.</a>' in page


@pytest.mark.parametrize("visits", [1, 3])
def test_the_check_costs_the_same_for_any_number(
    client_of, officer: User, leader: User, django_assert_num_queries, visits: int
):
    for _ in range(visits):
        complete_visit(leader)
    client = client_of(officer)

    # session, user, grants, campaigns, leaders, numbers, school twice, levels, visits and what hangs on them (5),
    # records, what was sent, unread
    with django_assert_num_queries(17):
        response = client.get(PLATFORM)

    assert f"<strong>{visits}</strong> of {visits} row" in words(response)


def test_a_file_is_made_once_of_what_is_filtered_and_fetched_as_often_as_wanted(client_of, officer: User, leader: User):
    wanted, campaign = complete_visit(leader), CampaignFactory()
    wanted.campaigns.add(campaign)
    complete_visit(leader)
    client = client_of(officer)
    address = f"{reverse('ledger:platform_make')}?campaign={campaign.pk}"

    answers = [client.post(address, {"form_token": TOKEN, "rows": "complete"}) for _ in range(2)]

    file = PlatformFile.objects.get()
    assert {answer.url for answer in answers} == {f"/ledger/platform/files/{file.pk}/"}
    rows = sheet(body(client.get(reverse("ledger:platform_fetch", args=[file.pk]))))
    assert [row[0] for row in rows[1:]] == [f"FQTG{wanted.pk:08}001"]


def test_what_the_platform_said_is_noted_and_shown(client_of, officer: User, leader: User):
    file = made_file([complete_visit(leader)], officer)
    client, address = client_of(officer), reverse("ledger:platform_file", args=[file.pk])

    refused = client.post(address, {"result": "failed", "reason": ""})
    noted = client.post(address, {"result": "failed", "reason": "模板不符"}, follow=True)

    assert "Say why the platform refused it." in words(refused)
    assert "模板不符" in words(noted)
    file.refresh_from_db()
    assert (file.state, file.marked_at) == (FileState.FAILED, NOW)


def test_the_office_keeps_the_codes_of_the_platform(client_of, officer: User, agreed_form: ResultForm):
    client = client_of(officer)
    rows = [
        {"pk": agreed_form.pk, "code": "22", "name_zh": "达成意向", "name_en": "", "is_active": "on"},
        {"pk": "", "code": "33", "name_zh": "签约", "name_en": "Signed", "is_active": "on"},
        {"pk": "", "code": "", "name_zh": "", "name_en": "", "is_active": "on"},
    ]
    data = {
        "school_code": "4151014001", "level_diploma": "9", "level_bachelor": "8", "level_master": "",
        "level_doctor": "", "results-TOTAL_FORMS": "3", "results-INITIAL_FORMS": "1",
        **{f"results-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()},
    }  # fmt: skip

    answer = client.post("/ledger/platform/codes/", data)

    assert answer.status_code == 302, words(answer)
    assert dict(LevelCode.objects.values_list("level", "code"))["diploma"] == "9"
    assert list(ResultForm.objects.values_list("pk", "code", "name_zh"))[0] == (agreed_form.pk, "22", "达成意向")
    assert ResultForm.objects.count() == 2


def test_what_the_platform_asks_of_a_visit_is_entered_on_one_page(client_of, officer: User, leader: User):
    visit = complete_visit(leader)
    visit.participants.filter(side=Side.ENTERPRISE).delete()
    form = ResultForm.objects.create(code="07", name_zh="签约", name_en="Signed")
    address = reverse("ledger:visit_upload", args=[visit.pk])
    said = {
        "version": visit.version,
        "result_form": form.pk,
        "leader_title": "校长",
        "host": "赵总",
        "host_title": "董事长",
    }

    answer = client_of(officer).post(address, said)
    stale = client_of(officer).post(address, {**said, "host_title": "总裁"})

    assert answer.status_code == 302, words(answer)
    assert stale.status_code == 200
    visit.refresh_from_db()
    assert visit.result_form == form
    assert list(visit.participants.order_by("pk").values_list("name", "title")) == [
        ("陈立", "校长"),
        ("赵总", "董事长"),
    ]

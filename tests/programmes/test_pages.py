"""Programmes on their pages: the list, one programme, and the forms behind it."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from partnerships.choices.programmes import CollegeTask, ProgrammeFeatureKind, ProgrammeKind, ProgrammeMeasure
from partnerships.models.programmes import Programme, ProgrammeCohort, Textbook
from partnerships.models.timeline import TimelineEntry
from programmes.services import investments, programmes
from programmes.services.outcomes import OutcomeLine, record_outcomes
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory
from tests.factories.programmes import CohortFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LIST = reverse("programmes:programme_list")
M = ProgrammeMeasure


def page(name, record):
    return reverse(f"programmes:{name}", args=[record.pk])


def text_of(response):
    return " ".join(response.content.decode().split())


def a_programme(officer, enterprise):
    programme = programmes.open_programme(
        enterprise,
        kind=ProgrammeKind.INDUSTRY_COLLEGE,
        name="智能制造学院",
        by=officer,
        at=NOW,
        since=2023,
        agreement=AgreementFactory(enterprise=enterprise),
        majors=[MajorFactory(name_en="Industrial Internet")],
        features=[(ProgrammeFeatureKind.SKILL, "robot operation"), (ProgrammeFeatureKind.MODE, "apprenticeship")],
    )
    rate = OutcomeLine(Decimal("0.85"), task=CollegeTask.MAJORS)
    counts = {M.TRAINED: OutcomeLine(Decimal(150), is_minimum=True), M.EMPLOYMENT_RATE: rate}
    record_outcomes(programme, counts, by=officer, at=NOW)
    CohortFactory(programme=programme, name="一班", major=programme.majors.get())
    promised = Decimal(5_000_000)
    investments.promise_investment(enterprise, promised=promised, programme=programme, by=officer, at=NOW)
    return programme


def test_a_programme_shows_all_that_is_known_of_it(client, officer):
    programme = a_programme(officer, EnterpriseFactory(name_en="Huirun Group"))
    client.force_login(officer)

    html = text_of(client.get(page("programme", programme)))
    listed = text_of(client.get(LIST))

    for fact in ("Huirun Group", "since 2023", "robot operation", "apprenticeship", "2025 一班", "Nothing on file"):
        assert fact in html
    for fact in ("智能制造学院", "Industrial Internet", "more than 150", "5,000,000 yuan"):
        assert fact in html
        assert fact in listed
    assert "85 % (of more than 150 trained; the source gives no number)" in listed


def test_an_industry_college_is_grouped_by_its_seven_tasks(client, officer):
    programme = a_programme(officer, EnterpriseFactory())
    client.force_login(officer)
    tasks = client.get(page("programme", programme)).context["tasks"]

    assert [task.label for task in tasks] == [str(task.label) for task in CollegeTask]
    assert [len(task.facts) for task in tasks] == [1, 1, 1, 0, 0, 0, 0]
    assert tasks[1].facts == ["High-quality employment rate: 85 % (the source gives no numbers)"]
    assert client.get(page("programme", ProgrammeFactory())).context["tasks"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_programmes_run_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for _ in range(rows):
        a_programme(officer, EnterpriseFactory())
    client.force_login(officer)

    # session, person, roles, what the filters offer, count, rows, outcomes, majors, school, inbox
    with django_assert_num_queries(10):
        html = client.get(LIST).content.decode()

    assert html.count('<td class="cell-title">') == rows


def test_a_page_runs_fifteen_queries(client, officer, django_assert_num_queries):
    programme = a_programme(officer, EnterpriseFactory())
    for name in ("二班", "三班"):
        CohortFactory(programme=programme, name=name, major=programme.majors.get())
    client.force_login(officer)

    # session, person, roles, programme, six things of it and its majors, history, agreements, school, inbox
    with django_assert_num_queries(15):
        client.get(page("programme", programme))


@pytest.fixture
def three(officer):
    base = ProgrammeFactory(
        name="基地", kind=ProgrammeKind.TRAINING_BASE, since=2015, until=2020, level="provincial", owner=officer
    )
    ProgrammeFactory(name="订单班", since=2024, majors=[MajorFactory(name_en="Animation")])
    ProgrammeFactory(name="学院", kind=ProgrammeKind.INDUSTRY_COLLEGE, enterprise__legal_name="果城机器人有限公司")
    return base


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["基地", "学院", "订单班"]),
        ("kind=order_class", ["订单班"]),
        ("level=provincial", ["基地"]),
        ("find=果城", ["学院"]),
        ("find=订单", ["订单班"]),
        ("on=2018-05-01", ["基地", "学院"]),
        ("on=2026-11-21", ["学院", "订单班"]),
        ("on=nonsense", ["基地", "学院", "订单班"]),
    ],
)
def test_the_list_is_filtered(client, officer, three, query, found):
    client.force_login(officer)

    assert sorted(row.name for row in client.get(f"{LIST}?{query}").context["page"]) == sorted(found)


def test_the_filters_offer_what_programmes_have(client, officer, three):
    client.force_login(officer)
    offered = client.get(LIST).context["form"].fields
    major = Programme.objects.get(name="订单班").majors.get()

    assert list(offered["owner"].choices)[1:] == [(officer.pk, str(officer))]
    assert list(offered["major"].choices)[1:] == [(major.pk, "Animation")]
    for query in (f"major={major.pk}", f"college={major.college_id}", f"major={major.pk}&college={major.college_id}"):
        assert [row.name for row in client.get(f"{LIST}?{query}").context["page"]] == ["订单班"]
    chips = client.get(f"{LIST}?major={major.pk}&sort=newest").context["form"].chips
    assert [(chip.label, chip.value) for chip in chips] == [("Major", "Animation")]


def test_the_export_has_the_outcomes_of_the_chosen_year(client, officer):
    programme = ProgrammeFactory(name="订单班")
    for year, trained in ((2024, 30), (2025, 28)):
        counts = {M.TRAINED: OutcomeLine(Decimal(trained)), M.EMPLOYED: OutcomeLine(Decimal(14))}
        record_outcomes(programme, counts, year=year, by=officer, at=NOW)
    client.force_login(officer)

    def exported(query):
        response = client.get(f"{LIST}?format=xlsx{query}")
        book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
        heading, row = book.get_sheet_by_index(0).to_python()
        told = dict(zip(heading, row, strict=True))
        return [told[name] for name in ("Outcomes of the year", "People trained", "Employed, of those trained")]

    assert exported("") == [2025, 28, "50 % (14 of 28)"]
    assert exported("&year=2024") == [2024, 30, "46.7 % (14 of 30)"]
    assert exported("&year=2020") == ["", "", ""]


@pytest.mark.parametrize(
    ("who", "status"), [("leader", 200), ("college_staff", 200), ("student", 404), ("stranger", 404)]
)
def test_staff_read_the_list_of_programmes_and_nobody_else(request, client, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(LIST).status_code == status


def test_a_programme_is_opened_once_and_changed_by_form(client, officer):
    enterprise, major = EnterpriseFactory(), MajorFactory()
    client.force_login(officer)
    sent = {
        "form_token": str(uuid4()), "kind": "training_base", "name": "实训基地", "level": "provincial",
        "number": "CJRH-1", "majors": [major.pk], "since": "2023", "workstations": "48", "area": "620",
        "modules": "PLC\n机器人", "terms": "", "content": "共建",
    }  # fmt: skip
    for _ in range(2):
        response = client.post(page("programme_new", enterprise), sent)

    programme = Programme.objects.get()
    assert response.url == page("programme", programme)
    assert (programme.workstations, programme.area, programme.level) == (48, 620, "provincial")
    assert list(programme.features.values_list("kind", "name")) == [("module", "PLC"), ("module", "机器人")]
    edit = {**sent, "version": programme.version, "until": "2020"}
    refused = client.post(page("programme_edit", programme), edit)
    assert refused.context["form"].errors["until"] == ["A programme cannot end before it begins."]
    client.post(page("programme_edit", programme), {**edit, "until": "2027", "modules": "PLC"})
    programme.refresh_from_db()
    assert (programme.until, [feature.name for feature in programme.features.all()]) == (2027, ["PLC"])
    stale = client.post(page("programme_edit", programme), {**edit, "until": "2028"})
    assert "Someone else saved this record" in text_of(stale)
    assert Programme.objects.get().until == 2027


def test_outcomes_of_a_year_are_entered_and_refused_in_one_form(client, officer):
    programme = ProgrammeFactory()
    cohort = CohortFactory(programme=programme)
    client.force_login(officer)
    address = f"{page('outcomes_edit', programme)}?year=2025&cohort={cohort.pk}"
    sent = {
        "version": programme.version, "trained_number": "28", "employed_number": "29", "employed_source": "年报",
        "employment_rate_number": "１７０/200",
    }  # fmt: skip
    refused = client.post(address, sent)

    words = "“Employed” (29) cannot be more than “People trained” (28) of the same year."
    assert refused.context["form"].errors == {"employed_number": [words]}
    assert not programme.outcomes.exists()
    assert client.post(address, {**sent, "employed_number": "26"}).url == page("programme", programme)
    kept = programme.outcomes.order_by("measure").values_list("measure", "number", "out_of", "year", "cohort", "source")
    assert list(kept) == [
        ("employed", 26, None, 2025, cohort.pk, "年报"),
        ("employment_rate", Decimal("0.85"), 200, 2025, cohort.pk, ""),
        ("trained", 28, None, 2025, cohort.pk, ""),
    ]
    again = client.get(address).context["form"]
    assert [again.initial[f"{name}_number"] for name in ("trained", "employed", "employment_rate")] == [
        28, 26, "170/200",
    ]  # fmt: skip
    html = text_of(client.get(page("programme", programme)))
    assert "92.9 % (26 of 28)" in html
    assert "85 % (170 of 200)" in html


@pytest.mark.parametrize("typed", ["101", "about 85", "5/0", "7/5", "-1"])
def test_a_rate_that_says_nothing_is_refused(client, officer, typed):
    programme = ProgrammeFactory()
    client.force_login(officer)
    sent = {"version": programme.version, "employment_rate_number": typed}
    response = client.post(f"{page('outcomes_edit', programme)}?year=2025", sent)

    assert list(response.context["form"].errors) == ["employment_rate_number"]
    assert not programme.outcomes.exists()


def test_a_textbook_needs_a_right_isbn(client, officer):
    programme = ProgrammeFactory()
    client.force_login(officer)
    sent = {"form_token": str(uuid4()), "title": "机器人", "isbn": "9787040000017"}
    refused = client.post(page("textbook_new", programme), sent)

    assert list(refused.context["form"].errors) == ["isbn"]
    assert not Textbook.objects.exists()
    client.post(page("textbook_new", programme), {**sent, "isbn": "9787040000016"})
    assert Textbook.objects.get().isbn == "978-7-04-000001-6"


def test_classes_are_added_changed_and_removed_by_form(client, officer):
    programme = ProgrammeFactory()
    client.force_login(officer)
    sent = {"form_token": str(uuid4()), "year": "2025", "name": "一班", "graduates_in": "2024"}
    refused = client.post(page("cohort_new", programme), sent)

    assert list(refused.context["form"].errors) == ["graduates_in"]
    client.post(page("cohort_new", programme), {**sent, "graduates_in": "2028"})
    cohort = ProgrammeCohort.objects.get()
    client.post(page("cohort_edit", cohort), {"year": "2025", "name": "二班", "graduates_in": "2028"})
    assert ProgrammeCohort.objects.get().name == "二班"
    again = client.post(
        page("cohort_new", programme), {**sent, "form_token": str(uuid4()), "name": "二班", "graduates_in": ""}
    )
    assert again.context["form"].non_field_errors() == ["This class is on file for the year already."]
    client.post(page("cohort_remove", cohort))
    assert not ProgrammeCohort.objects.exists()
    assert TimelineEntry.objects.filter(kind="programme_changed").count() == 3


@pytest.mark.parametrize("who", ["college_staff", "leader"])
def test_readers_find_no_form_and_change_nothing(request, client, who):
    programme = ProgrammeFactory(name="甲班")
    cohort = CohortFactory(programme=programme)
    client.force_login(request.getfixturevalue(who))

    assert page("programme_edit", programme) not in text_of(client.get(page("programme", programme)))
    for address in (page("programme_edit", programme), page("outcomes_edit", programme), page("course_new", programme)):
        assert client.post(address, {"version": 1, "name": "乙班"}).status_code == 403
    assert client.post(page("cohort_remove", cohort)).status_code == 403
    assert Programme.objects.get().name == "甲班"
    assert ProgrammeCohort.objects.get() == cohort
    assert not TimelineEntry.objects.exists()

"""The ladder of partners: which evidence puts an enterprise on which rung, and at the edges of the window."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from accounts.models.people import User
from accounts.models.school import College
from dashboards.boards.partners import count
from partnerships.choices.agreements import AgreementState, CommitmentKind, CommitmentState
from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.models.enterprises import Enterprise
from placements.choices import ApplicationState
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from tests.factories.accounts import CollegeFactory
from tests.factories.partnerships import AgreementFactory, CommitmentFactory, EnterpriseFactory, signed_agreement
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.programmes import InvestmentFactory, ProgrammeFactory, ReceiptFactory
from tests.factories.visits import VisitFactory
from visits.choices import VisitState

pytestmark = pytest.mark.django_db

ON = date(2026, 12, 10)
FIRST = date(2024, 12, 10)  # exactly 24 months before
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def rungs(user: User, **narrowing: object) -> dict[int, tuple[str, str]]:
    """The rung of each enterprise now and in the window before."""
    scope = Scope(None, ON, user, **narrowing)
    return {row.pk: (row.rung, row.rung_before) for row in FIGURES["partners"].rows(scope)}


def rung_of(enterprise: Enterprise, user: User, **narrowing: object) -> str:
    return rungs(user, **narrowing)[enterprise.pk][0]


def visited(enterprise: Enterprise, on: date) -> None:
    VisitFactory(enterprise=enterprise, starts_on=on, state=VisitState.HELD)


def strategic(enterprise: Enterprise) -> None:
    """Everything that the highest rung asks for, in the year before the day."""
    visited(enterprise, date(2026, 5, 1))
    signed_agreement(enterprise=enterprise)
    posting = PostingFactory(enterprise=enterprise, published_at=LONG_AGO)
    ApplicationFactory(posting=posting, state=ApplicationState.ACCEPTED)
    for kind in (CommitmentKind.LECTURES, CommitmentKind.JOBS):
        CommitmentFactory(enterprise=enterprise, kind=kind, state=CommitmentState.KEPT, closed_on=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("day", "now", "before"),
    [
        (FIRST, "2", "1"),
        (FIRST - timedelta(days=1), "1", "2"),
        (date(2022, 12, 10), "1", "2"),
        (date(2022, 12, 9), "1", "1"),
        (ON, "2", "1"),
        (ON + timedelta(days=1), "1", "1"),
    ],
)
def test_a_visit_counts_from_the_same_day_two_years_ago_to_today(officer: User, day: date, now: str, before: str):
    enterprise = EnterpriseFactory()
    visited(enterprise, day)

    assert rungs(officer) == {enterprise.pk: (now, before)}


def test_a_visit_that_is_only_planned_is_no_evidence(officer: User):
    enterprise = EnterpriseFactory()
    VisitFactory(enterprise=enterprise, starts_on=date(2026, 12, 1))

    assert rung_of(enterprise, officer) == "1"


def test_the_window_is_as_long_as_asked(officer: User):
    enterprise = EnterpriseFactory()
    visited(enterprise, date(2024, 6, 1))

    assert [rung_of(enterprise, officer, window=months) for months in (12, 24, 36)] == ["1", "1", "2"]


def test_an_agreement_in_force_or_a_programme_is_working_together(officer: User):
    agreed, running, over, drafted = EnterpriseFactory.create_batch(4)
    signed_agreement(enterprise=agreed)
    ProgrammeFactory(enterprise=running, since=2025)
    ProgrammeFactory(enterprise=over, since=2020, until=2025)
    AgreementFactory(enterprise=drafted, state=AgreementState.DRAFT)

    assert [rung_of(each, officer) for each in (agreed, running, over, drafted)] == ["3", "3", "1", "1"]


def test_whatever_an_enterprise_gives_puts_it_on_the_fourth_rung(officer: User):
    posted, kept, paid, promised, late = EnterpriseFactory.create_batch(5)
    PostingFactory(enterprise=posted, published_at=datetime(2026, 1, 1, tzinfo=UTC))
    CommitmentFactory(enterprise=kept, state=CommitmentState.KEPT, closed_on=FIRST)
    ReceiptFactory(investment=InvestmentFactory(enterprise=paid), received_on=date(2026, 3, 1))
    CommitmentFactory(enterprise=promised)
    CommitmentFactory(enterprise=late, state=CommitmentState.KEPT, closed_on=FIRST - timedelta(days=1))

    assert [rung_of(each, officer) for each in (posted, kept, paid, promised, late)] == ["4", "4", "4", "1", "1"]


def test_a_promise_of_the_school_is_no_gift_of_the_enterprise(officer: User):
    enterprise = EnterpriseFactory()
    CommitmentFactory(enterprise=enterprise, side="school", state=CommitmentState.KEPT, closed_on=date(2026, 6, 1))

    assert rung_of(enterprise, officer) == "1"


def test_a_strategic_partner_has_all_of_it_and_one_kind_of_promise_is_not_enough(officer: User):
    whole, lacking = EnterpriseFactory.create_batch(2)
    strategic(whole)
    strategic(lacking)
    lacking.commitments.filter(kind=CommitmentKind.JOBS).update(kind=CommitmentKind.LECTURES)

    assert [rung_of(each, officer) for each in (whole, lacking)] == ["5", "4"]


def test_the_level_of_the_file_that_the_evidence_does_not_bear_out_is_listed(officer: User):
    proud = EnterpriseFactory(level=EnterpriseLevel.STRATEGIC)
    modest = EnterpriseFactory()
    strategic(modest)
    right = EnterpriseFactory(level=EnterpriseLevel.CORE)
    signed_agreement(enterprise=right)

    differs = FIGURES["partners-level-differs"].rows(Scope(None, ON, officer))

    assert {row.pk for row in differs} == {proud.pk, modest.pk}


def test_the_board_says_how_many_stand_where_and_who_moved(officer: User):
    rose, fell, _stays = EnterpriseFactory.create_batch(3)
    visited(rose, date(2026, 5, 1))
    visited(fell, date(2023, 5, 1))

    content = count(Scope(None, ON, officer))

    ladder = {rung["place"]: (rung["number"], rung["before"], rung["change"]) for rung in content["rungs"]}
    assert ladder == {"5": (0, 0, 0), "4": (0, 0, 0), "3": (0, 0, 0), "2": (1, 1, 0), "1": (2, 2, 0)}
    assert [[row["label"] for row in moved["rows"]] for moved in content["moved"]] == [[str(rose)], [str(fell)]]
    assert content["differs"]["number"] == 0


def test_each_number_of_the_ladder_opens_as_many_enterprises(client: Client, officer: User):
    strategic(EnterpriseFactory())
    visited(EnterpriseFactory(), date.today() - timedelta(days=10))
    EnterpriseFactory.create_batch(2)
    client.force_login(officer)
    content = client.get("/dashboards/partners/?window=36").context["content"]

    for line in (*content["rungs"], *content["moved"], content["differs"], content["all"]):
        assert client.get(line["href"]).context["list"].page.paginator.count == line["number"], line["label"]
    assert client.get(content["figure"]["href"]).context["value"].rows == 4


def test_the_list_shows_the_evidence_and_its_links_open(client: Client, officer: User):
    enterprise = EnterpriseFactory()
    strategic(enterprise)
    client.force_login(officer)

    (row,) = client.get("/dashboards/partners/enterprises/").context["list"].rows

    assert [each.number for each in row.evidence] == [1, 1, 0, 1, 2, 0]
    assert {client.get(address).status_code for address in [*(each.href for each in row.evidence), row.money]} == {200}


def test_an_agreement_of_another_college_is_no_evidence_to_college_staff(
    college_staff: User, college: College, officer: User
):
    enterprise = EnterpriseFactory()
    signed_agreement(enterprise=enterprise).colleges.set([CollegeFactory()])

    assert rung_of(enterprise, officer) == "3"
    assert rung_of(enterprise, college_staff) == "1"


def test_a_student_who_is_not_theirs_is_no_evidence_to_college_staff(college_staff: User, officer: User):
    enterprise = EnterpriseFactory()
    posting = PostingFactory(enterprise=enterprise, published_at=LONG_AGO)
    ApplicationFactory(posting=posting, state=ApplicationState.ACCEPTED)

    assert rung_of(enterprise, officer) == "4"
    assert rung_of(enterprise, college_staff) == "1"


def test_a_college_is_narrowed_to_the_enterprises_that_it_works_with(officer: User, college: College):
    ours, _other = EnterpriseFactory.create_batch(2)
    ours.colleges.add(college)

    assert list(rungs(officer, college=college)) == [ours.pk]


@pytest.mark.parametrize("query", ["figure=visits", "figure=students"])
def test_the_list_is_of_figures_of_partners_alone(client: Client, officer: User, query: str):
    client.force_login(officer)

    assert client.get(f"/dashboards/partners/enterprises/?{query}").status_code == 404


@pytest.mark.parametrize("query", ["part=9", "part=x", "window=7", "window=x", "part=%00", "page=99"])
def test_what_makes_no_sense_in_an_address_does_no_harm(client: Client, officer: User, query: str):
    client.force_login(officer)

    assert client.get(f"/dashboards/partners/enterprises/?{query}").status_code == 200


def test_no_figure_of_partners_is_split_by_people():
    for slug in ("partners", "partners-rose", "partners-fell", "partners-level-differs"):
        assert "leader" not in FIGURES[slug].splits


@pytest.mark.parametrize("times", [1, 3])
def test_the_ladder_and_its_list_cost_the_same_for_any_number(
    client: Client, officer: User, django_assert_num_queries, times: int
):
    for enterprise in EnterpriseFactory.create_batch(times):
        strategic(enterprise)
    assert officer.is_office
    with django_assert_num_queries(4):
        count(Scope(None, ON, officer))
    client.force_login(officer)
    client.get("/dashboards/partners/enterprises/")

    with django_assert_num_queries(7):  # session, user, roles, count, rows, inbox, assistants
        client.get("/dashboards/partners/enterprises/")


def test_the_window_stands_in_the_address_only_where_it_is_not_the_usual_one(client: Client, officer: User):
    EnterpriseFactory()
    client.force_login(officer)

    usual = client.get("/dashboards/partners/?window=24").context["content"]
    longer = client.get("/dashboards/partners/?window=36").context["content"]

    assert usual["all"]["href"] == "/dashboards/partners/enterprises/"
    assert longer["all"]["href"] == "/dashboards/partners/enterprises/?window=36"
    assert replace(Scope(None, ON, officer), window=36).months == 36

"""A ledger as it is found in an office: what its rows mean, and what is said of them."""

from datetime import date

import pytest

from accounts.models.people import User
from accounts.models.school import Major
from imports.choices import ImportState, RowOutcome
from ledger.models.imports import LedgerImport
from partnerships.models.enterprises import Enterprise
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import VisitFactory, reported_visit
from tests.imports.lists import xlsx
from tests.ledger.ledgers import HEAD, bring, check, checked, outcomes, problems
from tests.ledger.world import valid_code
from visits.choices import VisitState
from visits.models.visits import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def software(db: None) -> Major:
    return MajorFactory(code="510203", name_zh="软件技术", name_en="Software Technology")


@pytest.fixture
def comics(db: None) -> Major:
    return MajorFactory(code="560209", name_zh="动漫设计", name_en="Comics")


def values(run: LedgerImport) -> dict[str, object]:
    return run.rows.get().values


@pytest.mark.parametrize(
    "said", ["2026.7.6", "2026-7.6", "20260706", "２０２６年７月６日", 46209, date(2026, 7, 6), "2026/7/6 14:30"]
)
def test_days_are_understood_in_every_spelling(officer: User, said: object):
    run = checked([(said, "甲公司")], officer)

    assert values(run)["day"] == "2026-07-06"
    assert outcomes(run) == [RowOutcome.NEW]


def test_a_day_ahead_is_refused_with_its_reason(officer: User):
    run = checked([("2026.11.24", "甲公司"), ("2026.11.25", "乙公司")], officer)

    assert outcomes(run) == [RowOutcome.NEW, RowOutcome.ERROR]
    assert (3, "day", "ahead") in problems(run)


def test_titles_merged_headings_totals_and_remarks_are_no_rows(officer: User, software: Major):
    rows = [
        ["2026年访企拓岗走访台账"],
        ["序号", "走访日期", "单位名称", "岗位情况", "", "", "带队领导"],
        ["", "", "", "需求专业", "提供就业岗位数", "提供实习岗位数", ""],
        [1, "2026.7.6", "甲公司", "软件技术", "5人", "约１０", "陈立"],
        ["合计", "", "", "", 5, 10, ""],
        ["注：数据截至7月"],
    ]
    merged = [(0, 0, 0, 6, "2026年访企拓岗走访台账"), (1, 3, 1, 5, "岗位情况")]
    run = check(bring(xlsx(rows, merged=merged), officer), officer)

    assert (run.state, run.passed_over) == (ImportState.CHECKED, 2)
    (offer,) = values(run)["offers"]
    assert (offer["major"], offer["posts"], offer["internships"]) == (software.pk, 5, 10)


def test_several_majors_in_a_cell_share_pay_but_never_a_number(officer: User, software: Major, comics: Major):
    head = ("走访日期", "单位名称", "需求专业", "提供就业岗位数", "平均薪酬")
    run = checked([("2026.7.6", "甲公司", "软件技术、动漫设计", 20, "5000元/月")], officer, head)

    first, second = values(run)["offers"]
    assert (first["major"], first["posts"], first["average_pay"]) == (software.pk, 20, 5000)
    assert (second["major"], second["posts"], second["average_pay"]) == (comics.pk, None, 5000)
    assert (2, "posts", "undivided") in problems(run)


def test_majors_may_bring_their_own_numbers(officer: User, software: Major, comics: Major):
    head = ("走访日期", "单位名称", "需求专业", "提供就业岗位数")
    run = checked([("2026.7.6", "甲公司", "软件技术12人；动漫设计（8人）", "共20人")], officer, head)

    assert [(offer["major"], offer["posts"]) for offer in values(run)["offers"]] == [(software.pk, 12), (comics.pk, 8)]
    assert "undivided" not in [code for _row, _field, code in problems(run)]


def test_numbers_without_a_known_major_stay_among_the_intentions(officer: User):
    head = ("走访日期", "单位名称", "需求专业", "提供就业岗位数")
    run = checked([("2026.7.6", "甲公司", "占星学", 20)], officer, head)

    assert len(values(run)["intentions"]) == 2
    assert "占星学" in values(run)["intentions"][0]
    assert "20" in values(run)["intentions"][1]
    assert {code for _row, _field, code in problems(run)} >= {"unknown_major", "no_major"}


def test_several_leaders_in_a_cell_the_first_leads(officer: User, leader: User):
    run = checked([("2026.7.6", "甲公司", "", "陈立（副校长）、李四")], officer)

    assert values(run)["leader"] == [{"user": leader.pk, "name": "陈立", "title": "副校长"}]
    assert values(run)["companions"] == [{"user": None, "name": "李四", "title": ""}]
    assert (2, "leader", "not_staff") in problems(run)


def test_an_enterprise_is_found_by_code_then_by_name_else_a_file_is_opened(officer: User):
    code = valid_code()
    by_code = EnterpriseFactory(legal_name="旧名科技有限公司", credit_code=code)
    by_name = EnterpriseFactory(legal_name="四川光影传媒有限公司", credit_code="")
    run = checked(
        [("2026.7.6", "新名科技有限公司", code), ("2026.7.6", "四川光影传媒公司"), ("2026.7.6", "无人知晓贸易公司")],
        officer,
    )

    assert list(run.rows.values_list("enterprise", flat=True)) == [by_code.pk, by_name.pk, None]
    assert [code for row, _field, code in problems(run) if row == 4] == ["no_leader", "new_file"]
    assert Enterprise.objects.count() == 2


def test_two_files_of_one_name_need_a_code(officer: User):
    EnterpriseFactory.create_batch(2, legal_name="同名科技有限公司", credit_code="")
    run = checked([("2026.7.6", "同名科技有限公司")], officer)

    assert outcomes(run) == [RowOutcome.ERROR]
    assert (2, "legal_name", "same_name") in problems(run)


def test_rows_about_one_visit_belong_together(officer: User, software: Major, comics: Major):
    rows = [
        ("2026.7.6", "甲公司", "", "", "软件技术", 5),
        ("2026.7.6", "甲公司", "", "", "动漫设计", 3),
        ("2026.7.6", "甲公司", "", "", "软件技术", 9),
        ("2026.7.6", "甲公司"),
        ("2026.7.7", "甲公司"),
    ]
    run = checked(rows, officer)

    assert list(run.rows.values_list("number", "lead")) == [(2, 2), (3, 2), (4, 4), (5, 5), (6, 6)]
    assert outcomes(run) == ["new", "new", "error", "error", "new"]
    said = [(row, code) for row, _field, code in problems(run) if code in ("joins", "major_repeated", "row_repeated")]
    assert said == [(3, "joins"), (4, "major_repeated"), (5, "row_repeated")]


def test_a_visit_that_people_reported_stays_as_they_said(officer: User, software: Major):
    visit = reported_visit(starts_on=date(2026, 7, 6), minutes="谈到实习")
    run = checked([("2026.7.6", visit.enterprise.legal_name, "", "", "软件技术", 5, "", "另一种说法")], officer)

    assert outcomes(run) == [RowOutcome.UNCHANGED]
    assert [(field, code) for _row, field, code in problems(run) if code == "kept"] == [
        ("minutes", "kept"), ("majors", "kept"),
    ]  # fmt: skip


@pytest.mark.parametrize("state", [VisitState.HELD, VisitState.PLANNED])
def test_a_visit_that_waits_for_its_report_is_reported_there(officer: User, state: str):
    visit = VisitFactory(starts_on=date(2026, 7, 6), state=state)
    run = checked([("2026.7.6", visit.enterprise.legal_name)], officer)

    assert outcomes(run) == [RowOutcome.ERROR]
    assert (2, "day", "waits") in problems(run)


def test_a_visit_that_was_called_off_does_not_stand_in_the_way(officer: User):
    visit = VisitFactory(starts_on=date(2026, 7, 6), state=VisitState.CANCELLED)
    run = checked([("2026.7.6", visit.enterprise.legal_name)], officer)

    assert outcomes(run) == [RowOutcome.NEW]


def test_checking_writes_nothing(officer: User):
    checked([("2026.7.6", "甲公司")], officer)

    assert not Visit.objects.exists()
    assert not Enterprise.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_checking_asks_the_same_for_any_number_of_rows(officer: User, django_assert_max_num_queries, count: int):
    run = bring(xlsx([HEAD, *[(f"2026.7.{day}", "甲公司") for day in range(1, count + 1)]]), officer)

    with django_assert_max_num_queries(50):
        run = check(run, officer)

    assert len(outcomes(run)) == count

"""Which file a row means."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models.people import User
from core.errors import RuleBroken
from imports import services
from imports.choices import RowChoice
from imports.matching import Matching
from imports.parsing import Parsed
from partnerships.models.enterprises import FormerName
from tests.factories.partnerships import EnterpriseFactory
from tests.imports.lists import checked, outcomes, problems

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("codes")]
CODE, OTHER = "91350100M000100Y43", "12510105425000145M"
HEAD = ("单位名称", "统一社会信用代码", "地址")


def matched(run) -> list[tuple[str, str]]:
    return [(row.matched_by, row.enterprise.legal_name if row.enterprise else "") for row in run.rows.all()]


def test_the_code_counts_before_the_name_and_a_new_name_keeps_the_old_one(officer: User):
    EnterpriseFactory(legal_name="四川智汇科技有限公司", credit_code=CODE)
    EnterpriseFactory(legal_name="四川光影文化有限公司")

    run = checked([("四川光影文化有限公司", "９１３５０１００ m000100y43")], officer, HEAD)

    row = run.rows.get()
    assert matched(run) == [("code", "四川智汇科技有限公司")]
    assert [(change["field"], change["after"]) for change in row.changes] == [
        ("legal_name", "四川光影文化有限公司"),
        ("former_names", ["四川智汇科技有限公司"]),
    ]


def test_a_name_matches_in_another_spelling_and_stays_as_it_is_on_file(officer: User):
    EnterpriseFactory(legal_name="四川智汇科技有限责任公司")

    run = checked([("四川智汇科技（有限公司）", "", ""), ("四川智汇 科技有限公司 ", "", "")], officer, HEAD)

    assert matched(run)[0] == ("name", "四川智汇科技有限责任公司")
    assert outcomes(run) == ["unchanged", "error"]


def test_a_former_name_leads_to_the_file_and_changes_no_name(officer: User):
    file = EnterpriseFactory(legal_name="四川智汇科技有限公司")
    FormerName.objects.create(enterprise=file, name="成都老牌软件有限公司")

    run = checked([("成都老牌软件有限公司", "", "")], officer, HEAD)

    assert (matched(run), outcomes(run)) == ([("former_name", "四川智汇科技有限公司")], ["unchanged"])
    assert (2, "legal_name", "former_name") in problems(run)


def test_the_same_name_with_another_right_code_is_a_question(officer: User):
    file = EnterpriseFactory(legal_name="四川智汇科技有限公司", credit_code=OTHER)

    run = checked([("四川智汇科技有限公司", CODE, "")], officer, HEAD)

    row = run.rows.get()
    assert outcomes(run) == ["suspect"]
    assert row.candidates == [{"id": file.pk, "name": "四川智汇科技有限公司", "why": "name"}]
    assert problems(run) == [(2, "credit_code", "code_differs")]


def test_a_right_code_stays_and_a_missing_one_is_added(officer: User):
    EnterpriseFactory(legal_name="四川智汇科技有限公司", credit_code=OTHER)
    EnterpriseFactory(legal_name="四川光影文化有限公司")
    rows = [("四川智汇科技有限公司", "123", ""), ("四川光影文化有限公司", CODE, "")]

    run = checked(rows, officer, HEAD)

    assert outcomes(run) == ["unchanged", "changed"]
    assert problems(run) == [(2, "credit_code", "code_fails"), (2, "credit_code", "code_kept")]
    assert run.rows.last().changes[0]["after"] == CODE


@pytest.mark.parametrize(
    ("code", "problem"),
    [("", "code_missing"), ("91350100M000100Y4Z", "code_fails"), (522101034250003560, "digits_lost")],
)
def test_a_code_that_is_missing_or_fails_is_a_warning_only(officer: User, code, problem):
    run = checked([("甲公司", code, "")], officer, HEAD)
    assert outcomes(run) == ["new"]
    assert problems(run) == [(2, "credit_code", problem)]


def test_a_similar_name_is_asked_about_and_two_of_one_key_are_both_offered(officer: User):
    alike = EnterpriseFactory(legal_name="成都智汇云创科技有限公司")
    twins = [EnterpriseFactory(legal_name="四川双胞胎有限公司"), EnterpriseFactory(legal_name="四川双胞胎有限责任公司")]
    rows = [("成都智汇云创科技发展有限公司", "", ""), ("四川双胞胎公司", "", ""), ("毫不相干贸易公司", "", "")]

    run = checked(rows, officer, HEAD)

    first, second, third = run.rows.all()
    assert outcomes(run) == ["suspect", "suspect", "new"]
    assert [(found["id"], found["why"]) for found in first.candidates] == [(alike.pk, "similar")]
    assert [(found["id"], found["why"]) for found in second.candidates] == [(twin.pk, "name") for twin in twins]
    assert third.candidates == []


def test_archived_files_are_not_matched(officer: User):
    EnterpriseFactory(legal_name="四川智汇科技有限公司", credit_code=CODE, archived_at=timezone.now())
    assert outcomes(checked([("四川智汇科技有限公司", CODE, "")], officer, HEAD)) == ["new"]


def test_two_rows_of_one_list_that_mean_one_enterprise_are_said(officer: User):
    EnterpriseFactory(legal_name="四川智汇科技有限公司", credit_code=CODE)
    rows = [("四川智汇科技有限公司", "", ""), ("另一个名字", CODE, ""), ("乙公司", "", ""), ("乙（公司）", "", "")]

    run = checked(rows, officer, HEAD)

    assert outcomes(run) == ["unchanged", "error", "new", "error"]
    repeated = [(row, found) for row, _field, found in problems(run) if found == "repeated"]
    assert repeated == [(3, "repeated"), (5, "repeated")]
    assert [row.problems[0]["other"] for row in run.rows.all() if row.outcome == "error"] == ["2", "4"]


@pytest.mark.usefixtures("in_english")
def test_two_undecided_rows_cannot_both_mean_the_same_file(officer: User):
    file = EnterpriseFactory(legal_name="成都智汇云创科技有限公司")
    names = ("成都智汇云创科技发展有限公司", "成都智汇云创科技服务有限公司")
    run = checked([(name, "", "") for name in names], officer, HEAD)
    first, second = run.rows.all()
    services.decide_row(first, choice=RowChoice.FILE, file=file.pk, by=officer)

    with pytest.raises(RuleBroken, match="same file"):
        services.decide_row(second, choice=RowChoice.FILE, file=file.pk, by=officer)

    second.refresh_from_db()
    assert second.outcome == "suspect"


@pytest.mark.usefixtures("in_english")
def test_only_a_file_on_offer_can_be_chosen(officer: User):
    EnterpriseFactory(legal_name="成都智汇云创科技有限公司")
    other = EnterpriseFactory(legal_name="毫不相干")
    row = checked([("成都智汇云创科技发展有限公司", "", "")], officer, HEAD).rows.get()

    with pytest.raises(RuleBroken, match="not on offer"):
        services.decide_row(row, choice=RowChoice.FILE, file=other.pk, by=officer)

    row.refresh_from_db()
    assert (row.outcome, row.enterprise) == ("suspect", None)


@pytest.mark.parametrize("rows", [1, 40])
def test_matching_asks_as_often_for_one_row_as_for_forty(rows: int):
    for number in range(rows):
        EnterpriseFactory(legal_name=f"现有{'甲乙丙丁戊'[number % 5]}{number}公司")
    wanted = [Parsed({"legal_name": f"现有{'甲乙丙丁戊'[n % 5]}{n}公司"}) for n in range(rows)]
    wanted += [Parsed({"legal_name": f"未知{n}贸易"}) for n in range(rows)]
    matching = Matching()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = matching.find(wanted)

    assert sum(1 for match in found if match.file) == rows
    assert len(asked) == 6  # files, flags, former names, contacts, needs; once for all chunks, every name

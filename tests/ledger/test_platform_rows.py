"""The national table row by row: its columns, their forms, what is missing."""

from datetime import date

import pytest
from django.utils import translation

from accounts.models.people import User
from accounts.models.school import School
from ledger.choices import Standing
from ledger.models.platform import LevelCode
from ledger.selectors import checks, platform
from partnerships.choices.agreements import Side
from tests.factories.visits import IntentionFactory, OutcomeFactory, VisitFactory, led_visit
from tests.ledger.world import complete_visit
from visits.choices import VisitState
from visits.models.visits import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_codes")]
ON = date(2026, 11, 24)
INTERFACE = (
    "zjsjwyxbs xxdm zfqymc zfqydm xqzydm xqzymc xqzycc ktggws pjxc qtbfr zw bfsj qyjdr jdrzw ftzyxs jssxszydm"
    " jssxszymc jssxszycc jssxszyrs jssxszybc jsxsjyzydm jsxsjyzymc jsxsjyzycc jsxsjyrs jsxsjyqxx qtdcyxhz sjcjsj"
)


def checked(visit: Visit, user: User) -> checks.Checked:
    return checks.check([visit.pk], user=user, on=ON)


def row(visit: Visit, user: User) -> dict[str, object]:
    (only,) = checked(visit, user).rows
    return dict(zip(INTERFACE.split(), only.cells, strict=True))


def problems(visit: Visit, user: User) -> list[str]:
    (only,) = checked(visit, user).rows
    return only.problems


def test_the_table_has_its_27_columns_in_their_order():
    assert [column.interface for column in platform.COLUMNS] == INTERFACE.split()
    assert [column.zh for column in platform.COLUMNS][:4] == [
        "数据唯一性标识", "学校代码", "走访企业名称", "走访企业统一社会信用代码",
    ]  # fmt: skip
    assert platform.COLUMNS[24].heading == "接受学生就业起薪线（元/月） (jsxsjyqxx)"


def test_a_row_says_what_each_column_asks(officer: User, leader: User):
    visit = complete_visit(leader)
    outcome = visit.outcomes.get()
    outcome.average_pay, outcome.graduates, outcome.post_pay, outcome.internship_pay = 5200, 3, 4800, 2000
    outcome.save()
    IntentionFactory(visit=visit, name="共建实习基地")

    assert row(visit, officer) == {
        "zjsjwyxbs": f"FQTG{visit.pk:08}001",
        "xxdm": "4151014000",
        "zfqymc": visit.enterprise.legal_name,
        "zfqydm": visit.enterprise.credit_code,
        "xqzydm": outcome.major.code,
        "xqzymc": outcome.major.name_zh,
        "xqzycc": "1",
        "ktggws": 5,
        "pjxc": 5200,
        "qtbfr": "陈立",
        "zw": "副校长",
        "bfsj": "20261110",
        "qyjdr": "李总",
        "jdrzw": "总经理",
        "ftzyxs": "02",
        "jssxszydm": outcome.major.code,
        "jssxszymc": outcome.major.name_zh,
        "jssxszycc": "1",
        "jssxszyrs": 10,
        "jssxszybc": 2000,
        "jsxsjyzydm": outcome.major.code,
        "jsxsjyzymc": outcome.major.name_zh,
        "jsxsjyzycc": "1",
        "jsxsjyrs": 3,
        "jsxsjyqxx": 4800,
        "qtdcyxhz": "共建实习基地",
        "sjcjsj": "20261124",
    }


def test_posts_stand_for_graduates_only_where_nobody_said_another_number_and_it_is_told(officer: User, leader: User):
    visit = complete_visit(leader)

    assert (row(visit, officer)["jsxsjyrs"], checked(visit, officer).posts_as_graduates) == (5, 1)
    visit.outcomes.update(graduates=0)
    found = row(visit, officer)
    assert (found["jsxsjyrs"], found["jsxsjyzydm"], found["ktggws"]) == (0, "", 5)
    assert checked(visit, officer).posts_as_graduates == 0


def test_without_interns_their_major_stays_empty_and_pay_is_never_guessed(officer: User, leader: User):
    visit = complete_visit(leader)
    visit.outcomes.update(internships=0, post_pay=4500)

    found = row(visit, officer)

    assert (found["jssxszydm"], found["jssxszycc"], found["jssxszyrs"]) == ("", "", 0)
    assert (found["pjxc"], found["jsxsjyqxx"]) == (None, 4500)


def test_other_cooperation_is_cut_to_200_characters(officer: User, leader: User):
    visit = complete_visit(leader)
    for _ in range(3):
        IntentionFactory(visit=visit, name="共建实习基地" * 20)

    assert len(str(row(visit, officer)["qtdcyxhz"])) == 200


def test_a_row_says_the_same_in_whatever_language_it_is_read(officer: User, leader: User):
    visit = complete_visit(leader)
    for name in ("共建实习基地", "来校宣讲"):
        IntentionFactory(visit=visit, name=name)

    with translation.override("en"):
        english = row(visit, officer)

    assert row(visit, officer) == english
    assert english["qtdcyxhz"] == "共建实习基地；来校宣讲"


def test_one_row_for_each_major_and_one_for_a_visit_without(officer: User, leader: User):
    two, none = complete_visit(leader, majors=2), complete_visit(leader, majors=0)

    rows = checks.check([two.pk, none.pk], user=officer, on=ON).rows

    assert [(each.line.visit.pk, each.cells[0]) for each in rows] == [
        (two.pk, f"FQTG{two.pk:08}001"),
        (two.pk, f"FQTG{two.pk:08}002"),
        (none.pk, f"FQTG{none.pk:08}001"),
    ]
    assert [each.problems for each in rows] == [[], [], ["no_outcome"]]


def test_a_complete_row_lacks_nothing(officer: User, leader: User):
    assert problems(complete_visit(leader), officer) == []


def test_a_bare_visit_lacks_nearly_everything(officer: User):
    visit = VisitFactory(starts_on=None, state=VisitState.HELD, enterprise__credit_code="")
    School.objects.update(code="")

    assert problems(visit, officer) == [
        "no_school_code", "no_credit_code", "no_outcome", "no_leader", "no_date", "no_host", "no_result",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda v: setattr(v.enterprise, "credit_code", "915107001234567890") or v.enterprise.save(), "code_fails"),
        (lambda v: setattr(v.enterprise, "legal_name", "长" * 101) or v.enterprise.save(), "too_long"),
        (lambda v: v.participants.filter(side=Side.ENTERPRISE).update(title=""), "no_host_title"),
        (lambda v: v.participants.filter(side=Side.SCHOOL).update(title=""), "no_leader_title"),
        (lambda v: v.participants.filter(side=Side.ENTERPRISE).update(was_present=False), "no_host"),
        (lambda v: LevelCode.objects.update(code=""), "no_level_code"),
        (lambda v: Visit.objects.update(result_form=None), "no_result"),
    ],
)
def test_each_thing_that_is_wrong_is_said_alone(officer: User, leader: User, change, problem: str):
    visit = complete_visit(leader)
    change(visit)

    assert problems(visit, officer) == [problem]


def test_what_is_wrong_is_counted_and_leads_to_where_it_is_mended(officer: User, leader: User):
    whole, bare = complete_visit(leader), complete_visit(leader)
    bare.enterprise.credit_code = ""
    bare.enterprise.save()
    OutcomeFactory(visit=bare)

    found = checks.check([whole.pk, bare.pk], user=officer, on=ON)

    assert (len(found.complete), len(found.rows)) == (1, 3)
    assert [(code, number) for code, _text, number in found.counts] == [("no_credit_code", 2)]
    (mend,) = checks.to_mend(found.rows)
    assert mend.visit == bare
    assert [address for _text, address in mend.findings] == [f"/enterprises/{bare.enterprise_id}/registration/"]
    assert checks.to_mend(found.rows, "no_host") == []
    assert [(value, number) for value, _label, number in found.standings] == [
        (Standing.NEW, 3), (Standing.SENT, 0), (Standing.CHANGED, 0), (Standing.FAILED, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("visits", [1, 3])
def test_checking_asks_the_same_for_any_number_of_visits(
    officer: User, leader: User, django_assert_num_queries, visits: int
):
    numbers = [complete_visit(leader, majors=2).pk for _ in range(visits)]
    assert officer.is_office

    # school, levels, visits, outcomes, people, follow-ups, agreements, records, what was sent
    with django_assert_num_queries(9):
        assert len(checks.check(numbers, user=officer, on=ON).rows) == 2 * visits


def test_a_visit_led_by_nobody_present_has_no_leader(officer: User, leader: User):
    visit = led_visit(leader, state=VisitState.REPORTED)
    visit.participants.update(was_present=False)

    assert "no_leader" in problems(visit, officer)

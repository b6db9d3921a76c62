"""Shares with their fractions, groups, small groups withheld, the rows behind a number, the workbook."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from accounts.choices import Role
from surveys.choices import AnswerKind, SurveyKind
from surveys.models.answers import Answer
from surveys.selectors import results as selectors
from tests.factories.accounts import CollegeFactory, MajorFactory, person
from tests.factories.surveys import answered, asked, contact, graduates_answer, survey_of
from tests.factories.visits import OutcomeFactory, reported_visit

pytestmark = pytest.mark.django_db


def content_of(response) -> bytes:
    return b"".join(response.streaming_content)


def test_satisfaction_is_the_share_of_the_first_two_steps_among_steps_taken(officer):
    survey = survey_of(SurveyKind.EMPLOYER, AnswerKind.SCALE)
    for number, value in enumerate(["satisfied", "satisfied", "rather_satisfied", "neutral", "dissatisfied", "na"]):
        answered(asked(survey, contact(email=f"{number}@f.example"), by=officer), value)

    [result] = selectors.item_results(survey, selectors.answers_in(survey, officer))

    assert [(step.value, step.number) for step in result.steps] == [
        ("satisfied", 2), ("rather_satisfied", 1), ("neutral", 1), ("dissatisfied", 1), ("na", 1),
    ]  # fmt: skip
    assert (result.good, result.good.percent, result.rated) == (selectors.Share(3, 5), 60.0, 5)
    assert selectors.overall([result]) == selectors.Share(3, 5)


def test_nobody_rated_has_no_percentage():
    assert selectors.Share(0, 0).percent is None


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 5, "b": 9}, set()),
        ({"a": 4, "b": 9, "c": 6}, {"a", "c"}),  # four alone would follow from the total
        ({"a": 4, "b": 3, "c": 6}, {"a", "b"}),
        ({"a": 2}, {"a"}),
        ({}, set()),
    ],
)
def test_small_groups_are_withheld_so_that_none_can_be_reckoned(sizes, hidden):
    assert selectors.withheld(sizes) == hidden


def test_enterprises_are_grouped_by_the_majors_they_were_visited_about(officer):
    survey, one, other = survey_of(SurveyKind.EMPLOYER, AnswerKind.SCALE), MajorFactory(), MajorFactory()
    for number, (majors, value) in enumerate([((one,), "satisfied"), ((one, other), "neutral")]):
        visit = reported_visit()
        for major in majors:
            OutcomeFactory(visit=visit, major=major)
        to = contact(enterprise=visit.enterprise, email=f"{number}@f.example")
        answered(asked(survey, to, by=officer, visit=visit), value)

    rows = selectors.groups(survey, selectors.answers_in(survey, officer), "major", user=officer)

    assert [(row.key, row.answers, row.good) for row in rows] == [
        (one.pk, 2, selectors.Share(1, 2)), (other.pk, 1, selectors.Share(0, 1)),
    ]  # fmt: skip


def test_majors_of_graduates_are_withheld_within_their_college(officer):
    survey, college = survey_of(SurveyKind.GRADUATE), CollegeFactory()
    large, small, middle = (MajorFactory(college=college) for _number in range(3))
    elsewhere = MajorFactory()
    for major, number in ((large, 7), (small, 2), (middle, 5), (elsewhere, 5)):
        graduates_answer(survey, major, number, by=officer)
    seen = selectors.answers_in(survey, officer)

    majors = {row.key: row.answers for row in selectors.groups(survey, seen, "major", user=officer)}
    colleges = {row.key: row.answers for row in selectors.groups(survey, seen, "college", user=officer)}

    assert majors == {large.pk: 7, elsewhere.pk: 5, small.pk: 0, middle.pk: 0}
    assert colleges == {college.pk: 14, elsewhere.college_id: 5}
    assert selectors.is_withheld(survey, seen, "major", small.pk, user=officer)
    assert not selectors.is_withheld(survey, seen, "major", large.pk, user=officer)


def test_a_withheld_group_opens_no_rows_and_the_page_says_so(client_of, officer):
    survey, small = survey_of(SurveyKind.GRADUATE), MajorFactory()
    graduates_answer(survey, small, 4, "dissatisfied", "neutral", by=officer)
    client = client_of(officer)

    for address in (f"/surveys/{survey.pk}/", f"/surveys/{survey.pk}/answers/"):
        shown = client.get(address).content.decode()
        assert ("withheld" in shown, "<progress" in shown, "A graduate" in shown) == (True, False, False)
    assert client.get(f"/surveys/{survey.pk}/export/").status_code == 409

    graduates_answer(survey, MajorFactory(), 6, by=officer)
    shown = client.get(f"/surveys/{survey.pk}/answers/?by=major&of={small.pk}").content.decode()
    assert ("withheld" in shown, "A graduate" in shown) == (True, False)


def test_college_staff_see_what_was_said_about_their_majors(client_of, college, college_staff, officer):
    survey, own, other = survey_of(SurveyKind.EMPLOYER, AnswerKind.SCALE), MajorFactory(college=college), MajorFactory()
    for major, value in ((own, "satisfied"), (other, "dissatisfied")):
        visit = reported_visit()
        OutcomeFactory(visit=visit, major=major)
        to = contact(enterprise=visit.enterprise)
        answered(asked(survey, to, by=officer, visit=visit), value)
    mine, theirs = Answer.objects.order_by("pk")
    client = client_of(college_staff)

    page = client.get(f"/surveys/{survey.pk}/")

    assert page.context["overall"] == selectors.Share(1, 1)
    assert [[row.key for row in rows] for _name, rows in page.context["groups"]][:2] == [[own.pk], [college.pk]]
    assert client.get(f"/surveys/answers/{mine.pk}/").status_code == 200
    assert client.get(f"/surveys/answers/{theirs.pk}/").status_code == 404
    assert list(client.get(f"/surveys/{survey.pk}/answers/").context["page"]) == [mine]


def test_every_number_opens_the_answers_it_counts(client_of, leader, officer):
    survey = survey_of(SurveyKind.EMPLOYER, AnswerKind.SCALE)
    given = [
        answered(asked(survey, contact(email=f"{number}@f.example"), by=officer), value)
        for number, value in enumerate(["satisfied", "neutral", "neutral"])
    ]
    item = survey.items.get()

    client = client_of(leader)
    rows = client.get(f"/surveys/{survey.pk}/answers/?item={item.pk}&value=neutral").context["page"]

    assert sorted(row.pk for row in rows) == [given[1].pk, given[2].pk]
    assert f"answers/?item={item.pk}&amp;value=neutral" in client.get(f"/surveys/{survey.pk}/").content.decode()


def test_the_workbook_holds_a_row_for_each_answer(client_of, officer):
    survey = survey_of(SurveyKind.EMPLOYER, AnswerKind.SCALE, AnswerKind.TEXT)
    given = answered(asked(survey, by=officer), "rather_satisfied", "多开课", comment="谢谢")

    response = client_of(officer).get(f"/surveys/{survey.pk}/export/?format=xlsx&columns=all&columns=by")

    rows = CalamineWorkbook.from_filelike(BytesIO(content_of(response))).get_sheet_by_index(0).to_python()
    assert rows[0] == [
        "Enterprise",
        "Answered by",
        "Received",
        "Majors",
        "Question 1",
        "Question 2",
        "Looked for",
        "Comment",
    ]
    assert [*rows[1][:2], *rows[1][3:]] == [str(given.enterprise), "李娜", "", "Rather satisfied", "多开课", "", "谢谢"]


def test_the_workbook_of_graduates_names_no_withheld_major(client_of, officer):
    survey, large, small = survey_of(SurveyKind.GRADUATE, AnswerKind.SCALE), MajorFactory(), MajorFactory()
    graduates_answer(survey, large, 6, by=officer)
    graduates_answer(survey, MajorFactory(), 5, by=officer)
    graduates_answer(survey, small, 2, by=officer)

    response = client_of(person(Role.LEADER)).get(f"/surveys/{survey.pk}/export/?format=xlsx")

    rows = CalamineWorkbook.from_filelike(BytesIO(content_of(response))).get_sheet_by_index(0).to_python()[1:]
    assert sorted(row[0] for row in rows) == sorted([str(large)] * 6 + ["withheld"] * 7)


@pytest.mark.parametrize("count", [1, 3])
def test_the_results_cost_the_same_for_any_number_of_answers(client_of, officer, django_assert_num_queries, count):
    survey = survey_of(SurveyKind.DEMAND)
    for number in range(count):
        visit = reported_visit()
        OutcomeFactory(visit=visit)
        to = contact(enterprise=visit.enterprise, email=f"{number}@f.example")
        line = {"major_id": MajorFactory().pk, "number": 3}
        answered(asked(survey, to, by=officer, visit=visit), comment="好", lines=[line])
    client = client_of(officer)

    with django_assert_num_queries(15):
        page = client.get(f"/surveys/{survey.pk}/")
    assert len(page.context["comments"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_rows_cost_the_same_for_any_number(client_of, officer, django_assert_num_queries, count):
    survey = survey_of()
    for number in range(count):
        answered(asked(survey, contact(email=f"{number}@f.example"), by=officer))
    client, item = client_of(officer), survey.items.first()

    with django_assert_num_queries(9):
        page = client.get(f"/surveys/{survey.pk}/answers/?item={item.pk}&value=satisfied")
    assert len(page.context["page"]) == count

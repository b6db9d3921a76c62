"""Numbers about postings: medians with how many they are of, stages, enterprises, and the rows behind each."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from placements.selectors import numbers
from placements.selectors.numbers import Scope, Wait
from placements.selectors.numbers_of_enterprises import lines
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)  # when the postings of the factory are published
DAY = timedelta(days=1)


def applied(posting, after, *, answered=None, state="submitted", **fields):
    """So many days after the posting was published, and answered so many days later."""
    application = ApplicationFactory(posting=posting, submitted_at=BEGAN + after * DAY, state=state, **fields)
    if answered is not None:
        application.moves.create(state=state, at=application.submitted_at + answered * DAY)
    return application


def test_medians_counts_and_of_how_many(today):
    quick, slow, third = PostingFactory(), PostingFactory(), PostingFactory(answer_by=today)
    PostingFactory()
    applied(quick, 1, answered=2, state="rejected")
    applied(quick, 9, answered=10, state="shortlisted")
    applied(slow, 4, answered=1, state="seen")
    applied(third, 6)

    found = numbers.summary(Scope(on=today))

    assert (found.postings, found.applications, found.without_applicant, found.unanswered) == (4, 4, 1, 1)
    assert found.to_first_applicant == Wait(4.0, 3)
    assert found.to_first_answer == Wait(6.0, 2)


def test_stages_count_how_far_applications_came_and_where_they_stand(today):
    posting = PostingFactory()
    far = applied(posting, 1, answered=5, state="interview")
    far.moves.create(state="seen", at=far.submitted_at + DAY)
    far.moves.create(state="interview", at=far.submitted_at + 9 * DAY)
    applied(posting, 1, answered=3, state="seen")

    found = {stage.state.value: stage for stage in numbers.stages(Scope(on=today))}

    seen, interview = found["seen"], found["interview"]
    assert (seen.number, seen.of, seen.percent, seen.days, seen.now) == (2, 2, 100, 2.0, 1)
    assert (interview.number, interview.percent, interview.days, interview.now) == (1, 50, 5.0, 1)
    assert (found["offered"].number, found["offered"].days) == (0, None)


def test_a_line_for_each_enterprise_the_most_wanted_first(today):
    wanted, other = PostingFactory(answer_by=today), PostingFactory()
    applied(wanted, 1, answered=2, state="rejected")
    applied(wanted, 1)

    first, second = lines(Scope(on=today))

    assert (first.enterprise, first.postings, first.applications) == (wanted.enterprise, 1, 2)
    assert (first.rate.answered, first.rate.due, first.to_first_answer) == (1, 2, Wait(2.0, 1))
    assert (second.enterprise, second.applications, second.to_first_answer) == (other.enterprise, 0, Wait(None, 0))


def test_class_college_and_period_narrow(today):
    major = MajorFactory()
    applied(PostingFactory(), 1, student=make_student(major=major, class_of=2026))
    applied(PostingFactory(published_at=BEGAN + 200 * DAY), 250)

    assert numbers.summary(Scope(on=today, class_of=2026)).applications == 1
    assert numbers.summary(Scope(on=today, college=major.college_id)).without_applicant == 1
    assert numbers.summary(Scope(on=today, last=(BEGAN + DAY).date())).postings == 1
    assert numbers.summary(Scope(on=today, first=(BEGAN + DAY).date())).postings == 1


def test_majors_that_few_postings_name(today, settings):
    settings.FEW_POSTINGS_OF_A_MAJOR = 2
    none, one, two, by_class = (MajorFactory(code=code) for code in ("410101", "420101", "430101", "440101"))
    for major in (none, one, two, by_class):
        make_student(major=major)
    MajorFactory(code="450101")
    PostingFactory()
    for majors in ([one, two], [two]):
        PostingFactory().majors.set(majors)
    PostingFactory(major_classes=["44"])

    found = numbers.majors_with_few(Scope(on=today))

    assert [(major, number, people) for major, number, people in found] == [
        (none, 0, 1), (one, 1, 1), (by_class, 1, 1),
    ]  # fmt: skip
    assert numbers.naming(by_class, on=today).count() == 1


@pytest.mark.parametrize(
    ("slug", "rows"),
    [
        ("postings", 2), ("none", 1), ("first-applicant", 1), ("applications", 2), ("answered", 1), ("unanswered", 1),
        ("reached-rejected", 1), ("now-submitted", 1),
    ],
)  # fmt: skip
def test_each_number_opens_its_rows_and_their_file(client, officer, today, slug, rows):
    posting = PostingFactory(answer_by=today - DAY)
    PostingFactory()
    applied(posting, 1, answered=2, state="rejected")
    applied(posting, 2)
    client.force_login(officer)
    path = reverse("placements:numbers_rows", args=[slug])

    assert len(client.get(path).context["page"]) == rows
    file = client.get(path, {"format": "xlsx"})
    assert b"".join(file.streaming_content)[:2] == b"PK"
    file.close()


@pytest.mark.parametrize("slug", ["x", "reached-x", "reached-submitted", "now-", "major-0", "major-x"])
def test_there_are_no_other_numbers(client, officer, slug):
    client.force_login(officer)

    assert client.get(reverse("placements:numbers_rows", args=[slug])).status_code == 404


def test_college_staff_count_their_own_students_and_leaders_open_no_applications(
    client, college, college_staff, leader
):
    posting = PostingFactory()
    own = applied(posting, 1, student=make_student(major=MajorFactory(college=college)))
    applied(posting, 2)
    path = reverse("placements:numbers_rows", args=["applications"])

    client.force_login(college_staff)
    assert list(client.get(path).context["page"]) == [own]
    assert client.get(reverse("placements:numbers")).context["summary"].applications == 1
    client.force_login(leader)
    assert client.get(reverse("placements:numbers")).context["summary"].applications == 2
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_any_number(client, officer, django_assert_num_queries, rows):
    for _ in range(rows):
        applied(PostingFactory(), 1, answered=2, state="rejected")
    client.force_login(officer)

    with django_assert_num_queries(17):
        page = client.get(reverse("placements:numbers"))

    assert len(page.context["enterprises"]) == rows

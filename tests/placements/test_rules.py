"""Who may do what: role by action."""

import pytest

from placements import rules
from placements.choices import ApplicationState, PostingState
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.placements import ApplicationFactory, PostingFactory

ROLES = ["officer", "admin", "college_staff", "leader", "student", "stranger"]
OFFICE = {"officer", "admin"}
STAFF = OFFICE | {"college_staff"}


@pytest.fixture
def cast(request):
    return request.getfixturevalue


@pytest.mark.parametrize("role", ROLES)
def test_the_office_and_colleges_draft_postings(cast, role):
    assert bool(rules.can_draft(cast(role))) is (role in STAFF)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("state", "may"),
    [
        (PostingState.DRAFT, STAFF),
        (PostingState.REJECTED, STAFF),
        (PostingState.IN_REVIEW, OFFICE),
        (PostingState.PUBLISHED, OFFICE),
        (PostingState.CLOSED, set()),
        (PostingState.FILLED, set()),
        (PostingState.WITHDRAWN, set()),
    ],
)
def test_a_posting_of_the_college_is_changed_by(cast, college, role, state, may):
    posting = PostingFactory(state=state)
    posting.majors.set([MajorFactory(college=college)])

    assert bool(rules.can_change(cast(role), posting)) is (role in may)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("state", "to", "may"),
    [
        (PostingState.DRAFT, PostingState.IN_REVIEW, STAFF),
        (PostingState.DRAFT, PostingState.WITHDRAWN, STAFF),
        (PostingState.REJECTED, PostingState.DRAFT, STAFF),
        (PostingState.IN_REVIEW, PostingState.PUBLISHED, OFFICE),
        (PostingState.IN_REVIEW, PostingState.REJECTED, OFFICE),
        (PostingState.IN_REVIEW, PostingState.WITHDRAWN, OFFICE),
        (PostingState.PUBLISHED, PostingState.CLOSED, OFFICE),
        (PostingState.PUBLISHED, PostingState.FILLED, OFFICE),
        (PostingState.PUBLISHED, PostingState.WITHDRAWN, OFFICE),
    ],
)
def test_a_posting_of_the_college_is_moved_by(cast, college, role, state, to, may):
    posting = PostingFactory(state=state)
    posting.majors.set([MajorFactory(college=college)])

    assert bool(rules.can_move(cast(role), posting, to)) is (role in may)


def test_college_staff_leave_postings_of_other_colleges_alone(college_staff):
    posting = PostingFactory(state=PostingState.DRAFT)

    assert not rules.can_change(college_staff, posting)
    assert not rules.can_move(college_staff, posting, PostingState.IN_REVIEW)


def test_college_staff_look_after_what_they_drafted_for_all_majors(college_staff):
    posting = PostingFactory(state=PostingState.DRAFT, created_by=college_staff)

    assert rules.can_change(college_staff, posting)
    assert rules.can_move(college_staff, posting, PostingState.IN_REVIEW)


@pytest.mark.parametrize("role", ROLES)
def test_only_students_apply(cast, role):
    assert bool(rules.can_apply(cast(role))) is (role == "student")


def test_a_student_without_a_profile_is_told_so(student):
    student.student_profile.delete()

    decision = rules.can_apply(student)

    assert decision.reason == "The portal does not know your major and class yet. Ask your college to enter them."


@pytest.mark.parametrize("role", ROLES)
def test_applicants_are_seen_by_the_office_and_colleges(cast, role):
    assert bool(rules.can_see_applicants(cast(role))) is (role in STAFF)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("to", "may"),
    [
        (ApplicationState.SEEN, STAFF),
        (ApplicationState.SHORTLISTED, STAFF),
        (ApplicationState.INTERVIEW, STAFF),
        (ApplicationState.OFFERED, STAFF),
        (ApplicationState.REJECTED, STAFF),
        (ApplicationState.NO_REPLY, STAFF),
        (ApplicationState.ACCEPTED, {"student"}),
        (ApplicationState.DECLINED, {"student"}),
        (ApplicationState.WITHDRAWN, {"student"}),
    ],
)
def test_an_application_is_moved_by(cast, college, student, role, to, may):
    student.student_profile.major.college = college
    student.student_profile.major.save()
    application = ApplicationFactory(student=student)

    assert bool(rules.can_move_application(cast(role), application, to)) is (role in may)


def test_college_staff_leave_students_of_other_colleges_alone(college_staff):
    application = ApplicationFactory(student=make_student())

    decision = rules.can_move_application(college_staff, application, ApplicationState.SEEN)

    assert decision.reason == "This student is not one of your college."

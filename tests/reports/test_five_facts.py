"""Five facts of a month by mail: what is one's own, once, on its first working day."""

from datetime import UTC, date, datetime

import pytest

from accounts.models.people import User
from accounts.models.school import SpecialDay
from notifications.choices import Channel
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementState, Side
from partnerships.models.agreements import Agreement
from placements.choices import PostingState
from reports.selectors.five_facts import FiveFacts, five_facts
from tests.factories.accounts import CollegeFactory, UserFactory
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.visits import FollowUpFactory, ParticipantFactory, VisitFactory
from tests.reminding import due, queue, told
from visits.choices import FollowUpState, VisitState

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 1)  # a Tuesday
FIRST = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
IN_MONTH, BEFORE = datetime(2026, 11, 20, 2, 0, tzinfo=UTC), datetime(2026, 10, 20, 2, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 3, 1, tzinfo=UTC)
NOTHING = FiveFacts(0, 0, 0, 0, 0, 0, 0, 0)


def a_month_of(user: User) -> None:
    """One of each that counts, and beside it what is of another month."""
    mine = EnterpriseFactory(owner=user, last_contact_at=LONG_AGO)
    EnterpriseFactory(owner=user, last_contact_at=IN_MONTH)
    held = VisitFactory(organiser=user, starts_on=date(2026, 11, 3), state=VisitState.HELD)
    VisitFactory(organiser=user, starts_on=date(2026, 10, 30), state=VisitState.HELD)
    VisitFactory(organiser=user, starts_on=date(2026, 11, 4), state=VisitState.CANCELLED)
    there = VisitFactory(starts_on=date(2026, 11, 30), state=VisitState.HELD)
    ParticipantFactory(visit=there, side=Side.SCHOOL, user=user)
    FollowUpFactory(visit=held, owner=user, state=FollowUpState.DONE, closed_at=IN_MONTH)
    FollowUpFactory(visit=held, owner=user, state=FollowUpState.DONE, closed_at=BEFORE)
    FollowUpFactory.create_batch(3, visit=held, owner=user)
    signed = {"owner": user, "state": AgreementState.SIGNED}
    AgreementFactory(**signed, signed_on=date(2026, 11, 12))
    AgreementFactory(**signed, signed_on=date(2026, 1, 12), ends_on=date(2027, 2, 28))
    opened = PostingFactory(enterprise=mine, state=PostingState.PUBLISHED, published_at=IN_MONTH)
    PostingFactory(enterprise=mine, state=PostingState.PUBLISHED, published_at=BEFORE)
    ApplicationFactory.create_batch(2, posting=opened, submitted_at=IN_MONTH)
    ApplicationFactory(posting=opened, submitted_at=FIRST)


def test_each_counts_what_is_their_own(officer, leader):
    a_month_of(officer)

    assert five_facts(officer, on=ON) == FiveFacts(
        visits=2, follow_ups_done=1, follow_ups_open=3, agreements_signed=1, agreements_ending=1, postings=1,
        applications=2, silent=1,
    )  # fmt: skip
    assert five_facts(leader, on=ON) == NOTHING


def test_nobody_counts_what_they_may_not_see(college_staff):
    a_month_of(college_staff)
    elsewhere = CollegeFactory()
    for agreement in Agreement.objects.filter(signed_on=date(2026, 11, 12)):
        agreement.colleges.add(elsewhere)

    facts = five_facts(college_staff, on=ON)

    assert (facts.agreements_signed, facts.agreements_ending) == (0, 1)
    assert (facts.postings, facts.applications) == (1, 0)  # who applied are students of other colleges


@pytest.mark.parametrize("months", [1, 3])
def test_a_person_s_facts_cost_the_same_for_any_number(officer, months, django_assert_num_queries):
    for _month in range(months):
        a_month_of(officer)
    user = User.objects.get(pk=officer.pk)

    with django_assert_num_queries(2):  # the roles, and all numbers together
        assert five_facts(user, on=ON).visits == 2 * months


def test_all_staff_read_them_once_on_the_first_working_day(officer, leader, college_staff, admin, student):
    SpecialDay.objects.create(day=ON, name_zh="放假")
    second = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)

    assert queue(FIRST, "reports.five_facts") == 0
    assert {who for _key, who in told("reports.five_facts", second)} == {str(officer), str(leader), str(college_staff)}
    assert queue(second, "reports.five_facts") == 6
    assert queue(datetime(2026, 12, 7, 2, 0, tzinfo=UTC), "reports.five_facts") == 0


def test_the_mail_says_them_in_five_lines(officer):
    a_month_of(officer)
    officer.language = "en"
    officer.save()

    queue(FIRST, "reports.five_facts")

    mail = OutgoingMessage.objects.get(recipient=officer, channel=Channel.EMAIL)
    assert mail.subject == "Your five facts: November 2026"
    assert mail.body.splitlines()[:5] == [
        "Visits that you organised or were at: 2",
        "Follow-ups done: 1; still open: 3",
        "Agreements signed: 1; ending within 90 days: 1",
        "Postings opened: 1; applications received: 2",
        "Enterprises of yours without contact for 6 months: 1",
    ]


def test_who_left_their_role_a_minute_before_reads_none(officer):
    queue(FIRST, "reports.five_facts")
    officer.role_grants.update(ends_on=date(2026, 11, 30))

    mail = OutgoingMessage.objects.get(recipient=officer, channel=Channel.EMAIL)
    assert deliver_message(mail.pk, now=FIRST) is False


def test_staff_is_found_in_the_same_number_of_queries(officer, leader, django_assert_num_queries):
    UserFactory()

    with django_assert_num_queries(4):  # terms, days off, roles, people
        assert len(due("reports.five_facts", FIRST)) == 2

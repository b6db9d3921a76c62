"""What the rules of postings and interviews find, and whether it still holds when it is sent."""

from datetime import UTC, date, datetime, timedelta

import pytest

from notifications.choices import Channel
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from placements import tasks
from placements.choices import PostingSource, PostingState
from placements.models.interviews import InterviewBooking, InterviewSlot
from placements.models.postings import Posting
from placements.reminders import posting_still_open
from placements.services.postings import move_posting
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import ContactFactory, EnterpriseFactory
from tests.factories.placements import ApplicationFactory, InterviewSlotFactory, PostingFactory, invited
from tests.reminding import due, queue, told

pytestmark = pytest.mark.django_db
S = PostingState
# Days of November 2026: the 21st, on which these tests stand, is a Saturday.
THE_DAY_BEFORE = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def mail_to(person):
    return OutgoingMessage.objects.get(channel=Channel.EMAIL, recipient=person)


def in_review(*, since, **fields):
    """A posting that was sent to review at a moment, as the history of the database has it."""
    posting = PostingFactory(**{"state": S.IN_REVIEW, **fields})
    posting.history.update(pgh_created_at=since)
    return posting


def booked(*, host=None, starts_at=datetime(2026, 11, 22, 1, 30, tzinfo=UTC), **fields):
    posting = PostingFactory(title="剪辑", title_en="Editor", enterprise=EnterpriseFactory(name_en="Huirun Group"))
    slot = InterviewSlotFactory(posting=posting, starts_at=starts_at, created_by=host, **fields)
    return InterviewBooking.objects.create(slot=slot, application=invited(posting), at=THE_DAY_BEFORE)


@pytest.mark.parametrize(("days", "mark"), [(-1, None), (0, -1), (1, -1), (2, -7), (7, -7), (8, None)])
def test_a_closing_posting_is_in_the_nearest_band_only(officer, now, today, days, mark):
    posting = PostingFactory(closes_on=today + timedelta(days=days), created_by=officer)

    keys = [key for key, _person in told("placements.posting", now)]

    assert keys == ([f"placements.posting:{posting.pk}:{mark}d:{posting.closes_on:%Y%m%d}"] if mark else [])


def test_author_and_owner_are_told_each_once(officer, college_staff, now, today):
    closes = today + timedelta(days=3)
    PostingFactory(closes_on=closes, created_by=college_staff, enterprise=EnterpriseFactory(owner=officer))
    PostingFactory(closes_on=closes, created_by=officer, enterprise=EnterpriseFactory(owner=officer))
    PostingFactory(closes_on=closes)

    people = [person for _key, person in told("placements.posting", now)]
    assert sorted(people) == sorted([str(officer), str(officer), str(college_staff)])


def test_reminders_are_stored_once_and_again_for_a_new_day(officer, now, today):
    posting = PostingFactory(closes_on=today + timedelta(days=3), created_by=officer, title_en="Editor")
    ApplicationFactory.create_batch(2, posting=posting)

    assert queue(now, "placements.posting") == 2  # e-mail and inbox
    assert queue(now, "placements.posting") == 0
    Posting.objects.update(closes_on=today + timedelta(days=4))
    assert queue(now, "placements.posting") == 2

    first = OutgoingMessage.objects.filter(channel="inbox").earliest("pk")
    assert first.subject == "A posting closes in 3 days: Editor"
    assert "So far there are 2 applications." in first.body
    assert (first.rule, first.subject_id, first.enterprise_id, first.link) == (
        "placements.posting",
        posting.pk,
        posting.enterprise_id,
        f"/postings/{posting.pk}/",
    )


@pytest.mark.parametrize(
    ("language", "subject"), [("en", "A posting closes today: Editor"), ("zh-hans", "岗位今天截止：剪辑")]
)
def test_a_posting_that_closes_today_is_not_said_to_close_in_no_days(now, today, language, subject):
    PostingFactory(closes_on=today, created_by=UserFactory(language=language), title="剪辑", title_en="Editor")

    queue(now, "placements.posting")

    assert OutgoingMessage.objects.get(channel="inbox").subject == subject


@pytest.mark.parametrize(
    ("fields", "still"),
    [
        ({}, True),
        ({"state": S.FILLED}, False),
        ({"closes_on": date(2026, 11, 20)}, False),
        ({"closes_on": date(2026, 11, 21)}, True),
    ],
)
def test_an_invitation_is_asked_at_the_moment_of_sending_whether_the_posting_is_open(now, fields, still):
    posting = PostingFactory(**fields)

    assert posting_still_open(posting.pk, now=now) is still


@pytest.mark.parametrize(("day", "is_named"), [(20, False), (19, False), (18, True), (16, True), (1, True)])
def test_the_office_hears_of_a_posting_that_waits_for_review_for_two_working_days(officer, day, is_named):
    in_review(since=datetime(2026, 11, day, 4, 0, tzinfo=UTC))

    expected = [(f"placements.review:{officer.pk}:+3d:20261116", str(officer))]
    assert told("placements.review", THE_DAY_BEFORE) == (expected if is_named else [])


@pytest.mark.parametrize(("day", "mark"), [(16, 0), (18, 0), (19, 3), (20, 3), (21, None), (22, None)])
def test_it_hears_on_monday_and_on_thursday_of_all_of_them_at_once(officer, day, mark):
    for _ in range(3):
        in_review(since=datetime(2026, 11, 2, 4, 0, tzinfo=UTC))

    found = due("placements.review", datetime(2026, 11, day, 4, 0, tzinfo=UTC))

    assert [(each.subject_id, each.mark, each.because) for each in found] == (
        [(officer.pk, mark, {"number": 3})] if mark is not None else []
    )


def test_the_waiting_begins_when_a_posting_was_last_sent_to_review(officer):
    posting = in_review(since=THE_DAY_BEFORE - timedelta(days=20), source=PostingSource.STAFF)
    move_posting(posting, S.DRAFT, by=officer, at=THE_DAY_BEFORE)
    posting.refresh_from_db()
    move_posting(posting, S.IN_REVIEW, by=officer, at=THE_DAY_BEFORE)
    last = posting.history.filter(state=S.IN_REVIEW).latest("pgh_id")
    posting.history.filter(pgh_id=last.pgh_id).update(pgh_created_at=THE_DAY_BEFORE - timedelta(days=1))

    assert due("placements.review", THE_DAY_BEFORE) == []


def test_the_letter_about_the_review_says_since_when_each_waits(officer):
    enterprise = EnterpriseFactory(name_en="Huirun Group")
    in_review(since=datetime(2026, 11, 18, 4, 0, tzinfo=UTC), title_en="Editor", enterprise=enterprise)
    in_review(since=datetime(2026, 11, 17, 4, 0, tzinfo=UTC), title_en="Grader", enterprise=enterprise)

    assert queue(THE_DAY_BEFORE, "placements.review") == 2

    mail = mail_to(officer)
    assert (mail.subject, mail.link) == ("2 postings wait for review", "/postings/?state=in_review")
    assert mail.body.split("\n\n")[1].strip() == (
        "- Grader, Huirun Group: since 17 Nov 2026\n- Editor, Huirun Group: since 18 Nov 2026"
    )


@pytest.mark.parametrize(("state", "is_sent"), [(S.IN_REVIEW, True), (S.PUBLISHED, False)])
def test_the_letter_about_the_review_leaves_while_something_waits(officer, state, is_sent):
    in_review(since=datetime(2026, 11, 18, 4, 0, tzinfo=UTC))
    queue(THE_DAY_BEFORE, "placements.review")
    Posting.objects.update(state=state)

    assert deliver_message(mail_to(officer).pk, now=THE_DAY_BEFORE + timedelta(minutes=1)) is is_sent


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_the_review_costs_the_same_for_any_number(officer, django_assert_num_queries, rows):
    for _ in range(rows):
        in_review(since=datetime(2026, 11, 18, 4, 0, tzinfo=UTC))

    with django_assert_num_queries(4):  # terms, days off, postings, officers
        assert [each.because for each in due("placements.review", THE_DAY_BEFORE)] == [{"number": rows}]


@pytest.mark.parametrize(("days", "is_told"), [(0, False), (1, True), (7, True), (8, False)])
def test_author_and_owner_hear_that_nobody_applied(officer, college_staff, now, today, days, is_told):
    enterprise = EnterpriseFactory(owner=officer)
    closed = {"state": S.CLOSED, "closes_on": today - timedelta(days=days), "created_by": college_staff}
    posting = PostingFactory(enterprise=enterprise, title_en="Editor", **closed)

    key = f"placements.empty:{posting.pk}:+1d:{posting.closes_on:%Y%m%d}"
    assert told("placements.empty", now) == ([(key, str(college_staff)), (key, str(officer))] if is_told else [])
    assert queue(now, "placements.empty") == (4 if is_told else 0)
    assert set(OutgoingMessage.objects.values_list("subject", flat=True)) == (
        {"Nobody applied: Editor"} if is_told else set()
    )


def test_postings_with_applicants_other_ends_or_a_copy_are_not_said_to_be_empty(officer, now, today):
    fields = {"closes_on": today - timedelta(days=1), "created_by": officer}
    ApplicationFactory(posting=PostingFactory(state=S.CLOSED, **fields))
    PostingFactory(state=S.FILLED, **fields)
    PostingFactory(state=S.WITHDRAWN, **fields)
    PostingFactory(state=S.DRAFT, copied_from=PostingFactory(state=S.CLOSED, **fields))

    assert due("placements.empty", now) == []


def test_student_and_host_are_reminded_of_an_interview_with_the_page_that_is_theirs(officer, now):
    booking = booked(host=officer, place="A栋301")
    student = booking.application.student

    assert (queue(now, "placements.interview"), queue(now, "placements.interview")) == (4, 0)

    theirs, ours = mail_to(student), mail_to(officer)
    assert {theirs.key, ours.key} == {f"placements.interview:{booking.pk}:-1d:20261122:0930"}
    assert theirs.link == f"/applications/{booking.application_id}/"
    assert ours.link == f"/postings/{booking.slot.posting_id}/interviews/"
    assert ours.subject == "Interview tomorrow: Editor"
    assert f"{student} comes to the interview for “Editor” of Huirun Group." in ours.body
    assert "When: 22 Nov 2026, 09:30–10:00\nPlace: A栋301" in ours.body


@pytest.mark.parametrize(
    ("starts_at", "is_told"),
    [
        (datetime(2026, 11, 21, 4, 0, tzinfo=UTC), False),  # it begins just now
        (datetime(2026, 11, 21, 4, 1, tzinfo=UTC), True),
        (datetime(2026, 11, 22, 15, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), False),  # midnight of the day after tomorrow
    ],
)
def test_an_interview_is_near_from_the_day_before_until_it_begins(now, starts_at, is_told):
    booking = booked(host=None, starts_at=starts_at)

    people = [person for _key, person in told("placements.interview", now)]
    assert people == ([str(booking.application.student)] if is_told else [])


def test_a_host_of_the_enterprise_has_the_calendar_and_hears_nothing_more(now):
    booking = booked(contact=ContactFactory())

    assert [person for _key, person in told("placements.interview", now)] == [str(booking.application.student)]


def closing_of(officer):
    return PostingFactory(closes_on=date(2026, 11, 22), created_by=officer)


def empty_of(officer):
    return PostingFactory(state=S.CLOSED, closes_on=date(2026, 11, 20), created_by=officer)


def interview_of(officer):
    return booked(host=officer)


@pytest.mark.parametrize(
    ("slug", "make", "model", "change", "is_sent"),
    [
        ("placements.posting", closing_of, Posting, {}, True),
        ("placements.posting", closing_of, Posting, {"closes_on": date(2026, 11, 23)}, False),
        ("placements.posting", closing_of, Posting, {"state": S.FILLED}, False),
        ("placements.posting", closing_of, Posting, {"created_by": None}, False),
        ("placements.empty", empty_of, Posting, {}, True),
        ("placements.empty", empty_of, Posting, {"closes_on": date(2026, 11, 19)}, False),
        ("placements.empty", empty_of, Posting, {"state": S.WITHDRAWN}, False),
        ("placements.interview", interview_of, InterviewBooking, {}, True),
        ("placements.interview", interview_of, InterviewBooking, {"cancelled_at": THE_DAY_BEFORE}, False),
        ("placements.interview", interview_of, InterviewSlot, {"cancelled_at": THE_DAY_BEFORE}, False),
        (
            "placements.interview",
            interview_of,
            InterviewSlot,
            {"starts_at": datetime(2026, 11, 22, 1, 0, tzinfo=UTC)},
            False,
        ),
        ("placements.interview", interview_of, InterviewSlot, {"created_by": None}, False),
    ],
)
def test_what_changed_a_minute_before_is_not_sent(officer, now, slug, make, model, change, is_sent):
    make(officer)
    assert queue(now, slug) in (2, 4)

    if change:
        model.objects.update(**change)

    mail = mail_to(officer)
    assert deliver_message(mail.pk, now=mail.send_after + timedelta(minutes=1)) is is_sent
    mail.refresh_from_db()
    assert mail.state == ("sent" if is_sent else "dropped")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("slug", "make", "queries"),
    [
        ("placements.posting", closing_of, 3),  # terms, days off, postings
        ("placements.empty", empty_of, 3),
        ("placements.interview", interview_of, 3),
    ],
)
def test_looking_costs_the_same_for_any_number(officer, now, django_assert_num_queries, slug, make, queries, rows):
    for _ in range(rows):
        make(officer)

    with django_assert_num_queries(queries):
        assert len({each.subject_id for each in due(slug, now)}) == rows


def test_the_tasks_ring_the_services(officer):
    yesterday = PostingFactory(closes_on=date(2026, 1, 2), created_by=officer)

    tasks.close_postings.delay()

    yesterday.refresh_from_db()
    assert yesterday.state == S.CLOSED
    assert tasks.close_postings.name == "placements.close_postings"

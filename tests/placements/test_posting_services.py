"""The life of a posting."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.choices import Role
from core.errors import RuleBroken, StaleEdit
from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import TimelineKind
from partnerships.models.timeline import TimelineEntry
from placements.choices import POSTING_NEXT, PostingKind, PostingState
from placements.models.postings import Posting
from placements.services.postings import change_posting, close_due_postings, draft_posting, move_posting
from tests.factories.accounts import MajorFactory, person
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import PostingFactory

pytestmark = pytest.mark.django_db
FIELDS = {
    "kind": PostingKind.JOB,
    "title": "剪辑师",
    "description": "剪辑",
    "headcount": 2,
    "closes_on": date(2027, 3, 1),
}


def test_a_draft_is_kept_with_its_majors_and_author(officer, now):
    enterprise, major = EnterpriseFactory(), MajorFactory()

    posting = draft_posting(enterprise, fields=FIELDS, majors=[major], by=officer, at=now)

    posting.refresh_from_db()
    assert (posting.state, posting.title, posting.headcount, posting.created_by) == ("draft", "剪辑师", 2, officer)
    assert list(posting.majors.all()) == [major]
    assert not TimelineEntry.objects.exists()


def test_a_leader_cannot_draft_and_nothing_is_kept(leader, now):
    with pytest.raises(PermissionDenied):
        draft_posting(EnterpriseFactory(), fields=FIELDS, by=leader, at=now)

    assert not Posting.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"headcount": 0},
        {"title": ""},
        {"opens_on": date(2027, 3, 2)},
        {"pay_min": 5000, "pay_max": 4000},
        {"title": "长" * 121},
    ],
)
def test_a_draft_that_cannot_be_is_refused_and_nothing_is_kept(officer, now, wrong):
    with pytest.raises(ValidationError):
        draft_posting(EnterpriseFactory(), fields={**FIELDS, **wrong}, by=officer, at=now)

    assert not Posting.objects.exists()


def test_state_is_not_a_field_to_set(officer, now):
    with pytest.raises(TypeError):
        draft_posting(EnterpriseFactory(), fields={**FIELDS, "state": "published"}, by=officer, at=now)


def test_a_change_sets_fields_and_majors_and_counts_the_version(officer, now):
    posting, major = PostingFactory(state=PostingState.DRAFT), MajorFactory()

    change_posting(posting, version=1, fields={"title": "调色师"}, majors=[major], by=officer, at=now)

    posting.refresh_from_db()
    assert (posting.title, posting.version, list(posting.majors.all())) == ("调色师", 2, [major])


def test_a_stale_change_is_refused_and_nothing_changes(officer, now):
    posting = PostingFactory(state=PostingState.DRAFT, title="旧")
    change_posting(posting, version=1, fields={"title": "新"}, majors=[], by=officer, at=now)

    with pytest.raises(StaleEdit):
        change_posting(posting, version=1, fields={"title": "另"}, majors=[], by=officer, at=now)

    posting.refresh_from_db()
    assert (posting.title, posting.version) == ("新", 2)


def test_college_staff_cannot_change_a_published_posting(college_staff, now):
    posting = PostingFactory(created_by=college_staff, title="旧")

    with pytest.raises(PermissionDenied):
        change_posting(posting, version=1, fields={"title": "新"}, majors=[], by=college_staff, at=now)

    posting.refresh_from_db()
    assert (posting.title, posting.version) == ("旧", 1)


@pytest.mark.parametrize("state", PostingState)
@pytest.mark.parametrize("to", PostingState)
def test_a_posting_moves_along_its_table_only(officer, now, state, to):
    posting = PostingFactory(state=state)

    if to in POSTING_NEXT[state]:
        move_posting(posting, to, by=officer, at=now, reason="原因")
        posting.refresh_from_db()
        assert (posting.state, posting.reason, posting.version) == (to, "原因", 2)
    else:
        with pytest.raises(RuleBroken):
            move_posting(posting, to, by=officer, at=now, reason="原因")
        posting.refresh_from_db()
        assert (posting.state, posting.reason, posting.version) == (state, "", 1)


def test_publishing_keeps_the_instant_and_tells_the_timeline(officer, now):
    posting = PostingFactory(state=PostingState.IN_REVIEW, published_at=None, title="剪辑师")

    move_posting(posting, PostingState.PUBLISHED, by=officer, at=now)

    posting.refresh_from_db()
    entry = TimelineEntry.objects.get()
    assert posting.published_at == now
    assert (entry.enterprise, entry.kind, entry.text, entry.detail, entry.by, entry.at) == (
        posting.enterprise,
        TimelineKind.POSTING_MOVED,
        "剪辑师",
        "published",
        officer,
        now,
    )
    assert entry.link == f"/postings/{posting.pk}/"


def test_a_posting_past_its_day_is_not_published(officer, now):
    posting = PostingFactory(state=PostingState.IN_REVIEW, closes_on=date(2026, 11, 20))

    with pytest.raises(RuleBroken, match="closing day has passed"):
        move_posting(posting, PostingState.PUBLISHED, by=officer, at=now)

    posting.refresh_from_db()
    assert posting.state == PostingState.IN_REVIEW
    assert not TimelineEntry.objects.exists()


def test_a_rejection_needs_a_reason(officer, now):
    posting = PostingFactory(state=PostingState.IN_REVIEW)

    with pytest.raises(RuleBroken, match="Say why"):
        move_posting(posting, PostingState.REJECTED, by=officer, at=now, reason="  ")

    posting.refresh_from_db()
    assert posting.state == PostingState.IN_REVIEW


def test_its_author_is_told_of_a_rejection_once_with_the_reason(officer, college_staff, now):
    posting = PostingFactory(state=PostingState.IN_REVIEW, created_by=college_staff, title_en="Editor")

    move_posting(posting, PostingState.REJECTED, by=officer, at=now, reason="Pay is missing")

    told = OutgoingMessage.objects.get(channel="inbox")
    assert (told.recipient, told.subject, told.link) == (
        college_staff,
        "Not published: Editor",
        f"/postings/{posting.pk}/",
    )
    assert told.body.endswith("Reason: Pay is missing")


def test_who_publishes_their_own_posting_is_not_told(officer, now):
    move_posting(
        PostingFactory(state=PostingState.IN_REVIEW, created_by=officer), PostingState.PUBLISHED, by=officer, at=now
    )

    assert not OutgoingMessage.objects.exists()


def test_college_staff_cannot_publish_and_nothing_changes(college_staff, now):
    posting = PostingFactory(state=PostingState.IN_REVIEW, created_by=college_staff)

    with pytest.raises(PermissionDenied, match="Only the employment office publishes"):
        move_posting(posting, PostingState.PUBLISHED, by=college_staff, at=now)

    posting.refresh_from_db()
    assert (posting.state, posting.version) == ("in_review", 1)
    assert not TimelineEntry.objects.exists()


def test_a_move_on_a_stale_page_is_refused(officer, now):
    posting = PostingFactory()
    move_posting(posting, PostingState.FILLED, by=officer, at=now, version=1)

    with pytest.raises(StaleEdit):
        move_posting(posting, PostingState.CLOSED, by=person(Role.OFFICER), at=now, version=1)

    posting.refresh_from_db()
    assert posting.state == PostingState.FILLED


def test_postings_past_their_day_are_closed_and_others_left_alone(now, today):
    past = PostingFactory(closes_on=today - timedelta(days=1))
    last_day = PostingFactory(closes_on=today)
    draft = PostingFactory(closes_on=today - timedelta(days=1), state=PostingState.DRAFT)

    assert close_due_postings(now=now) == 1
    assert close_due_postings(now=now) == 0

    states = [Posting.objects.get(pk=posting.pk).state for posting in (past, last_day, draft)]
    assert states == ["closed", "published", "draft"]
    assert list(TimelineEntry.objects.values_list("enterprise", "detail", "by")) == [
        (past.enterprise_id, "closed", None)
    ]

"""Searches and follows: kept, changed, stopped."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleBroken, StaleEdit
from following.choices import Frequency
from following.models import FollowedEnterprise, FollowedPosting, SavedSearch
from following.reminders import enterprise_still_followed, posting_still_open, search_still_wanted
from following.selectors.searching import kept_query
from following.selectors.stopping import named_by, reader_of, stop_path
from following.services import follows, searches
from following.services.stopping import stop
from notifications.choices import Channel, MessageState
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from placements.choices import PostingState
from placements.models.postings import Posting
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.reminding import due, queue

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def kept(student, now, **fields):
    given = {"name": "Chengdu", "query": "find=剪辑&page=3&kind=", "frequency": Frequency.DAILY, **fields}
    return searches.save_search(**given, by=student, at=now)


def test_a_search_keeps_what_its_address_says_and_no_page(student, now):
    search = kept(student, now)

    assert (search.query, search.at, search.told_until) == ("find=%E5%89%AA%E8%BE%91", now, now)


def test_the_same_search_is_kept_once_and_the_refusal_names_it(student, now):
    kept(student, now)

    with pytest.raises(RuleBroken, match="You keep this search already, as “Chengdu”"):
        kept(student, now, name="Another")

    assert SavedSearch.objects.count() == 1


def test_a_person_keeps_at_most_thirty_searches(student, now):
    for number in range(searches.MOST):
        kept(student, now, query=f"find={number}")

    with pytest.raises(RuleBroken, match="At most 30 searches"):
        kept(student, now, query="find=more")

    assert SavedSearch.objects.count() == 30


def test_a_search_longer_than_its_column_is_refused(student, now):
    with pytest.raises(RuleBroken, match="too long to be kept"):
        kept(student, now, query="find=" + "a" * 1500)

    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("address", "query"),
    [("", ""), ("page=2", ""), ("a=1&a=2&b=", "a=1&a=2"), ("mine=on&sort=pay", "mine=on&sort=pay")],
)
def test_what_of_an_address_is_kept(address, query):
    assert kept_query(address) == query


def test_a_silent_search_that_speaks_again_begins_anew(student, now):
    search = kept(student, now, frequency=Frequency.NEVER)

    changed = searches.change_search(
        search, version=1, name="X", frequency=Frequency.AT_ONCE, by=student, at=now + 9 * DAY
    )

    assert (changed.name, changed.frequency, changed.told_until) == ("X", Frequency.AT_ONCE, now + 9 * DAY)


def test_a_stale_change_is_told_and_nothing_changes(student, now):
    search = kept(student, now)
    searches.change_search(search, version=1, name="First", frequency=Frequency.DAILY, by=student, at=now)

    with pytest.raises(StaleEdit):
        searches.change_search(search, version=1, name="Second", frequency=Frequency.NEVER, by=student, at=now)

    search.refresh_from_db()
    assert (search.name, search.frequency) == ("First", Frequency.DAILY)


@pytest.mark.parametrize("who", ["officer", "college_staff", "leader", "stranger"])
def test_only_students_follow(who, request, now):
    user, posting = request.getfixturevalue(who), PostingFactory()

    with pytest.raises(PermissionDenied):
        kept(user, now)
    with pytest.raises(PermissionDenied):
        follows.follow_posting(posting, by=user, at=now)
    with pytest.raises(PermissionDenied):
        follows.follow_enterprise(posting.enterprise, by=user, at=now)

    assert not SavedSearch.objects.exists()
    assert not FollowedPosting.objects.exists()
    assert not FollowedEnterprise.objects.exists()


@pytest.mark.parametrize(
    ("fields", "may"),
    [
        ({}, True),
        ({"opens_on": date(2027, 1, 1)}, True),
        ({"opens_on": date(2027, 1, 1), "state": PostingState.IN_REVIEW}, False),
        ({"state": PostingState.DRAFT}, False),
        ({"closes_on": date(2026, 11, 20)}, False),
    ],
)
def test_a_student_follows_what_a_student_sees(student, now, fields, may):
    posting = PostingFactory(**fields)

    if may:
        follows.follow_posting(posting, by=student, at=now)
        follows.follow_posting(posting, by=student, at=now + DAY)
    else:
        with pytest.raises(PermissionDenied):
            follows.follow_posting(posting, by=student, at=now)

    assert list(FollowedPosting.objects.values_list("at", flat=True)) == ([now] if may else [])


def test_letting_go_twice_changes_nothing(student, now):
    follow = follows.follow_enterprise(EnterpriseFactory(), by=student, at=now)

    follows.unfollow_enterprise(follow.enterprise, by=student)
    follows.unfollow_enterprise(follow.enterprise, by=student)

    assert not FollowedEnterprise.objects.exists()


def reminded(student):
    messages = OutgoingMessage.objects.filter(recipient=student, channel=Channel.EMAIL).order_by("pk")
    return list(messages.values_list("subject", flat=True))


@pytest.mark.parametrize(
    ("closes", "subjects"),
    [
        (date(2026, 11, 25), []),
        (date(2026, 11, 24), ["Closes in 3 days: Editor"]),
        (date(2026, 11, 22), ["Closes in 1 day: Editor"]),
        (date(2026, 11, 21), ["Closes today: Editor"]),
        (date(2026, 11, 20), []),
    ],
)
def test_three_days_before_it_closes_a_follower_is_reminded_once(student, now, closes, subjects):
    posting = PostingFactory(title_en="Editor", closes_on=closes)
    FollowedPosting.objects.create(user=student, posting=posting, at=now - 5 * DAY)

    queue(now, "following.closing")
    queue(now + timedelta(minutes=10), "following.closing")

    assert reminded(student) == subjects


def test_who_has_applied_or_has_just_begun_to_follow_is_not_reminded(student, now):
    posting = PostingFactory(closes_on=date(2026, 11, 23))
    ApplicationFactory(posting=posting, student=student)
    FollowedPosting.objects.create(user=student, posting=posting, at=now - 5 * DAY)
    FollowedPosting.objects.create(
        user=student, posting=PostingFactory(closes_on=date(2026, 11, 23)), at=now - timedelta(hours=2)
    )

    assert queue(now, "following.closing") == 0


@pytest.mark.parametrize("change", ["closes on another day", "taken back", "applied", "not followed"])
def test_what_changed_a_minute_ago_is_not_reminded_of(student, now, change):
    posting = PostingFactory(closes_on=date(2026, 11, 23))
    follow = FollowedPosting.objects.create(user=student, posting=posting, at=now - 5 * DAY)
    queue(now, "following.closing")
    mail = OutgoingMessage.objects.get(rule="following.closing", channel=Channel.EMAIL)

    if change == "closes on another day":
        Posting.objects.update(closes_on=date(2026, 11, 22))
    elif change == "taken back":
        Posting.objects.update(state=PostingState.DRAFT)
    elif change == "applied":
        ApplicationFactory(posting=posting, student=student)
    else:
        follow.delete()

    assert deliver_message(mail.pk, now=now + timedelta(minutes=1)) is False
    mail.refresh_from_db()
    assert mail.state == MessageState.DROPPED


@pytest.mark.parametrize("rows", [1, 3])
def test_what_closes_is_found_in_the_same_number_of_queries(student, now, rows, django_assert_num_queries):
    for _row in range(rows):
        posting = PostingFactory(closes_on=date(2026, 11, 23))
        FollowedPosting.objects.create(user=student, posting=posting, at=now - 5 * DAY)

    with django_assert_num_queries(3):  # terms, days off, follows
        assert len(due("following.closing", now)) == rows


def test_what_was_stopped_meanwhile_is_not_sent(student, now):
    search = kept(student, now)
    follow = follows.follow_posting(PostingFactory(), by=student, at=now)
    enterprise = follows.follow_enterprise(follow.posting.enterprise, by=student, at=now)
    assert search_still_wanted(search.pk, now=now)
    assert posting_still_open(follow.pk, now=now)
    assert enterprise_still_followed(enterprise.pk, now=now)

    for record in (search, follow, enterprise):
        stop(named_by(stop_path(record).split("/")[3]))

    assert not search_still_wanted(search.pk, now=now)
    assert not posting_still_open(follow.pk, now=now)
    assert not enterprise_still_followed(enterprise.pk, now=now)
    assert SavedSearch.objects.get().frequency == Frequency.NEVER


def test_a_link_that_was_tampered_with_is_nobody_s(student, now):
    token = stop_path(kept(student, now)).split("/")[3]

    assert reader_of(token) == student
    assert reader_of(token[:-2] + "xx") is None
    assert reader_of("nonsense") is None

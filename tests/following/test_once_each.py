"""A posting is told once to each person, whatever finds it, and whoever looks for news at the same time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from following.choices import Frequency
from following.models import FollowedPosting, SavedSearch, ToldPosting
from following.services.follows import follow_enterprise, follow_posting
from following.services.searches import save_search
from following.services.telling import tell_of_news
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from placements.choices import PostingState
from placements.services.copying import copy_posting
from placements.services.postings import move_posting
from tests.factories.accounts import student as make_student
from tests.factories.placements import PostingFactory
from tests.together import together

BEFORE = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # half past eight: the turn of all three paces


def mails():
    rows = OutgoingMessage.objects.filter(channel=Channel.EMAIL).order_by("recipient", "pk")
    return list(rows.values_list("recipient", "subject"))


def four_searches(student):
    paces = {
        "find=剪辑": Frequency.AT_ONCE, "find=剪辑师": Frequency.DAILY, "kind=internship": Frequency.WEEKLY,
        "": Frequency.WEEKLY,
    }  # fmt: skip
    for query, frequency in paces.items():
        save_search(name=query or "all", query=query, frequency=frequency, by=student, at=BEFORE)


def editor(at=MONDAY - timedelta(minutes=5), **fields):
    return PostingFactory(title="剪辑师", title_en="Editor", published_at=at, **fields)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, 1, 7], ids=["that day", "the day after", "a week later"])
def test_one_mail_for_a_posting_that_searches_of_every_pace_find(student, days):
    four_searches(student)
    posting = editor()
    assert SavedSearch.objects.count() == 4

    for minutes in (0, 2, 4):
        tell_of_news(now=MONDAY + timedelta(minutes=minutes))
    tell_of_news(now=MONDAY + timedelta(days=days, minutes=10))

    assert mails() == [(student.pk, "1 new posting for “find=剪辑”")]
    assert list(ToldPosting.objects.values_list("user", "posting")) == [(student.pk, posting.pk)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_each_person_once(in_english):
    students = [make_student() for _ in range(3)]
    posting = editor()
    for student in students:
        four_searches(student)
        follow_enterprise(posting.enterprise, by=student, at=BEFORE)

    told = together(*[lambda: tell_of_news(now=MONDAY)] * 3)

    assert sum(told) == 6  # to each by e-mail and in the inbox
    assert [recipient for recipient, _subject in mails()] == sorted(student.pk for student in students)
    assert ToldPosting.objects.count() == 3


@pytest.mark.django_db
def test_who_followed_last_year_s_posting_is_kept_by_the_copy(officer, student, now):
    earlier = editor(at=BEFORE - timedelta(days=300), opens_on=None, closes_on=date(2026, 6, 1))
    FollowedPosting.objects.create(user=student, posting=earlier, at=BEFORE - timedelta(days=290))
    gone, stranger = make_student(), make_student()
    FollowedPosting.objects.create(user=gone, posting=earlier, at=BEFORE - timedelta(days=290)).delete()

    copy = copy_posting(earlier, by=officer, at=now)
    tell_of_news(now=now)
    assert mails() == []
    for state in (PostingState.IN_REVIEW, PostingState.PUBLISHED):
        copy = move_posting(copy, state, by=officer, at=now)
    for days in (0, 1, 2):
        tell_of_news(now=now + timedelta(days=days, minutes=1))

    assert [copy.copied_from_id, copy.state] == [earlier.pk, PostingState.PUBLISHED]
    assert [pair for pair in mails() if pair[0] in (student.pk, gone.pk, stranger.pk)] == [
        (student.pk, "Offered again: Editor")
    ]
    followers = FollowedPosting.objects.filter(posting=copy)
    assert list(followers.values_list("user", flat=True)) == [student.pk]


@pytest.mark.django_db
def test_who_follows_original_and_copy_hears_once(officer, student, now):
    earlier = editor(at=BEFORE - timedelta(days=300))
    FollowedPosting.objects.create(user=student, posting=earlier, at=BEFORE)
    copy = editor(at=now, copied_from=earlier)
    follow_posting(copy, by=student, at=now - timedelta(hours=1))

    tell_of_news(now=now)
    tell_of_news(now=now + timedelta(minutes=2))

    assert [recipient for recipient, _subject in mails()] == [student.pk]

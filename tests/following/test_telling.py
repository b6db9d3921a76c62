"""What is new is told by the pace of each search, and a posting once to each person."""

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
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db

BEFORE = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # Friday, ten in the morning in Shanghai
MONDAY_EARLY = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # seven in the morning
MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # half past eight


def mails(user):
    return list(
        OutgoingMessage.objects.filter(recipient=user, channel=Channel.EMAIL)
        .order_by("pk")
        .values_list("subject", flat=True)
    )


def search(student, frequency=Frequency.AT_ONCE, query="find=剪辑", name="剪辑", at=BEFORE):
    return save_search(name=name, query=query, frequency=frequency, by=student, at=at)


def editor(at, **fields):
    return PostingFactory(**{"title": "剪辑师", "title_en": "Editor", "published_at": at, **fields})


def test_a_new_posting_is_told_at_once_with_its_facts_and_a_link_that_stops_it(student, now, settings):
    settings.SITE_URL = "https://portal.example"
    kept = search(student)
    posting = editor(now, city="成都", closes_on=date(2026, 12, 24), enterprise=EnterpriseFactory(name_en="Huirun"))

    assert tell_of_news(now=now + timedelta(minutes=2)) == 2  # by e-mail, and in the inbox

    message = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert message.subject == "1 new posting for “剪辑”"
    lines = message.body.splitlines()
    assert lines[:3] == [
        "Editor",
        "Huirun · 成都 · closes 24 Dec 2026",
        f"https://portal.example/postings/{posting.pk}/",
    ]
    assert lines[-1].startswith("No more messages like this: https://portal.example/following/stop/")
    assert message.link == "/postings/?find=%E5%89%AA%E8%BE%91"
    assert (message.still_due, message.subject_id) == ("following.search", kept.pk)


def test_the_message_is_in_the_reader_s_language(student, now):
    student.language = "zh-hans"
    student.save()
    search(student)
    editor(now, enterprise=EnterpriseFactory(legal_name="汇润集团", name_en="Huirun"))

    tell_of_news(now=now)

    body = OutgoingMessage.objects.get(channel=Channel.EMAIL).body
    assert body.splitlines()[0] == "剪辑师"
    assert "汇润集团" in body


def test_nothing_is_told_twice_by_running_again_or_by_another_search(student, now):
    search(student)
    search(student, query="find=剪辑&kind=internship", name="again")
    editor(now)

    tell_of_news(now=now)
    tell_of_news(now=now + timedelta(minutes=2))

    assert mails(student) == ["1 new posting for “剪辑”"]


def test_what_was_there_before_the_search_was_kept_is_not_new(student, now):
    editor(BEFORE - timedelta(minutes=1))
    search(student)

    assert tell_of_news(now=now) == 0
    assert mails(student) == []


@pytest.mark.parametrize("fields", [{"state": PostingState.DRAFT}, {"opens_on": date(2026, 11, 22)}])
def test_what_cannot_be_applied_to_yet_is_not_told(student, now, fields):
    search(student)
    editor(now, **fields)

    assert tell_of_news(now=now) == 0
    assert not ToldPosting.objects.exists()


def test_an_announced_posting_is_told_on_the_day_that_it_opens(student, now):
    search(student)
    editor(now, opens_on=date(2026, 11, 22))
    tell_of_news(now=now)

    tell_of_news(now=now + timedelta(days=1))

    assert mails(student) == ["1 new posting for “剪辑”"]


def test_a_posting_that_others_saw_only_after_the_commit_is_found_the_next_time(student, now):
    search(student)
    editor(now, title="别的", description="别的")
    tell_of_news(now=now)
    editor(now - timedelta(minutes=1))

    tell_of_news(now=now + timedelta(minutes=2))

    assert mails(student) == ["1 new posting for “剪辑”"]


def test_what_one_has_applied_to_is_no_news(student, now):
    search(student)
    ApplicationFactory(posting=editor(now), student=student)

    assert tell_of_news(now=now) == 0


def test_ten_lines_and_how_many_more(student, now):
    search(student)
    for _ in range(12):
        editor(now)

    tell_of_news(now=now)

    message = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert message.subject == "12 new postings for “剪辑”"
    assert message.body.count("/postings/") == 10
    assert "and 2 more: see the portal." in message.body
    assert ToldPosting.objects.filter(user=student).count() == 12


@pytest.mark.parametrize(
    ("frequency", "early", "later"),
    [(Frequency.DAILY, 1, 1), (Frequency.WEEKLY, 0, 1), (Frequency.NEVER, 0, 0), (Frequency.AT_ONCE, 1, 1)],
)
def test_each_pace_has_its_hour(student, frequency, early, later):
    """Published on Friday at noon: daily on Saturday, weekly on Monday, each from eight in the morning on."""
    search(student, frequency)
    editor(BEFORE + timedelta(hours=2))

    tell_of_news(now=BEFORE + timedelta(hours=3))
    at_once = len(mails(student))
    tell_of_news(now=MONDAY_EARLY)
    assert len(mails(student)) == early
    tell_of_news(now=MONDAY)

    assert len(mails(student)) == later
    assert at_once == (1 if frequency == Frequency.AT_ONCE else 0)


def test_a_turn_without_news_is_over(student):
    """What is published after the morning's look waits for the next morning."""
    kept = search(student, Frequency.DAILY)
    assert tell_of_news(now=MONDAY) == 0
    kept.refresh_from_db()
    assert kept.told_until == MONDAY

    editor(MONDAY + timedelta(hours=1))
    assert tell_of_news(now=MONDAY + timedelta(hours=2)) == 0
    assert tell_of_news(now=MONDAY + timedelta(days=1)) == 2


def test_who_follows_an_enterprise_hears_of_its_postings_once(student, now):
    enterprise = EnterpriseFactory(name_en="Huirun")
    editor(BEFORE - timedelta(hours=1), enterprise=enterprise)
    follow_enterprise(enterprise, by=student, at=BEFORE)
    search(student)
    editor(now, enterprise=enterprise)
    editor(now, title="调色师", enterprise=enterprise)

    tell_of_news(now=now)
    tell_of_news(now=now + timedelta(minutes=2))

    assert mails(student) == ["Huirun has 2 new postings"]


def test_who_waits_for_a_posting_hears_when_it_opens_and_not_by_a_search_again(student, now):
    posting = editor(now, opens_on=date(2026, 11, 22))
    follow_posting(posting, by=student, at=now)
    search(student, at=now)
    assert tell_of_news(now=now) == 0

    tell_of_news(now=now + timedelta(days=1))
    tell_of_news(now=now + timedelta(days=1, minutes=2))

    assert mails(student) == ["Open now: Editor"]


def test_who_followed_the_original_hears_once_when_a_copy_is_published(student, now):
    original = editor(BEFORE - timedelta(days=300))
    follow_posting(original, by=student, at=BEFORE)
    copy = editor(now, copied_from=original, state=PostingState.IN_REVIEW)
    assert tell_of_news(now=now) == 0

    copy.state = PostingState.PUBLISHED
    copy.save()
    tell_of_news(now=now)
    FollowedPosting.objects.filter(posting=copy).delete()
    tell_of_news(now=now + timedelta(minutes=2))

    assert mails(student) == ["Offered again: Editor"]
    assert not FollowedPosting.objects.filter(posting=copy).exists()


def test_the_copy_is_followed_from_then_on(student, now):
    original = editor(BEFORE - timedelta(days=300))
    follow_posting(original, by=student, at=BEFORE)
    copy = editor(now, copied_from=original)

    tell_of_news(now=now)

    assert FollowedPosting.objects.get(posting=copy).user == student


def test_who_has_left_hears_nothing(student, now):
    search(student)
    follow_enterprise(editor(now).enterprise, by=student, at=BEFORE)
    student.is_active = False
    student.save()

    assert tell_of_news(now=now) == 0
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("searches", [1, 3])
def test_where_nothing_has_opened_no_search_is_asked(student, now, searches, django_assert_num_queries):
    for number in range(searches):
        search(student, query=f"find={number}")

    with django_assert_num_queries(7):  # three kinds of follows; due at once and what opened; what is due daily, weekly
        tell_of_news(now=now)

    assert SavedSearch.objects.filter(told_until=BEFORE).count() == searches

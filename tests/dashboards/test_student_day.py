"""A student's first page: what to do now, what is next, and three that fit."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from dashboards.selectors.student_day import student_day
from events.choices import EventState, RegistrationState
from events.models import Registration
from following.models import FollowedPosting
from placements.choices import ApplicationState
from placements.models.interviews import InterviewBooking, InterviewSlot
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.events import EventFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
WISHES = {"profile_cities": ["成都"], "profile_skills": ["剪辑"], "profile_pay_from": 4000}


@pytest.fixture
def ready():
    """A student whose profile is complete."""
    return make_student(**WISHES)


def slot(posting, **fields):
    return InterviewSlot.objects.create(
        posting=posting, starts_at=NOW + timedelta(days=2), ends_at=NOW + timedelta(days=2, hours=1), **fields
    )


def to_do(user):
    return [(each.text, each.label) for each in student_day(user, now=NOW).to_do]


def test_nothing_waits_for_a_student_with_a_complete_profile(ready):
    day = student_day(ready, now=NOW)

    assert (day.to_do, day.ahead, day.next, day.applications, day.fitting, day.event) == ([], [], None, [], [], None)


def test_an_offer_is_answered_first_then_an_interview_booked_then_the_profile_finished(student):
    enterprise = EnterpriseFactory(name_en="Huirun")
    grader = PostingFactory(title_en="Grader", enterprise=enterprise)
    slot(grader)
    ApplicationFactory(student=student, posting=grader, state=ApplicationState.INTERVIEW)
    offered = PostingFactory(title_en="Editor", enterprise=enterprise)
    ApplicationFactory(student=student, posting=offered, state=ApplicationState.OFFERED)

    assert to_do(student) == [
        ("Huirun offers you “Editor”.", "Answer the offer"),
        ("Huirun invites you to an interview for “Grader”.", "Book an hour"),
        ("Your profile does not say yet: where you wish to work; your skills; the pay you wish for.",
         "Finish the profile"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hour", "is_booked", "asked"),
    [({}, False, 1), ({}, True, 0), ({"cancelled_at": NOW}, False, 0), (None, False, 0)],
)
def test_an_hour_is_asked_for_only_where_one_is_offered_and_none_taken(ready, hour, is_booked, asked):
    application = ApplicationFactory(student=ready, state=ApplicationState.INTERVIEW)
    if hour is not None:
        taken = slot(application.posting, **hour)
        if is_booked:
            InterviewBooking.objects.create(slot=taken, application=application, at=NOW)

    assert len(to_do(ready)) == asked


def test_a_student_without_a_profile_is_sent_to_their_college(ready):
    ready.student_profile.delete()

    assert to_do(ready) == [
        ("The portal does not know your major and class yet. Ask your college to enter them.", "Profile")
    ]


def test_the_next_deadline_comes_first_and_a_booked_interview_is_among_them(ready):
    later = PostingFactory(title_en="Editor", closes_on=date(2026, 12, 1))
    FollowedPosting.objects.create(user=ready, posting=later, at=NOW)
    application = ApplicationFactory(
        student=ready, state=ApplicationState.INTERVIEW, posting=PostingFactory(title_en="Grader")
    )
    InterviewBooking.objects.create(slot=slot(application.posting, place="Room 4"), application=application, at=NOW)

    day = student_day(ready, now=NOW)

    assert day.next == day.ahead[0]
    assert [(each.on, each.summary, each.place) for each in day.ahead][:2] == [
        (date(2026, 11, 23), "Interview: Grader", "Room 4"),
        (date(2026, 12, 1), "Closes: Editor", ""),
    ]


def test_three_that_fit_meet_most_wishes_first_and_nothing_stands_in_the_way(ready):
    profile = ready.student_profile
    PostingFactory(title_en="Plain", closes_on=date(2026, 12, 1))
    paid = PostingFactory(title_en="Paid", pay_min=3000, pay_max=5000, closes_on=date(2026, 12, 30))
    both = PostingFactory(title_en="Both", pay_max=5000, city="成都市", closes_on=date(2027, 1, 30))
    newer = PostingFactory(title_en="Newer", closes_on=date(2026, 12, 2))
    PostingFactory(title_en="Class", class_of=profile.class_of + 1)
    PostingFactory(title_en="Level", level="master")
    PostingFactory(title_en="Over", closes_on=date(2026, 11, 20))
    PostingFactory(title_en="Major").majors.add(MajorFactory())
    ApplicationFactory(student=ready, posting=PostingFactory(title_en="Applied", pay_max=9000))

    found = student_day(ready, now=NOW).fitting

    assert [fitting.posting for fitting in found] == [both, paid, newer]
    met = [[tick.rule for tick in fitting.reasons if tick.passed and tick.is_wish] for fitting in found]
    assert met == [["city", "pay"], ["pay"], []]


@pytest.mark.parametrize("state", [RegistrationState.REGISTERED, None])
def test_the_next_event_is_one_for_this_student(ready, state):
    EventFactory(state=EventState.PUBLISHED, held_on=date(2026, 11, 20))
    EventFactory(state=EventState.DRAFT, held_on=date(2026, 11, 22))
    EventFactory(state=EventState.PUBLISHED, held_on=date(2026, 11, 22), class_of=2020)
    event = EventFactory(state=EventState.PUBLISHED, held_on=date(2026, 11, 25))
    EventFactory(state=EventState.PUBLISHED, held_on=date(2026, 11, 26))
    if state:
        Registration.objects.create(event=event, student=ready, state=state, at=NOW, ticket="t")

    found = student_day(ready, now=NOW).event

    assert (found, found.signed_up) == (event, state is not None)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number_of_rows(ready, rows, django_assert_num_queries):
    on = timezone.localdate()
    for number in range(rows):
        FollowedPosting.objects.create(user=ready, posting=PostingFactory(), at=timezone.now())
        PostingFactory()
        event = EventFactory(state=EventState.PUBLISHED, held_on=on + timedelta(days=number + 1))
        Registration.objects.create(event=event, student=ready, state="registered", at=NOW, ticket=f"t{number}")
        ApplicationFactory(student=ready, state=ApplicationState.OFFERED)
    client = Client()
    client.force_login(ready)

    # session, person, roles; profile, applications with their interviews, three kinds of deadlines; languages of the
    # profile, fitting with their majors and languages, event; school, unread
    with django_assert_num_queries(15), translation.override("en"):
        page = client.get("/").content.decode()

    assert page.count("Answer the offer") == rows
    assert 'tabindex="-1" data-offline>' in page

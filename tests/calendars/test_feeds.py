"""The private calendar of a person: what stands in it, who reaches it, and that its address can be given up."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from calendars.selectors.feeds import token_of, user_of
from partnerships.choices.agreements import Side
from tests.factories.partnerships import ContactFactory, EnterpriseFactory
from tests.factories.visits import (
    CampaignFactory,
    FollowUpFactory,
    ParticipantFactory,
    TripFactory,
    VisitFactory,
    led_visit,
)
from visits.choices import FollowUpState, VisitState
from visits.models.visits import Participant

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def address(user):
    return reverse("calendars:feed", args=[token_of(user)])


def fetched(user, **headers):
    return Client().get(address(user), headers=headers)


def events(user):
    calendar = Calendar.from_ical(fetched(user).content)
    assert calendar.errors == []
    assert [event.errors for event in calendar.events if event.errors] == []
    return {str(event["UID"]).partition("@")[0]: event for event in calendar.events}


@pytest.fixture
def full(leader, officer):
    """One of each for the leader, and one of each that is not theirs."""
    leader.language = "en"
    leader.save()
    enterprise = EnterpriseFactory(name_en="Huirun Group")
    visit = led_visit(leader, enterprise=enterprise, starts_on=date(2026, 12, 2), starts_at_time=time(9, 30))
    contact = ContactFactory(enterprise=enterprise, phone="13900000001", email="he@example.com")
    ParticipantFactory(visit=visit, name="何芳", title="人力总监", contact=contact)
    trip = TripFactory(organiser=leader, name="Jiangsu")
    follow_up = FollowUpFactory(owner=leader, visit__enterprise=enterprise, what="Send the plan")
    campaign = CampaignFactory(name="Spring drive")
    day = campaign.report_days.create(day=date(2026, 12, 31), name="Half-year figures")
    VisitFactory(starts_on=date(2026, 12, 3))
    TripFactory(organiser=officer)
    FollowUpFactory(owner=officer)
    return {"visit": visit, "trip": trip, "follow_up": follow_up, "day": day}


def test_it_holds_ones_visits_trips_follow_ups_and_days_of_reporting(leader, full):
    found = events(leader)

    names = {f"visit-{full['visit'].pk}", f"trip-{full['trip'].pk}", f"follow-up-{full['follow_up'].pk}"}
    assert set(found) == {*names, f"report-day-{full['day'].pk}"}
    visit = found[f"visit-{full['visit'].pk}"]
    assert (str(visit["SUMMARY"]), str(visit["STATUS"])) == ("Visit to Huirun Group", "TENTATIVE")
    assert visit.start == datetime(2026, 12, 2, 9, 30, tzinfo=SHANGHAI)
    trip = found[f"trip-{full['trip'].pk}"]
    assert (str(trip["SUMMARY"]), trip.start, trip.end) == ("Trip: Jiangsu", date(2026, 11, 2), date(2026, 11, 6))
    due = found[f"follow-up-{full['follow_up'].pk}"]
    assert (str(due["SUMMARY"]), due.start, str(due["TRANSP"])) == (
        "Due: Send the plan", date(2026, 12, 1), "TRANSPARENT",
    )  # fmt: skip
    report = found[f"report-day-{full['day'].pk}"]
    assert (str(report["SUMMARY"]), report.start) == ("Report due: Half-year figures", date(2026, 12, 31))


def test_of_others_it_says_no_more_than_names(leader, full):
    text = fetched(leader).content.decode().replace("\r\n ", "")

    assert "何芳" in text
    for private in ("人力总监", "13900000001", "he@example.com", "ATTENDEE", "ORGANIZER", leader.email):
        assert private not in text


def test_organised_and_travelled_count_called_off_done_and_long_past_not(leader):
    organised = VisitFactory(organiser=leader, starts_on=date(2026, 11, 1), state=VisitState.HELD)
    led_visit(leader, starts_on=date(2026, 12, 2), state=VisitState.CANCELLED)
    led_visit(leader, starts_on=date(2025, 11, 23), state=VisitState.REPORTED)
    led_visit(leader, starts_on=date(2027, 11, 25))
    FollowUpFactory(owner=leader, state=FollowUpState.DONE)
    travelled = TripFactory()
    travelled.party.create(user=leader, name=leader.name)
    called_off = TripFactory(called_off_at=timezone.now(), called_off_why="暴雨")
    called_off.party.create(user=leader, name=leader.name)

    assert set(events(leader)) == {f"visit-{organised.pk}", f"trip-{travelled.pk}"}


def test_nobody_signs_in_and_nobody_else_may_keep_or_find_it(leader, full):
    response = fetched(leader)

    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert response["Cache-Control"] == "private, max-age=300"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in response


def test_what_has_not_changed_is_not_sent_again(leader, full):
    first = fetched(leader)
    assert "Last-Modified" in first

    again = fetched(leader, **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Participant.objects.filter(user=leader).delete()
    assert fetched(leader, **{"if-none-match": first["ETag"]}).status_code == 200


def test_a_new_address_ends_the_old_one_at_once(client_of, leader):
    old, client = address(leader), client_of(leader)
    assert f'value="http://testserver{old}"' in client.get(reverse("calendars:calendar")).content.decode()

    assert client.post(reverse("calendars:calendar")).status_code == 302

    assert Client().get(old).status_code == 404
    assert address(leader) != old
    assert fetched(leader).status_code == 200
    client.post(reverse("calendars:calendar"))
    assert Client().get(old).status_code == 404
    assert leader.calendar_feed.generation == 2


def test_a_calendar_goes_with_its_person_or_their_role(leader, student):
    for person in (leader, student):
        path = address(person)
        assert Client().get(path).status_code == 200
        person.role_grants.all().delete()
        assert Client().get(path).status_code == 404


def test_a_person_who_left_has_no_calendar(leader):
    path = address(leader)
    leader.is_active = False
    leader.save()

    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "zzzzzzzzzzz-" + t, lambda t: "1", lambda t: "-" + t])
def test_a_spoilt_address_leads_nowhere(leader, spoil):
    token = token_of(leader)

    assert user_of(token) == leader
    assert user_of(spoil(token)) is None


def test_the_secret_of_one_opens_no_calendar_of_another(leader, officer):
    mine, other = token_of(leader), token_of(officer)
    swapped = f"{other.partition('-')[0]}-{mine.partition('-')[2]}"

    assert Client().get(reverse("calendars:feed", args=[swapped])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_number_of_queries_however_full_it_is(leader, django_assert_num_queries, count):
    for _number in range(count):
        visit = led_visit(leader, starts_on=date(2026, 12, 2))
        visit.participants.create(side=Side.SCHOOL, name="某人")
        TripFactory(organiser=leader)
        FollowUpFactory(owner=leader)
        CampaignFactory().report_days.create(day=date(2026, 12, 31))
    path = address(leader)

    # person, grants, visits, people, topics, trips, follow-ups, days of reporting, school
    with django_assert_num_queries(9):
        text = Client().get(path).content.decode()
    assert text.count("BEGIN:VEVENT") == 4 * count

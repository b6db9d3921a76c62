"""Once a year every enterprise is asked, and reminded once; however often and by how many the task runs."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from config import environment
from notifications.models.messages import OutgoingMessage
from notifications.services import letters as notification_letters
from partnerships.models.links import SignedLink
from partnerships.reminders.files import season
from partnerships.services import links
from partnerships.services.yearly import ask_to_confirm, remind
from tests.factories.links import answered, asked_contact, asked_link
from tests.factories.partnerships import ContactFactory, EnterpriseFactory
from tests.reminding import due, queue, set_terms

pytestmark = pytest.mark.django_db
SEPTEMBER = datetime(2026, 9, 1, 0, 30, tzinfo=UTC)
FORTNIGHT = timedelta(days=14)


@pytest.fixture(autouse=True)
def a_school(settings):
    settings.FILE_CONFIRMATION_MONTH = 9
    settings.FILE_CONFIRMATION_PER_RUN = 500


def reminded(now: datetime) -> int:
    return queue(now, "partnerships.file")


@pytest.mark.parametrize(
    ("month", "day", "year"),
    [
        (9, date(2026, 8, 31), None),
        (9, date(2026, 9, 1), 2026),
        (9, date(2026, 10, 31), 2026),
        (9, date(2026, 11, 1), None),
        (12, date(2027, 1, 15), 2026),
        (0, date(2026, 9, 1), None),
    ],
)
def test_the_season_begins_with_its_month_and_lasts_two(settings, month, day, year):
    settings.FILE_CONFIRMATION_MONTH = month

    assert season(day) == year


@pytest.mark.parametrize(("value", "month"), [("9", 9), ("", 0), ("0", 0)])
def test_an_empty_month_asks_nobody(monkeypatch, value, month):
    monkeypatch.setenv("SOME_MONTH", value)

    assert environment.month("SOME_MONTH", 9) == month


@pytest.mark.parametrize("value", ["13", "May", "-1"])
def test_a_month_that_is_none_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("SOME_MONTH", value)

    with pytest.raises(ImproperlyConfigured):
        environment.month("SOME_MONTH", 9)


def test_everybody_who_can_be_written_to_is_asked_once():
    first = asked_contact()
    second = ContactFactory(email="b@x.example")
    ContactFactory(email="")
    ContactFactory(email="gone@x.example", to_on=date(2026, 8, 31))
    ContactFactory(email="closed@x.example", enterprise=EnterpriseFactory(archived_at=SEPTEMBER))

    assert ask_to_confirm(now=SEPTEMBER) == 2
    assert ask_to_confirm(now=SEPTEMBER + timedelta(days=1)) == 0

    assert sorted(SignedLink.objects.values_list("email", "year")) == [("b@x.example", 2026), (first.email, 2026)]
    assert OutgoingMessage.objects.count() == 2
    assert second.enterprise.timeline.get().kind == "file_asked"


def test_the_next_year_asks_again_whoever_answered():
    answered(asked_link())

    assert ask_to_confirm(now=SEPTEMBER) == 0
    assert ask_to_confirm(now=SEPTEMBER.replace(year=2027)) == 1


def test_a_run_asks_no_more_than_it_may_and_the_next_goes_on(settings):
    settings.FILE_CONFIRMATION_PER_RUN = 2
    ContactFactory.create_batch(3)

    assert ask_to_confirm(now=SEPTEMBER) == 2
    assert ask_to_confirm(now=SEPTEMBER) == 1


def test_out_of_season_nobody_is_asked(settings):
    asked_contact()
    assert ask_to_confirm(now=SEPTEMBER - timedelta(days=2)) == 0
    settings.FILE_CONFIRMATION_MONTH = 0
    assert ask_to_confirm(now=SEPTEMBER) == 0
    assert not SignedLink.objects.exists()


def test_who_does_not_answer_is_reminded_once_with_a_new_link():
    asked_contact()
    ask_to_confirm(now=SEPTEMBER)

    assert reminded(SEPTEMBER + FORTNIGHT - timedelta(days=1)) == 0
    assert reminded(SEPTEMBER + FORTNIGHT) == 1
    assert reminded(SEPTEMBER + FORTNIGHT * 2) == 0

    new, old = SignedLink.objects.all()
    assert (new.replaces, old.revoked_at) == (old, SEPTEMBER + FORTNIGHT)
    assert OutgoingMessage.objects.get(key=f"file:{new.pk}").subject.startswith("Reminder")


def test_a_colleague_to_whom_it_was_passed_on_is_reminded_not_the_contact():
    link = asked_link(at=SEPTEMBER)
    links.forward_link(link, name="王强", email="wang@enterprise.example", language="en", at=SEPTEMBER)

    assert reminded(SEPTEMBER + FORTNIGHT) == 1
    assert SignedLink.objects.first().email == "wang@enterprise.example"


def test_who_answered_left_or_had_the_link_withdrawn_is_not_reminded(officer, settings):
    answered(asked_link())
    gone = asked_link(asked_contact(email="gone@x.example"))
    links.revoke_link(asked_link(asked_contact(email="no@x.example")), by=officer, at=SEPTEMBER)
    type(gone.contact).objects.filter(pk=gone.contact_id).update(to_on=date(2026, 9, 5))

    assert reminded(SEPTEMBER + FORTNIGHT + timedelta(days=1)) == 0


def test_reminders_can_be_switched_off_and_rest_with_the_season(settings):
    asked_link()
    settings.FILE_CONFIRMATION_MONTH = 0
    assert reminded(SEPTEMBER + FORTNIGHT * 2) == 0
    settings.FILE_CONFIRMATION_MONTH = 9
    set_terms("partnerships.file", is_on=False)

    assert reminded(SEPTEMBER + FORTNIGHT * 2) == 0


def test_who_answered_a_moment_before_is_not_written_to():
    link = asked_link()
    [found] = due("partnerships.file", SEPTEMBER + FORTNIGHT)
    answered(link)

    assert (found.subject_id, remind(link.pk, SEPTEMBER + FORTNIGHT)) == (link.pk, 0)
    assert SignedLink.objects.count() == 1


@pytest.mark.parametrize("files", [1, 3])
def test_silent_enterprises_are_found_in_the_same_number_of_queries(files, django_assert_num_queries):
    for number in range(files):
        asked_link(asked_contact(email=f"{number}@enterprise.example"))

    with django_assert_num_queries(3):  # terms, days off, links
        assert len(due("partnerships.file", SEPTEMBER + FORTNIGHT)) == files


@pytest.mark.django_db(transaction=True)
def test_four_runs_at_once_ask_everybody_once(monkeypatch):
    monkeypatch.setattr(notification_letters, "ring", lambda task, row_id: True)
    ContactFactory.create_batch(12)
    start = threading.Barrier(4)
    counts = []

    def run():
        start.wait()
        try:
            counts.append(ask_to_confirm(now=SEPTEMBER))
        finally:
            connections.close_all()

    runs = [threading.Thread(target=run) for _ in range(4)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()

    assert (sum(counts), SignedLink.objects.count(), OutgoingMessage.objects.count()) == (12, 12, 12)

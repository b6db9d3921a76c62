"""One reminder to whoever has not answered, and never a letter that does not hold any more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from accounts.choices import Role
from agreements.services.agreements import move_agreement
from notifications.choices import Channel, Matter
from notifications.models.messages import OutgoingMessage
from notifications.models.preferences import Preference
from notifications.occasions import rules
from notifications.selectors.reminding import preview
from partnerships.choices.agreements import AgreementState
from partnerships.models.links import SignedLink
from partnerships.models.timeline import TimelineEntry
from signing.reminders import link_still_to_sign, request_still_to_sign
from signing.services.reminders import remind
from signing.services.requests import send_request, withdraw_request
from signing.services.signing import decline_by_link, sign_by_link
from tests import reminding
from tests.factories.accounts import person
from tests.factories.signing import SENT, SIGNED, asked_by_link, asked_in_portal, awaiting

pytestmark = pytest.mark.django_db
LATER = SENT + timedelta(days=7)


def queue(now: datetime) -> int:
    return reminding.queue(now, "signing.request")


def test_a_silent_signer_is_reminded_once_with_a_new_link_that_holds_as_long(officer):
    request = asked_by_link(awaiting(title="Base"), by=officer)

    assert queue(LATER - timedelta(days=1)) == 0
    assert queue(LATER) == 1
    assert queue(LATER) == 0
    assert queue(LATER + timedelta(days=10)) == 0

    old, new = SignedLink.objects.order_by("pk")
    request.refresh_from_db()
    assert (request.link, new.replaces, new.expires_at, old.revoked_at) == (new, old, old.expires_at, LATER)
    letter = OutgoingMessage.objects.get(key=f"signing:{new.pk}")
    assert letter.subject == "Reminder: please sign “Base”"
    assert TimelineEntry.objects.filter(detail="reminder").count() == 1


def test_a_colleague_is_reminded_once(officer, leader):
    asked_in_portal(awaiting(), leader, by=officer)

    assert [queue(LATER), queue(LATER + timedelta(days=1))] == [1, 0]
    assert OutgoingMessage.objects.filter(recipient=leader, channel=Channel.INBOX).count() == 2
    assert TimelineEntry.objects.filter(detail="reminder").count() == 1


def test_a_colleague_who_wants_no_messages_leaves_no_trace_of_one(officer, leader):
    asked_in_portal(awaiting(), leader, by=officer)
    for channel in Channel:
        Preference.objects.create(user=leader, matter=Matter.AGREEMENT, channel=channel)

    assert [queue(LATER), queue(LATER)] == [0, 0]
    assert not TimelineEntry.objects.filter(detail="reminder").exists()


@pytest.mark.parametrize("spoil", ["signed", "declined", "withdrawn", "expired", "ended", "draft", "again"])
def test_nobody_is_reminded_of_what_does_not_hold_and_the_letter_does_not_leave(officer, spoil):
    agreement = awaiting()
    request = asked_by_link(agreement, by=officer)
    link, now = request.link, LATER
    assert link_still_to_sign(link.pk, now=SIGNED)
    {
        "signed": lambda: sign_by_link(link, typed_name="李娜", at=SIGNED),
        "declined": lambda: decline_by_link(link, reason="否", at=SIGNED),
        "withdrawn": lambda: withdraw_request(request, by=officer, at=SIGNED),
        "expired": lambda: None,
        "ended": lambda: move_agreement(agreement, AgreementState.ENDED, by=officer, at=SIGNED, note="停"),
        "draft": lambda: move_agreement(agreement, AgreementState.DRAFT, by=officer, at=SIGNED),
        "again": lambda: send_request(request, by=officer, at=SIGNED),
    }[spoil]()
    if spoil == "expired":
        now = SENT + timedelta(days=30)

    assert queue(now) == 0
    assert not link_still_to_sign(link.pk, now=now)


def test_a_colleague_is_not_written_to_about_what_is_signed(officer, leader):
    request = asked_in_portal(awaiting(), leader, by=officer)
    assert request_still_to_sign(request.pk, now=SIGNED)

    withdraw_request(request, by=officer, at=SIGNED)

    assert not request_still_to_sign(request.pk, now=SIGNED)


def test_switched_off_it_reminds_nobody(officer):
    reminding.set_terms("signing.request", is_on=False)
    asked_by_link(awaiting(), by=officer)

    assert queue(LATER) == 0


def test_the_days_are_those_that_an_administrator_set(officer):
    reminding.set_terms("signing.request", marks=[3])
    asked_by_link(awaiting(), by=officer)

    assert queue(SENT + timedelta(days=2)) == 0
    assert queue(SENT + timedelta(days=3)) == 1


def test_who_was_asked_again_since_is_not_reminded_of_the_older_letter(officer):
    request = asked_by_link(awaiting(), by=officer)
    send_request(request, by=officer, at=LATER - timedelta(hours=1))

    assert remind(request.pk, LATER) == 0
    assert OutgoingMessage.objects.filter(subject__startswith="Reminder").count() == 0


def test_what_will_be_written_is_known_before(officer, leader):
    agreement = awaiting()
    asked_by_link(agreement, by=officer)
    asked_in_portal(agreement, leader, by=officer)
    rule = rules()["signing.request"]

    rows = preview(rule, rule.terms, now=SENT).rows

    assert [(row.day, str(row.to)) for row in rows] == [(date(2026, 11, 9), "李娜"), (date(2026, 11, 9), str(leader))]


@pytest.mark.parametrize("requests", [1, 3])
def test_silent_signers_are_found_in_the_same_number_of_queries(officer, requests, django_assert_num_queries):
    for _request in range(requests):
        asked_by_link(awaiting(), by=officer)

    with django_assert_num_queries(3):  # terms, days off, requests
        assert len(reminding.due("signing.request", LATER)) == requests


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_remind_once():
    asked_by_link(awaiting(), by=person(Role.OFFICER))

    def run(_number: int) -> int:
        try:
            return queue(LATER)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(run, range(3))) == [0, 0, 1]
    assert SignedLink.objects.count() == 2

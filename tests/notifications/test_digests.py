"""What a person wants once a day or a week comes in one letter, of what still holds when it leaves."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models.people import User
from notifications.choices import Channel, Matter, MessageState, Pace
from notifications.delivery import deliver_due, sweep
from notifications.gathering import gather
from notifications.models.messages import OutgoingMessage
from notifications.services.notifying import notify
from notifications.services.outbox import send_again
from notifications.services.preferences import change_paces
from notifications.services.reminding import queue_reminders
from tests.factories.accounts import UserFactory
from tests.mails import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_rule")]
NOW = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)  # a Wednesday, noon in Shanghai
MORNING = datetime(2026, 3, 12, 0, 0, tzinfo=UTC)  # eight on Thursday


@pytest.fixture
def reader():
    user = UserFactory(language="en", name_en="Ann Smith", joined_at=NOW - timedelta(days=400))
    change_paces(user, {(Matter.VISIT, Channel.EMAIL): Pace.DAILY, (Matter.REPORT, Channel.EMAIL): Pace.DAILY})
    return user


def tell(user, where, *, matter=Matter.VISIT, **more):
    context = {"where": where}
    notify(user, key=where, matter=matter, template="notifications_test/visit.txt", context=context, at=NOW, **more)


def mails():
    return OutgoingMessage.objects.filter(channel=Channel.EMAIL).order_by("pk")


def send(at):
    sweep(now=at)
    return deliver_due(Channel.EMAIL, clock=lambda: at)


def test_nothing_leaves_before_the_readers_hour_and_then_one_letter(postbox, reader):
    tell(reader, "A")
    tell(reader, "B", matter=Matter.REPORT)
    assert OutgoingMessage.objects.filter(channel=Channel.INBOX).count() == 2

    assert send(MORNING - timedelta(minutes=1)) == 0
    assert send(MORNING) == 1

    (mail,) = postbox.mails
    assert mail["Subject"] == "2 messages: en B and more"
    assert text_of(mail).partition("\n\nOpen in the portal")[0] == (
        "Dear Ann Smith,\n\nthis is what the portal has to tell you on 12 Mar 2026: 2 matters.\n\n"
        "Reports\n\n· en B\nCome to B.\n\nVisits\n\n· en A\nCome to A."
    )
    assert list(mails().values_list("state", "sent_at")) == [("sent", MORNING)] * 3


def test_the_letter_of_one_matter_says_it_in_its_subject(postbox, reader):
    tell(reader, "A")

    send(MORNING)

    assert postbox.mails[0]["Subject"] == "en A"


def test_a_day_after_another_is_another_letter(postbox, reader):
    tell(reader, "A")
    send(MORNING)
    notify(
        reader, key="B", matter=Matter.VISIT, template="notifications_test/visit.txt", context={"where": "B"},
        at=MORNING + timedelta(hours=1),
    )  # fmt: skip

    assert (send(MORNING + timedelta(hours=2)), send(MORNING + timedelta(days=1))) == (0, 1)
    assert [mail["Subject"] for mail in postbox.mails] == ["en A", "en B"]


def test_the_hour_is_the_readers_own(postbox, reader):
    User.objects.update(time_zone="Europe/Berlin")
    reader.refresh_from_db()
    tell(reader, "A")

    assert (send(NOW + timedelta(hours=2, minutes=59)), send(NOW + timedelta(hours=3))) == (0, 1)  # eight in Berlin


def test_what_was_done_before_the_letter_leaves_is_not_in_it(postbox, reader):
    change_paces(UserFactory(), {})
    User.objects.filter(pk=reader.pk).update(joined_at=NOW)
    queue_reminders(now=NOW)
    tell(reader, "A")
    User.objects.filter(pk=reader.pk).update(joined_at=NOW - timedelta(days=400))

    send(MORNING)

    (mail,) = [mail for mail in postbox.mails if mail["To"] == reader.email]
    assert mail["Subject"] == "en A"
    assert list(mails().filter(recipient=reader, rule="tests.joined").values_list("state", flat=True)) == ["dropped"]


def test_a_letter_with_nothing_left_to_say_is_not_sent(postbox, reader):
    User.objects.filter(pk=reader.pk).update(joined_at=NOW)
    queue_reminders(now=NOW)
    User.objects.filter(pk=reader.pk).update(joined_at=NOW - timedelta(days=400))

    assert send(MORNING) == 0

    assert postbox.mails == []
    assert list(mails().values_list("state", flat=True)) == ["dropped", "dropped"]


def test_who_left_gets_no_letter(postbox, reader):
    tell(reader, "A")
    User.objects.update(is_active=False)

    assert send(MORNING) == 0
    assert list(mails().values_list("state", flat=True)) == ["dropped", "dropped"]


def test_the_parts_share_the_fate_of_their_letter(postbox, reader, officer):
    tell(reader, "A")
    postbox.answer = "550 No such user"
    send(MORNING)
    assert list(mails().values_list("state", flat=True)) == ["failed", "failed"]

    postbox.answer = "250 OK"
    send_again(mails().get(digest=None), by=officer, at=MORNING)
    deliver_due(Channel.EMAIL, clock=lambda: MORNING)

    assert list(mails().values_list("state", flat=True)) == ["sent", "sent"]
    assert len(postbox.mails) == 1


def test_a_letter_that_must_wait_gathers_nothing_twice(postbox, reader):
    tell(reader, "A")
    postbox.answer = "451 Try later"
    send(MORNING)

    assert list(mails().values_list("state", flat=True)) == ["held", "queued"]
    assert gather(now=MORNING + timedelta(minutes=1)) == 0
    postbox.answer = "250 OK"
    assert send(MORNING + timedelta(minutes=2)) == 1


def test_an_invitation_does_not_wait(postbox, reader):
    tell(reader, "A", calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", calendar_method="REQUEST")

    assert mails().get().state == MessageState.QUEUED


def test_in_the_language_of_the_reader(postbox, reader):
    User.objects.update(language="zh-hans")
    reader.refresh_from_db()
    tell(reader, "A")
    tell(reader, "B")

    send(MORNING)

    assert postbox.mails[0]["Content-Language"] == "zh-hans"
    assert "2026年3月12日" in text_of(postbox.mails[0])

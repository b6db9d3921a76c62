"""In a copy of the database that is not production nothing leaves, but to addresses on a list."""

import pytest
from django.core.mail import EmailMessage

from core.mail_guard import may_leave
from notifications.choices import Channel, Matter, MessageState
from notifications.delivery import deliver_due
from notifications.models.messages import OutgoingMessage
from notifications.models.preferences import ChatRobot
from tests.factories.accounts import UserFactory
from tests.factories.notifications import NOON, EmailFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_copy(settings):
    settings.PRODUCTION = settings.MAIL_IS_CAUGHT = False
    settings.MAIL_ALLOWED = ["tester@school.example", "@test.example"]


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("tester@school.example", True), ("Tester@School.Example", True), ("anna@test.example", True),
        ("leader@school.example", False), ("anna@test.example.org", False), ("anna@nottest.example", False),
        ("", False),
    ],
)  # fmt: skip
def test_only_listed_addresses_and_domains_may_be_written_to(settings, address, may):
    assert may_leave(address) is may
    settings.PRODUCTION = True
    assert may_leave(address) is True


def test_what_may_not_leave_is_dropped_and_says_why(postbox):
    EmailFactory(recipient__email="leader@school.example")
    EmailFactory(recipient__email="tester@school.example")

    assert deliver_due(Channel.EMAIL, clock=lambda: NOON) == 1

    kept, sent = OutgoingMessage.objects.order_by("pk")
    assert (kept.state, sent.state) == (MessageState.DROPPED, MessageState.SENT)
    assert kept.error
    assert postbox.recipients == ["tester@school.example"]


def test_mails_that_other_apps_send_are_held_back_too(postbox):
    mail = EmailMessage("s", "b", to=["leader@school.example", "tester@school.example"], bcc=["x@school.example"])

    assert mail.send() == 1
    assert EmailMessage("s", "b", to=["leader@school.example"]).send() == 0

    assert postbox.recipients == ["tester@school.example"]


def test_no_robot_is_called():
    user = UserFactory()
    ChatRobot.objects.create(user=user, address="json://127.0.0.1:1/")
    EmailFactory(recipient=user, channel=Channel.CHAT, matter=Matter.VISIT)

    assert deliver_due(Channel.CHAT, clock=lambda: NOON) == 0

    assert OutgoingMessage.objects.get().state == MessageState.DROPPED

"""What people enter wrongly, or machines do, hurts one message at most."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from accounts.models.people import User
from core.errors import RuleBroken
from notifications import chat
from notifications.choices import Channel, Matter, MessageState, Pace
from notifications.delivery import deliver_due, sweep
from notifications.models.messages import OutgoingMessage
from notifications.models.preferences import ChatRobot
from notifications.services.notifying import notify
from notifications.services.preferences import change_paces, name_robot
from tests.factories.accounts import UserFactory
from tests.factories.notifications import NOON, EmailFactory

pytestmark = pytest.mark.django_db
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa"


def states(channel=Channel.EMAIL):
    return list(OutgoingMessage.objects.filter(channel=channel).order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize(
    "address",
    [
        "a@school.example\nBcc: b@elsewhere.example",
        "a@school.example\r\nSubject: x",
        "a b@school.example",
        "nobody",
        "",
    ],
)
def test_an_address_that_is_none_fails_alone_and_lets_nothing_through(postbox, address):
    bad = EmailFactory()
    EmailFactory(recipient__email="good@school.example")
    User.objects.filter(pk=bad.recipient_id).update(email=address)

    assert deliver_due(Channel.EMAIL, clock=lambda: NOON) == 1

    assert states() == [MessageState.FAILED, MessageState.SENT]
    assert postbox.recipients == ["good@school.example"]
    bad.refresh_from_db()
    assert bad.error


def test_a_subject_with_a_line_break_stays_one_line(postbox):
    user = UserFactory()
    words = {"where": "A\r\nBcc: b@elsewhere.example"}
    notify(user, key="k", matter=Matter.VISIT, template="notifications_test/visit.txt", context=words, at=NOON)

    deliver_due(Channel.EMAIL, clock=lambda: NOON)

    (mail,) = postbox.mails
    assert (mail["Subject"], mail["Bcc"]) == ("en A", None)
    assert postbox.recipients == [user.email]


def breaks(subject_id, *, now):
    raise RuntimeError("王敏")


def test_whatever_goes_wrong_with_one_mail_the_next_one_leaves(postbox, settings, caplog):
    settings.STILL_DUE = {"tests.breaks": f"{__name__}.breaks"}
    broken = EmailFactory(still_due="tests.breaks", subject_id=1)
    EmailFactory(send_after=NOON + timedelta(seconds=1))

    assert deliver_due(Channel.EMAIL, clock=lambda: NOON + timedelta(seconds=1)) == 1

    assert states() == [MessageState.QUEUED, MessageState.SENT]
    broken.refresh_from_db()
    assert (broken.error, broken.attempts) == ("RuntimeError", 1)
    assert "王敏" not in caplog.text


class Robot(BaseHTTPRequestHandler):
    """Takes what it is sent after a while."""

    rests = 0.0
    taken: list[bytes] = []

    def do_POST(self) -> None:
        time.sleep(self.rests)
        type(self).taken.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """It says nothing."""


@pytest.fixture
def robot(settings) -> Iterator[ThreadingHTTPServer]:
    """A robot on loopback that the portal is allowed to know."""
    settings.CHAT_SERVICES = [*settings.CHAT_SERVICES, "json"]
    Robot.rests, Robot.taken = 0.0, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Robot)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def heard_by_chat(server, **fields):
    user = UserFactory(**fields)
    name_robot(user, f"json://127.0.0.1:{server.server_address[1]}/")
    change_paces(user, {(Matter.VISIT, Channel.CHAT): Pace.AT_ONCE})
    return user


def tell(user, at=NOON):
    words = {"where": "成都"}
    notify(
        user, key="k", matter=Matter.VISIT, template="notifications_test/visit.txt", context=words, at=at, link="/x/"
    )


def test_a_robot_says_it_with_the_link(robot):
    user = heard_by_chat(robot)
    tell(user)

    assert deliver_due(Channel.CHAT, clock=lambda: NOON) == 1

    assert states(Channel.CHAT) == [MessageState.SENT]
    (said,) = Robot.taken
    text = said.decode("unicode_escape").encode("latin1", "ignore").decode("utf-8", "ignore") + said.decode()
    assert "http://testserver/x/" in text.replace("\\/", "/")


def test_a_robot_that_hangs_is_left_after_its_time_and_the_mails_do_not_wait(robot, postbox, monkeypatch):
    monkeypatch.setattr(chat, "ANSWERED_WITHIN", 0.3)
    Robot.rests = 1.5
    user = heard_by_chat(robot)
    tell(user)
    begun = time.monotonic()

    assert deliver_due(Channel.CHAT, clock=lambda: NOON) == 0

    assert time.monotonic() - begun < 1.4
    message = OutgoingMessage.objects.get(channel=Channel.CHAT)
    assert (message.state, message.attempts, message.send_after) == ("queued", 1, NOON + timedelta(seconds=30))
    assert ChatRobot.objects.get().error == message.error != ""
    assert deliver_due(Channel.EMAIL, clock=lambda: NOON) == 1

    Robot.rests = 0.0
    deliver_due(Channel.CHAT, clock=lambda: NOON + timedelta(seconds=30))
    assert (states(Channel.CHAT), ChatRobot.objects.get().error) == ([MessageState.SENT], "")


def test_a_robot_that_was_taken_away_drops_what_was_for_it(robot):
    user = heard_by_chat(robot)
    tell(user)
    name_robot(user, "")

    deliver_due(Channel.CHAT, clock=lambda: NOON)

    assert states(Channel.CHAT) == [MessageState.FAILED]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000/", "json://10.0.0.1/", "mmosts://chat.intranet.example/token", "file:///etc/passwd",
        "https://oapi.dingtalk.com/robot/send", "wecom", "mailto://a:b@school.example",
    ],
)  # fmt: skip
def test_what_is_no_robot_of_a_known_chat_is_refused(address):
    user = UserFactory()

    with pytest.raises(RuleBroken):
        name_robot(user, address)

    assert not ChatRobot.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        WECOM, "https://oapi.dingtalk.com/robot/send?access_token=" + "a" * 64, f"dingtalk://{'b' * 20}@{'a' * 64}",
        "https://open.feishu.cn/open-apis/bot/v2/hook/abcdef-1234", "https://open.larksuite.com/open-apis/bot/v2/hook/ab-1",
    ],
)  # fmt: skip
def test_robots_are_known_by_the_addresses_that_their_chats_show(address):
    user = UserFactory()

    name_robot(user, f" {address} ")

    assert ChatRobot.objects.get().address == address


def test_who_has_no_address_hears_in_the_inbox(postbox):
    user = UserFactory()
    User.objects.filter(pk=user.pk).update(email="")
    user.refresh_from_db()
    tell(user)

    deliver_due(Channel.EMAIL, clock=lambda: NOON)

    assert states(Channel.INBOX) == [MessageState.SENT]
    assert states() == [MessageState.FAILED]
    assert postbox.mails == []


@pytest.mark.parametrize("jump", [timedelta(days=-2), timedelta(days=400)])
def test_a_clock_that_jumps_neither_loses_a_mail_nor_sends_it_twice(postbox, jump):
    EmailFactory(send_after=NOON)
    claimed = EmailFactory(state=MessageState.SENDING, claimed_at=NOON)
    then = NOON + jump

    sweep(now=then)
    deliver_due(Channel.EMAIL, clock=lambda: then)
    sweep(now=NOON)
    deliver_due(Channel.EMAIL, clock=lambda: NOON)
    sweep(now=NOON)
    deliver_due(Channel.EMAIL, clock=lambda: NOON)

    claimed.refresh_from_db()
    assert states() == [MessageState.SENT, MessageState.SENT]
    assert len(postbox.mails) == 2

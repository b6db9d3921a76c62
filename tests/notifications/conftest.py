"""A real mail server on loopback that answers what a test tells it to."""

import copy
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from core.embedded import free_port
from notifications import occasions
from notifications.occasions import Rule
from tests.notifications.rules_of_our_own import RULE


class Postbox:
    """Keeps what it is sent; `answer` is what it says to every recipient."""

    def __init__(self) -> None:
        self.answer = "250 OK"
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.when_taken: Callable[[], object] = lambda: None

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
            self.recipients.append(address)
        return self.answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.mails.append(message_from_bytes(envelope.original_content, policy=policy.default))
        self.when_taken()
        return "250 OK"


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "core.mail_guard.GuardedBackend"
    settings.SITE_URL = "http://testserver"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield box
    controller.stop()


@pytest.fixture(autouse=True)
def a_template_of_our_own(settings) -> None:
    """notifications_test/visit.txt: what a message says is not the subject here."""
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")


@pytest.fixture
def own_rule(settings) -> Iterator[Rule]:
    """The engine knows one rule and no other."""
    settings.REMINDER_RULES = ("tests.notifications.rules_of_our_own.RULES",)
    occasions.rules.cache_clear()
    yield RULE
    occasions.rules.cache_clear()

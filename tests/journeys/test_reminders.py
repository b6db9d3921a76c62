"""Beat and a worker, processes of their own, remind people of what is due: by SMTP and in the inbox, once each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from time import sleep

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import User
from core.servers.valkey import Valkey
from notifications.choices import Channel, MessageState
from notifications.models.messages import OutgoingMessage
from notifications.models.reminding import ReminderHours
from notifications.services.terms import set_terms
from notifications.tasks import sweep
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement
from placements.choices import PostingState
from placements.models.postings import Posting
from reports.reminders import RULES as REPORTS
from tests.factories.accounts import person
from tests.factories.partnerships import EnterpriseFactory, signed_agreement
from tests.factories.placements import PostingFactory
from tests.factories.visits import FollowUpFactory, reported_visit
from tests.servers import RealBeat, RealWorker, SmtpServer, wait_until
from visits.choices import FollowUpState
from visits.models.results import FollowUp

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]
LOOK = "notifications.queue_reminders"
HALF_AN_HOUR = timedelta(minutes=31)


@dataclass
class World:
    """A Chinese and an English reader, with a matter each and one that both look after."""

    wang: User
    smith: User
    follow_up: FollowUp
    agreement: Agreement
    posting: Posting


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def readers(transactional_db: None) -> tuple[User, User]:
    """They hear at whatever hour this runs, and on whatever day: no figures of a week or a month come between."""
    ReminderHours.objects.create(pk=1, quiet_from=time(0), quiet_to=time(0, 1))
    for rule in REPORTS:
        set_terms(rule, replace(rule.terms, is_on=False), by=person(Role.ADMIN))
    wang = person(Role.OFFICER, name="王敏", language="zh-hans", email="wang@school.example")
    return wang, person(Role.OFFICER, name_en="Ann Smith", language="en", email="smith@school.example")


@transaction.atomic
def what_is_due(readers: tuple[User, User], today: date) -> World:
    """Everything at once, so that no look of the schedule finds half of it."""
    wang, smith = readers
    enterprise = EnterpriseFactory(legal_name="成都电影集团有限公司", name_en="Chengdu Film Group", owner=wang)
    visit = reported_visit(enterprise=enterprise, starts_on=today - timedelta(days=10))
    return World(
        wang,
        smith,
        FollowUpFactory(visit=visit, owner=wang, what="寄送人才培养方案", due_on=today),
        signed_agreement(enterprise=enterprise, owner=smith, title="Practice base", ends_on=today + timedelta(days=20)),
        PostingFactory(
            enterprise=enterprise,
            created_by=smith,
            title="影视剪辑实习生",
            title_en="Film editing intern",
            closes_on=today + timedelta(days=3),
        ),
    )


@transaction.atomic
def what_is_not_due_any_more(readers: tuple[User, User], today: date) -> None:
    """Each was due, and is settled, past, or nobody's who is still here."""
    wang, smith = readers
    gone = person(Role.OFFICER, is_active=False)
    FollowUpFactory(owner=wang, due_on=today, state=FollowUpState.DONE)
    FollowUpFactory(owner=smith, due_on=today - timedelta(days=31))
    FollowUpFactory(owner=gone, due_on=today)
    signed_agreement(owner=smith, ends_on=today - timedelta(days=1))
    signed_agreement(owner=wang, ends_on=today + timedelta(days=20), renews_itself=True)
    signed_agreement(owner=wang, ends_on=today + timedelta(days=20), state=AgreementState.ENDED)
    PostingFactory(created_by=smith, closes_on=today + timedelta(days=3), state=PostingState.FILLED)
    PostingFactory(created_by=wang, closes_on=today - timedelta(days=8), state=PostingState.CLOSED)


def mails(server: SmtpServer) -> list[tuple[str, str]]:
    """To whom, and about what."""
    pairs = zip(server.recipients, server.messages, strict=True)
    return sorted((address, message["Subject"].strip()) for (address,), message in pairs)


def inbox() -> list[tuple[str, str]]:
    rows = OutgoingMessage.objects.filter(channel=Channel.INBOX).order_by("recipient__email", "subject")
    return sorted(rows.values_list("recipient__email", "subject"))


def mail(server: SmtpServer, beginning: str) -> EmailMessage:
    (found,) = [message for message in server.messages if message["Subject"].strip().startswith(beginning)]
    return found


def words_of(message: EmailMessage) -> list[str]:
    """The lines of a mail that say something."""
    body = message.get_body(("plain",))
    assert body is not None
    return [line for line in body.get_content().splitlines() if line]


def later(state: MessageState) -> None:
    """Half an hour passes, as far as these mails can tell."""
    OutgoingMessage.objects.filter(channel=Channel.EMAIL, state=state).update(
        send_after=F("send_after") - HALF_AN_HOUR, claimed_at=F("claimed_at") - HALF_AN_HOUR
    )


EXPECTED = [
    ("smith@school.example", "A posting closes in 3 days: Film editing intern"),
    ("smith@school.example", "An agreement ends in 20 days: Practice base"),
    ("wang@school.example", "今天到期：寄送人才培养方案"),
    ("wang@school.example", "岗位将在 3 天后截止：影视剪辑实习生"),
]
# What nobody is nagged for any more has climbed to the office.
CLIMBED = [
    ("smith@school.example", "1 follow-up is late and with the office"),
    ("wang@school.example", "1 项跟进事项逾期，已上报就业处"),
]


def test_each_matter_reaches_each_person_once_in_their_language_however_often_beat_looks(
    real_worker: RealWorker, real_beat: RealBeat, smtp_server: SmtpServer, readers: tuple[User, User], today: date
):
    what_is_not_due_any_more(readers, today)
    world, expected = what_is_due(readers, today), sorted([*EXPECTED, *CLIMBED])
    wait_until(lambda: len(smtp_server.messages) >= len(expected))
    looked = real_worker.times(f"Task {LOOK}[")
    wait_until(lambda: real_worker.times(f"Task {LOOK}[") >= looked + 6)

    assert mails(smtp_server) == expected
    assert inbox() == expected
    assert set(OutgoingMessage.objects.values_list("state", flat=True)) == {MessageState.SENT}
    chinese, english = mail(smtp_server, "今天到期"), mail(smtp_server, "An agreement ends")
    assert (chinese["Content-Language"], english["Content-Language"]) == ("zh-hans", "en")
    assert words_of(chinese)[:4] == [
        f"来自与成都电影集团有限公司的走访，期限 {today.year}年{today.month}月{today.day}日：",
        "寄送人才培养方案",
        "完成后请办结并简要说明结果；如不再需要，也请注明。",
        f"在平台中打开： http://testserver/follow-ups/{world.follow_up.pk}/close/",
    ]
    assert words_of(english)[0] == (
        f"“Practice base” with Chengdu Film Group is in force until {world.agreement.ends_on:%-d %b %Y}."
        " Please review whether to renew it."
    )


def test_a_matter_that_is_settled_while_its_mail_waits_is_not_sent(
    real_worker: RealWorker, real_beat: RealBeat, smtp_server: SmtpServer, readers: tuple[User, User], today: date
):
    smtp_server.refuse = "451 Try later"
    world = what_is_due(readers, today)
    wait_until(lambda: OutgoingMessage.objects.filter(attempts__gte=1, state=MessageState.QUEUED).count() == 4)

    FollowUp.objects.update(state=FollowUpState.DONE)
    smtp_server.refuse = ""
    later(MessageState.QUEUED)
    sweep.delay()

    wait_until(lambda: not OutgoingMessage.objects.exclude(state__in=[MessageState.SENT, MessageState.DROPPED]))
    assert mails(smtp_server) == [pair for pair in EXPECTED if "寄送" not in pair[1]]
    dropped = OutgoingMessage.objects.get(state=MessageState.DROPPED)
    assert (dropped.recipient, dropped.subject_id) == (world.wang, world.follow_up.pk)


def test_a_worker_killed_while_it_sends_loses_no_reminder(
    real_worker: RealWorker, real_beat: RealBeat, smtp_server: SmtpServer, readers: tuple[User, User], today: date
):
    smtp_server.holds = True
    what_is_due(readers, today)
    wait_until(lambda: smtp_server.waiting)
    real_worker.kill()
    wait_until(lambda: not smtp_server.waiting)
    smtp_server.holds = False
    assert OutgoingMessage.objects.filter(state=MessageState.SENDING).count() == 1
    assert smtp_server.messages == []

    real_worker.start()
    wait_until(lambda: OutgoingMessage.objects.filter(channel=Channel.EMAIL, state=MessageState.SENT).count() == 3)
    later(MessageState.SENDING)
    sweep.delay()

    wait_until(lambda: len(smtp_server.messages) >= len(EXPECTED))
    assert mails(smtp_server) == EXPECTED
    assert inbox() == EXPECTED


@pytest.fixture
def own_broker(real_environment: dict[str, str], tmp_path: Path) -> Iterator[Valkey]:
    """A broker for this test alone, which it may take away."""
    broker = Valkey(tmp_path / "valkey")
    broker.start()
    real_environment["REDIS_URL"] = broker.url
    yield broker
    broker.stop()


def test_what_becomes_due_while_the_broker_is_away_is_told_when_it_is_back(
    own_broker: Valkey,
    real_worker: RealWorker,
    real_beat: RealBeat,
    smtp_server: SmtpServer,
    readers: tuple[User, User],
    today: date,
):
    wait_until(lambda: "queue_reminders" in real_worker.log.read_text())
    sleep(0.4)  # between two looks: who acknowledges a task to a broker that ends is a matter of its own
    own_broker.stop()
    what_is_due(readers, today)
    wait_until(lambda: "Connection to broker lost" in real_worker.log.read_text())

    own_broker.start()

    wait_until(lambda: len(smtp_server.messages) >= len(EXPECTED))
    assert mails(smtp_server) == EXPECTED
    assert inbox() == EXPECTED

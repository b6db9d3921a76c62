"""Signing as it happens: real SMTP, a real worker, the real broker."""

import re
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models.people import User
from notifications.choices import MessageState
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementState
from tests.factories.signing import awaiting, by_link, enterprise_of, in_portal, school_of
from tests.mails import text_of
from tests.servers import RealWorker, SmtpServer, wait_until

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _nobody_opened_it_before(transactional_db: None) -> None:
    cache.clear()


def letter_to(server: SmtpServer, address: str) -> EmailMessage:
    found = [mail for to, mail in zip(server.recipients, server.messages, strict=True) if to == [address]]
    return found[-1]


def link_in(mail: EmailMessage) -> str:
    (address,) = re.findall(r"https?://\S+/sign/\S+", text_of(mail))
    return urlsplit(address).path


def test_a_letter_is_passed_on_and_signed_and_the_last_signature_reaches_the_owner(
    real_worker: RealWorker, smtp_server: SmtpServer, officer: User, leader: User, client: Client
):
    agreement = awaiting(title="影视基地协议", owner=officer)
    contact = by_link(enterprise_of(agreement), by=officer, language="zh-hans")
    ours = in_portal(school_of(agreement), leader, by=officer)
    client.force_login(officer)
    client.post(reverse("signing:send_all", args=[agreement.pk]))
    wait_until(lambda: {"li@film.example", leader.email} <= {to for (to,) in smtp_server.recipients})
    letter = letter_to(smtp_server, "li@film.example")
    assert (letter["Content-Language"], letter["Subject"]) == ("zh-hans", "请签署《影视基地协议》")
    assert agreement.verification.code in text_of(letter)
    wait_until(lambda: not OutgoingMessage.objects.filter(recipient=None).exclude(state=MessageState.SENT).exists())
    assert OutgoingMessage.objects.get(recipient=None).link == ""

    visitor, link = Client(enforce_csrf_checks=True), link_in(letter)
    for _number in range(3):
        visitor.get(link)
        visitor.head(link)
    visitor.post(f"{link}forward/", {"name": "Zeng Jian", "email": "zeng@group.example"})
    wait_until(lambda: ["zeng@group.example"] in smtp_server.recipients)
    assert visitor.post(link, {"typed_name": "李娜", "agrees": "on"}).status_code == 410
    new = link_in(letter_to(smtp_server, "zeng@group.example"))
    assert visitor.post(new, {"typed_name": "zeng jian", "agrees": "on"}).status_code == 302
    client.force_login(leader)
    client.post(reverse("signing:sign", args=[ours.pk]), {"typed_name": "陈立", "agrees": "on"})

    wait_until(lambda: any("is signed by all" in mail["Subject"] for mail in smtp_server.messages))
    agreement.refresh_from_db()
    contact.refresh_from_db()
    assert (agreement.state, contact.name) == (AgreementState.SIGNED, "Zeng Jian")
    shown = Client().get(reverse("signing:verify_code", args=[agreement.verification.code]))
    assert shown.context["found"].is_signed

"""A worker asks, an SMTP server takes the letters, contacts answer by the link in theirs, staff decide."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models.people import User
from notifications.choices import MessageState
from notifications.models.messages import OutgoingMessage
from notifications.tasks import queue_reminders
from partnerships.choices.links import LinkEventKind, ProposalState
from partnerships.models.contacts import Contact
from partnerships.models.links import FileAnswer, LinkEvent, ProposedChange, SignedLink
from partnerships.tasks import ask_to_confirm
from tests.factories.links import asked_contact
from tests.mails import text_of
from tests.servers import RealWorker, SmtpServer, wait_until

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def real_environment(real_environment: dict[str, str]) -> dict[str, str]:
    """It is the season, whatever the day of this test."""
    cache.clear()
    return {**real_environment, "FILE_CONFIRMATION_MONTH": str(timezone.localdate().month)}


@pytest.fixture
def contacts(transactional_db: None, officer: User) -> list[Contact]:
    return [
        asked_contact(
            email="li@film.example", language="zh-hans", enterprise__owner=officer,
            enterprise__legal_name="成都电影集团有限公司", enterprise__name_en="Chengdu Film Group",
        ),
        asked_contact(
            name="Ann", email="ann@silk.example", enterprise__legal_name="南充丝路纺织有限公司",
            enterprise__name_en="Silk Road Textile",
        ),
    ]  # fmt: skip


def letter_to(server: SmtpServer, address: str) -> EmailMessage:
    found = [mail for to, mail in zip(server.recipients, server.messages, strict=True) if to == [address]]
    return found[-1]


def link_in(mail: EmailMessage) -> str:
    (address,) = re.findall(r"https?://\S+/do/\S+", text_of(mail))
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def answer(visitor: Client, link: str, **said: str) -> None:
    form = visitor.get(link).context["form"]
    as_read = {name: form[name].value() or "" for name in form.fields if name != "has_left"}
    assert visitor.post(link, {**as_read, **said}).status_code == 302


def test_everybody_is_asked_once_and_a_correction_reaches_the_file(
    real_worker: RealWorker, smtp_server: SmtpServer, contacts: list[Contact], officer: User, client: Client
):
    ask_to_confirm.delay()
    ask_to_confirm.delay()
    wait_until(lambda: real_worker.log.read_text().count("Task partnerships.ask_to_confirm") >= 4)
    wait_until(lambda: OutgoingMessage.objects.filter(recipient=None, state=MessageState.SENT).count() == 2)

    assert sorted(smtp_server.recipients) == [["ann@silk.example"], ["li@film.example"]]
    chinese, english = letter_to(smtp_server, "li@film.example"), letter_to(smtp_server, "ann@silk.example")
    assert (chinese["Content-Language"], english["Content-Language"]) == ("zh-hans", "en")
    assert "成都电影集团有限公司" in chinese["Subject"]
    assert (
        english["Subject"].strip() == f"{timezone.localdate().year}: is our file about Silk Road Textile still right?"
    )
    assert set(OutgoingMessage.objects.filter(recipient=None).values_list("link", flat=True)) == {""}

    visitor, link = Client(enforce_csrf_checks=True), link_in(chinese)
    for _ in range(5):
        visitor.get(link)
        visitor.head(link)
    assert not FileAnswer.objects.exists()
    answer(visitor, link, interns="yes", interns_number="8", graduates="maybe", city="绵阳")
    answer(Client(), link_in(english), interns="no", graduates="no", reasons="Hiring is stopped")

    wait_until(lambda: [officer.email] in smtp_server.recipients)
    film, silk = contacts[0].enterprise, contacts[1].enterprise
    film.refresh_from_db()
    silk.refresh_from_db()
    assert (film.city, film.confirmed_at) == ("成都", None)
    assert (silk.confirmed_via, silk.confirmed_by) == (contacts[1], None)
    client.force_login(officer)
    proposal = ProposedChange.objects.get()
    client.post(reverse("partnerships:proposal_take_over", args=[film.pk]), {"proposal": proposal.pk})
    film.refresh_from_db()
    proposal.refresh_from_db()
    assert (film.city, film.confirmed_via, proposal.state) == ("绵阳", contacts[0], ProposalState.ACCEPTED)

    again = visitor.post(link, {"interns": "no", "graduates": "no", "reasons": "x"})
    assert again.status_code == 200
    assert FileAnswer.objects.count() == 2


def test_a_wrong_address_is_mended_and_the_letter_leaves_again_with_its_link(
    real_worker: RealWorker, smtp_server: SmtpServer, contacts: list[Contact], officer: User, client: Client
):
    smtp_server.refuse = "550 No such user here"
    client.force_login(officer)
    client.post(reverse("partnerships:file_ask", args=[contacts[1].enterprise_id]))
    wait_until(lambda: OutgoingMessage.objects.filter(recipient=None, state=MessageState.FAILED).exists())
    smtp_server.refuse = ""
    letter = OutgoingMessage.objects.get(recipient=None)

    client.post(reverse("notifications:mend", args=[letter.pk]), {"address": "ann@silkroad.example"})

    wait_until(lambda: smtp_server.messages)
    assert smtp_server.recipients == [["ann@silkroad.example"]]
    assert Client().get(link_in(smtp_server.messages[0])).status_code == 200


def test_a_reminder_brings_a_new_link_and_retires_the_old_one(
    real_worker: RealWorker, smtp_server: SmtpServer, contacts: list[Contact], officer: User, client: Client
):
    client.force_login(officer)
    for contact in contacts:
        client.post(reverse("partnerships:file_ask", args=[contact.enterprise_id]))
    wait_until(lambda: len(smtp_server.messages) == 2)
    first = link_in(letter_to(smtp_server, "ann@silk.example"))
    answer(Client(), link_in(letter_to(smtp_server, "li@film.example")), interns="no", graduates="maybe")
    SignedLink.objects.update(issued_at=timezone.now() - timedelta(days=15))

    queue_reminders.delay()

    wait_until(lambda: smtp_server.recipients.count(["ann@silk.example"]) == 2)
    reminder = letter_to(smtp_server, "ann@silk.example")
    assert reminder["Subject"].startswith("Reminder")
    assert Client().get(first).status_code == 410
    answer(Client(), link_in(reminder), interns="maybe", graduates="maybe")
    assert LinkEvent.objects.filter(kind=LinkEventKind.SENT, note="reminder").count() == 1
    assert smtp_server.recipients.count(["li@film.example"]) == 1
    assert FileAnswer.objects.filter(at__date__gte=date(2026, 1, 1)).count() == 2

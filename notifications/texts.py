"""The words of messages, in the reader's language; plain text, so nothing is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template import Context, Engine
from django.urls import reverse
from django.utils import timezone, translation

from accounts import selectors
from notifications.choices import Matter
from notifications.leaving import stop_path
from notifications.models.messages import OutgoingMessage


def render_text(template: str, context: Mapping[str, object], *, language: str, zone: str = "") -> str:
    """A plain-text template in a language; moments are told in the time zone, the school's where none is given."""
    with translation.override(language), timezone.override(ZoneInfo(zone or settings.TIME_ZONE)):
        return str(Engine.get_default().get_template(template).render(Context(dict(context), autoescape=False)))


def subject_and_body(template: str, context: Mapping[str, object], *, language: str, zone: str = "") -> tuple[str, str]:
    """The first line, without any other kind of break, and what follows it."""
    text = render_text(template, context, language=language, zone=zone).strip()
    subject, _line, body = text.partition("\n")
    return " ".join(subject.split())[:200], body.strip()


def around(message: OutgoingMessage) -> dict[str, object]:
    """What stands around the words: the link, where such mails are stopped, and for a letter who writes."""
    stop = stop_path(message)
    with translation.override(message.language):
        matter = message.get_matter_display()
    context: dict[str, object] = {
        "body": message.body,
        "link": f"{settings.SITE_URL}{message.link}" if message.link else "",
        "stop": f"{settings.SITE_URL}{stop}" if stop else "",
        "preferences": f"{settings.SITE_URL}{reverse('notifications:preferences')}",
        "is_letter": message.recipient_id is None,
        "is_survey": message.matter == Matter.SURVEY,
        "matter": matter,
    }
    if message.recipient_id is None:
        with translation.override(message.language):
            context |= {"school": str(selectors.school()), "answer_to": settings.DEFAULT_FROM_EMAIL}
    return context


def email_body(message: OutgoingMessage) -> str:
    """The text of the mail."""
    template = "emails/letter.txt" if message.recipient_id is None else "emails/message.txt"
    return render_text(template, around(message), language=message.language)

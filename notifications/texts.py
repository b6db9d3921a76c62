"""The words of messages, in the reader's language; plain text, so nothing is escaped."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.template import Context, Engine
from django.urls import reverse
from django.utils import translation

from accounts import selectors
from notifications.choices import Matter
from notifications.models import OutgoingMessage


def render_text(template: str, context: Mapping[str, object], *, language: str) -> str:
    """A plain-text template in a language."""
    with translation.override(language):
        return str(Engine.get_default().get_template(template).render(Context(dict(context), autoescape=False)))


def subject_and_body(template: str, context: Mapping[str, object], *, language: str) -> tuple[str, str]:
    """The first line, without any other kind of break, and what follows it."""
    text = render_text(template, context, language=language).strip()
    subject, _line, body = text.partition("\n")
    return " ".join(subject.split())[:200], body.strip()


def email_body(message: OutgoingMessage) -> str:
    """The text with its link, and where to switch such mails off, or for a letter who writes."""
    link = f"{settings.SITE_URL}{message.link}" if message.link else ""
    context: dict[str, object] = {"body": message.body, "link": link}
    if message.recipient_id is None:
        with translation.override(message.language):
            context |= {"school": str(selectors.school()), "answer_to": settings.DEFAULT_FROM_EMAIL}
            context["is_survey"] = message.matter == Matter.SURVEY
        return render_text("emails/letter.txt", context, language=message.language)
    context["preferences"] = f"{settings.SITE_URL}{reverse('notifications:preferences')}"
    return render_text("emails/message.txt", context, language=message.language)

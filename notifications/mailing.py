"""A stored message as a mail: text and HTML, with its calendar object, and how to stop such mails."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from notifications.leaving import stop_path
from notifications.models.messages import OutgoingMessage
from notifications.texts import around, email_body


def mail_of(message: OutgoingMessage) -> EmailMultiAlternatives:
    """The same message has the same Message-ID however often it is sent. RFC 8058: one click stops the matter."""
    headers = {
        "Message-ID": message_id(message),
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
    }
    stop = stop_path(message)
    if stop:
        headers["List-Unsubscribe"] = f"<{settings.SITE_URL}{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(subject=message.subject, body=email_body(message), to=[message.to], headers=headers)
    mail.attach_alternative(_html(message), "text/html")
    if message.calendar:
        # As a part that calendars read by themselves, and as a file for those that do not.
        mail.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
        mail.attach("invite.ics", message.calendar.encode(), "application/ics")
    return mail


def message_id(message: OutgoingMessage) -> str:
    """Made of the key, the reader and the channel."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    whose = message.recipient_id or message.address
    digest = hashlib.sha256(f"{message.key}|{message.channel}|{whose}".encode()).hexdigest()[:40]
    return f"<{digest}@{host}>"


def _html(message: OutgoingMessage) -> str:
    with translation.override(message.language):
        return render_to_string("emails/message.html", {"message": message, **around(message)})

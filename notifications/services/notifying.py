"""Messages to people of the school: stored first, once per key and channel, then sent.

Unlike elsewhere the service stands above the task, since it rings it: services → delivering → delivery.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models.people import User
from notifications.choices import Matter
from notifications.services.storing import Draft, store
from notifications.texts import subject_and_body


@transaction.atomic
def notify(
    user: User,
    *,
    key: str,
    matter: Matter,
    template: str,
    context: dict[str, object],
    at: datetime,
    link: str = "",
    still_due: str = "",
    subject_id: int | None = None,
    enterprise_id: int | None = None,
    send_after: datetime | None = None,
    calendar: str = "",
    calendar_method: str = "",
) -> int:
    """Store a message to one person on each channel that they want; returns how many are new.

    `key` says what would make it another message (`visit:41:cancelled`); a key that this person was told already is
    ignored. `template` is a path like `emails/visits/cancelled.txt`: first line the subject, then a blank line and the
    text; it is rendered in the person's language with plain values. `link` is a path of the portal. `still_due` names a
    check in settings.STILL_DUE that is asked about `subject_id` before the message leaves. `send_after` holds it back,
    but not in the inbox. `calendar` is an iCalendar object of `calendar_method` that the e-mail carries.
    """
    if not user.is_active:
        return 0
    subject, body = subject_and_body(template, context, language=user.language, zone=user.zone)
    content: dict[str, object] = {
        "language": user.language, "subject": subject, "body": body, "link": link, "still_due": still_due,
        "subject_id": subject_id, "enterprise_id": enterprise_id, "calendar": calendar,
        "calendar_method": calendar_method,
    }  # fmt: skip
    draft = Draft(user=user, key=key, matter=matter, content=content, send_after=send_after or at)
    return store([draft], at=at)

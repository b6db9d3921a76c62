"""The figures of a week by mail; running twice sends none twice."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from notifications.choices import Matter
from notifications.models import OutgoingMessage
from notifications.services import notify
from reports.reminders import WeeklyMail, due_weekly_mails
from reports.selectors.weekly import Weekly, weekly


def send_weekly_figures(*, now: datetime) -> int:
    """Store the mails that are due and not stored yet; how many messages are new."""
    due = list(due_weekly_mails(now))
    rows = OutgoingMessage.objects.filter(key__in={mail.key for mail in due})
    told = set(rows.values_list("key", "recipient"))
    return sum(_send(mail, now=now) for mail in due if (mail.key, mail.to.pk) not in told)


def _send(mail: WeeklyMail, *, now: datetime) -> int:
    """With the figures that this person would see on the page."""
    shown = weekly(mail.week, None, mail.to, on=timezone.localdate(now))
    return notify(
        mail.to,
        key=mail.key,
        matter=Matter.REPORT,
        template="emails/reports/weekly.txt",
        context=_words(shown),
        at=now,
        link=f"{reverse('reports:weekly')}?week={mail.week.monday:%Y-%m-%d}",
    )


def _words(shown: Weekly) -> dict[str, object]:
    """Names stay lazy: they are put into words while the text is written, in the language of who reads it."""
    return {
        "week": shown.week,
        "counts": shown.counts,
        "share": shown.share_of_week,
        "late": shown.late,
        "running": shown.running,
        "missing": shown.missing.number,
    }

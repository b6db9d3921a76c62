"""What runs by itself, and when; config.settings takes it over."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

from config.office import FOLLOWING_EVERY, INVITATIONS_EVERY, REMINDERS_EVERY

CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "visits.queue_reminders": {"task": "visits.queue_reminders", "schedule": REMINDERS_EVERY},
    "calendars.send_invitations": {"task": "calendars.send_invitations", "schedule": INVITATIONS_EVERY},
    "visits.clean_drafts": {"task": "visits.clean_drafts", "schedule": crontab(hour="4", minute="15")},
    "agreements.queue_reminders": {"task": "agreements.queue_reminders", "schedule": REMINDERS_EVERY},
    "surveys.queue_reminders": {"task": "surveys.queue_reminders", "schedule": REMINDERS_EVERY},
    "signing.queue_reminders": {"task": "signing.queue_reminders", "schedule": REMINDERS_EVERY},
    "partnerships.find_suspects": {"task": "partnerships.find_suspects", "schedule": crontab(hour="2", minute="0")},
    "partnerships.ask_to_confirm": {
        "task": "partnerships.ask_to_confirm",
        "schedule": crontab(hour="8", minute="30"),
    },
    "placements.queue_reminders": {"task": "placements.queue_reminders", "schedule": REMINDERS_EVERY},
    "guidance.queue_reminders": {"task": "guidance.queue_reminders", "schedule": REMINDERS_EVERY},
    "events.queue_reminders": {"task": "events.queue_reminders", "schedule": REMINDERS_EVERY},
    "placements.close_postings": {"task": "placements.close_postings", "schedule": REMINDERS_EVERY},
    "desk.queue_letters": {"task": "desk.queue_letters", "schedule": REMINDERS_EVERY},
    "desk.end_accounts": {"task": "desk.end_accounts", "schedule": crontab(hour="5", minute="10")},
    "following.tell_of_news": {"task": "following.tell_of_news", "schedule": FOLLOWING_EVERY},
    "following.queue_reminders": {"task": "following.queue_reminders", "schedule": REMINDERS_EVERY},
    "placements.close_unanswered": {"task": "placements.close_unanswered", "schedule": REMINDERS_EVERY},
    "notifications.sweep": {"task": "notifications.sweep", "schedule": 60},
    "imports.sweep": {"task": "imports.sweep", "schedule": 60},
    "ledger.sweep": {"task": "ledger.sweep", "schedule": 60},
    "reports.sweep_builds": {"task": "reports.sweep_builds", "schedule": 60},
    "reports.send_weekly_figures": {"task": "reports.send_weekly_figures", "schedule": REMINDERS_EVERY},
    "reports.take_snapshots": {"task": "reports.take_snapshots", "schedule": crontab(hour="3", minute="0")},
    "core.beat": {"task": "core.beat", "schedule": 15},
}

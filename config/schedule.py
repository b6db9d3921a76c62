"""What runs by itself, and when; config.settings takes it over."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

from config.office import BOARDS_LAST, FOLLOWING_EVERY, INVITATIONS_EVERY, REMINDERS_EVERY, SWEEP_EVERY

CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "calendars.send_invitations": {"task": "calendars.send_invitations", "schedule": INVITATIONS_EVERY},
    "visits.clean_drafts": {"task": "visits.clean_drafts", "schedule": crontab(hour="4", minute="15")},
    "partnerships.find_suspects": {"task": "partnerships.find_suspects", "schedule": crontab(hour="2", minute="0")},
    "partnerships.ask_to_confirm": {
        "task": "partnerships.ask_to_confirm",
        "schedule": crontab(hour="8", minute="30"),
    },
    "notifications.queue_reminders": {"task": "notifications.queue_reminders", "schedule": REMINDERS_EVERY},
    "placements.close_postings": {"task": "placements.close_postings", "schedule": REMINDERS_EVERY},
    "desk.queue_letters": {"task": "desk.queue_letters", "schedule": REMINDERS_EVERY},
    "desk.end_accounts": {"task": "desk.end_accounts", "schedule": crontab(hour="5", minute="10")},
    "following.tell_of_news": {"task": "following.tell_of_news", "schedule": FOLLOWING_EVERY},
    "placements.close_unanswered": {"task": "placements.close_unanswered", "schedule": REMINDERS_EVERY},
    "notifications.sweep": {"task": "notifications.sweep", "schedule": SWEEP_EVERY},
    "imports.sweep": {"task": "imports.sweep", "schedule": 60},
    "ledger.sweep": {"task": "ledger.sweep", "schedule": 60},
    "reports.sweep_builds": {"task": "reports.sweep_builds", "schedule": 60},
    "reports.store_due": {"task": "reports.store_due", "schedule": REMINDERS_EVERY},
    "reports.clear_old_files": {"task": "reports.clear_old_files", "schedule": crontab(hour="4", minute="40")},
    "reports.take_snapshots": {"task": "reports.take_snapshots", "schedule": crontab(hour="3", minute="0")},
    "dashboards.recount": {"task": "dashboards.recount", "schedule": BOARDS_LAST},
    "core.beat": {"task": "core.beat", "schedule": 15},
}

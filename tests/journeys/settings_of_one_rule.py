"""For processes that are killed: one rule, about people, and no other."""

from pathlib import Path

from config.settings_test import *  # noqa: F403

REMINDER_RULES = ("tests.notifications.rules_of_our_own.RULES",)
TEMPLATES[0]["DIRS"].append(Path(__file__).parent.parent / "notifications" / "templates")  # noqa: F405

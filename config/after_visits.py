"""Settings of what happens after a visit; config.settings takes them over."""

from typing import Any

from config import environment as env

# Days after its day from which an open follow-up stands on the office's day, and in its digest once a week.
FOLLOW_UP_CLIMBS_AFTER_DAYS: int = env.number("FOLLOW_UP_CLIMBS_AFTER_DAYS", 7)
# What a report may say before the office is asked to look twice: yuan a month, per cent of the staff, days.
PLAUSIBLE: dict[str, Any] = {
    "post_pay": (env.number("PLAUSIBLE_PAY_FROM", 2_000), env.number("PLAUSIBLE_PAY_TO", 30_000)),
    "internship_pay": (
        env.number("PLAUSIBLE_INTERNSHIP_PAY_FROM", 500),
        env.number("PLAUSIBLE_INTERNSHIP_PAY_TO", 10_000),
    ),
    "percent_of_staff": env.number("PLAUSIBLE_PERCENT_OF_STAFF", 50),
    "same_posts_within": env.number("SAME_POSTS_WITHIN_DAYS", 30),
}
# What apps above say of where a record came from: shown on its own page (partnerships.templatetags.origins).
CAME_OF: dict[str, str] = {"visit": "visits.selectors.origins.visits_behind"}

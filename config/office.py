"""What the office's work is set to, and who is asked about it; config.settings takes it over."""

from __future__ import annotations

from typing import Any

from config import environment as env

# Asked again at the moment of sending: does the matter still hold? (notifications.services)
STILL_DUE = {
    "visits.follow_up": "visits.reminders.follow_up_still_open",
    "visits.visit": "visits.reminders.visit_still_ahead",
    "visits.report": "visits.reminders.report_still_missing",
    "visits.return": "visits.reminders.return_still_open",
    "visits.climbed": "visits.reminders.still_climbed",
    "agreements.agreement": "agreements.reminders.agreement_still_ending",
    "drafting.step": "drafting.reminders.step_still_open",
    "agreements.promise": "agreements.reminders.promise_still_due",
    "partnerships.file": "partnerships.reminders.file_still_to_confirm",
    "communities.link": "communities.reminders.link_still_holds",
    "placements.posting": "placements.reminders.posting_still_open",
    "desk.link": "desk.reminders.link_still_holds",
    "desk.answers": "desk.reminders.answers_still_due",
    "guidance.appointment": "guidance.reminders.appointment_still_ahead",
    "events.event": "events.reminders.event_still_ahead",
    "events.place": "events.reminders.place_still_kept",
    "following.search": "following.reminders.search_still_wanted",
    "following.enterprise": "following.reminders.enterprise_still_followed",
    "following.posting": "following.reminders.posting_still_open",
    "following.closing": "following.reminders.still_to_apply",
    "placements.answers": "placements.answer_reminders.answers_still_due",
    "calendars.interview": "calendars.selectors.interviews.still_booked",
    "surveys.link": "surveys.reminders.link_still_to_answer",
    "signing.link": "signing.reminders.link_still_to_sign",
    "signing.request": "signing.reminders.request_still_to_sign",
}
# What apps above agreements say of the evidence of a promise that is theirs: the records that hold.
EVIDENCE_HOLDS = {"visit": "visits.selectors.evidence_picker.visits_that_hold"}
# The code lists that students choose provinces and industries from (accounts.selectors).
WISH_CODES = "partnerships.selectors.codes.code_choices"
# The lists whose views people save, each with the filters that may stand in its address.
SAVED_LISTS = {
    "partnerships:enterprise_list": "partnerships.forms.enterprise_filter.EnterpriseFilter",
    "agreements:agreement_list": "agreements.forms.filters.AgreementFilter",
}
MAP_URL = env.link("MAP_URL", "https://uri.amap.com/search?keyword={address}", needs="address")
REMINDERS_EVERY = env.number("REMINDERS_EVERY", 600)
INVITATIONS_EVERY = env.number("INVITATIONS_EVERY", 60)
# Seconds between two looks for what is new of what students follow; daily and weekly messages leave from this hour on.
FOLLOWING_EVERY = env.number("FOLLOWING_EVERY", 120)
FOLLOWING_HOUR = env.at_most("FOLLOWING_HOUR", 8, 23)
WEEKLY_FIGURES_DAY = env.at_most("WEEKLY_FIGURES_DAY", 0, 7)  # 0 Monday to 6 Sunday, 7 never
WEEKLY_FIGURES_HOUR = env.at_most("WEEKLY_FIGURES_HOUR", 8, 23)
# Enterprises are asked once a year to confirm their file, from the first of this month on; 0 asks nobody by itself.
FILE_CONFIRMATION_MONTH = env.month("FILE_CONFIRMATION_MONTH", 9)
FILE_CONFIRMATION_PER_RUN = env.number("FILE_CONFIRMATION_PER_RUN", 500)
FILE_REMINDER_DAYS = env.number("FILE_REMINDER_DAYS", 14)
FILE_LINK_DAYS = env.number("FILE_LINK_DAYS", 60)
SIGNING_LINK_DAYS = env.number("SIGNING_LINK_DAYS", 30)
SIGNING_REMINDER_DAYS = env.number("SIGNING_REMINDER_DAYS", 7)
OFFER_LINK_DAYS = env.number("OFFER_LINK_DAYS", 30)
APPLICANTS_LINK_DAYS = env.number("APPLICANTS_LINK_DAYS", 60)
SURVEY_LINK_DAYS = env.number("SURVEY_LINK_DAYS", 60)
SURVEY_REMINDER_DAYS = env.number("SURVEY_REMINDER_DAYS", 10)
# Numbers of agreements: {year} and {serial} of the approval, {kind} is the mark of the kind of agreement.
AGREEMENT_NUMBER_PATTERN = env.pattern(
    "AGREEMENT_NUMBER_PATTERN", "校企〔{year}〕{serial:03}号", needs="serial", year=2026, serial=1, kind="XY"
)
AGREEMENT_SLEEPS_AFTER_MONTHS = env.number("AGREEMENT_SLEEPS_AFTER_MONTHS", 12)
# What makes an enterprise, before a campaign's first day, one that the school knew (visits.choices.OldAcquaintance).
NEWLY_OPENED = env.some_of("NEWLY_OPENED", ("visit", "agreement", "posting", "hire"))
# Days after the promised one until an application that nobody answered closes by itself.
NO_REPLY_AFTER_DAYS: int = env.number("NO_REPLY_AFTER_DAYS", 14)
# A major that fewer open postings name stands among those with few.
FEW_POSTINGS_OF_A_MAJOR: int = env.number("FEW_POSTINGS_OF_A_MAJOR", 3)
MEMBER_LINK_DAYS = env.number("MEMBER_LINK_DAYS", 180)
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

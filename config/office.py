"""What the office's work is set to, and who is asked about it; config.settings takes it over."""

from __future__ import annotations

from typing import Any

from config import environment as env

# Asked again at the moment of sending: does the matter still hold? (notifications.services)
STILL_DUE = {
    "visits.follow_up": "visits.reminders.follow_ups.follow_up_still_open",
    "visits.visit": "visits.reminders.visits.visit_still_ahead",
    "visits.return": "visits.reminders.reports.return_still_open",
    "drafting.step": "drafting.reminders.step_still_open",
    "partnerships.file": "partnerships.reminders.files.file_still_to_confirm",
    "communities.link": "communities.reminders.link_still_holds",
    "placements.posting": "placements.reminders.posting_still_open",
    "desk.link": "desk.reminders.link_still_holds",
    "desk.answers": "desk.reminders.answers_still_due",
    "desk.applicants": "desk.reminders.applicants_still_wait",
    "following.search": "following.reminders.search_still_wanted",
    "following.enterprise": "following.reminders.enterprise_still_followed",
    "following.posting": "following.reminders.posting_still_open",
    "calendars.interview": "calendars.selectors.interviews.still_booked",
    "surveys.link": "surveys.reminders.link_still_to_answer",
    "signing.link": "signing.reminders.link_still_to_sign",
    "signing.request": "signing.reminders.request_still_to_sign",
}
# The rules of the reminders, in the order of their page (notifications.occasions).
REMINDER_RULES: tuple[str, ...] = (
    "visits.reminders.visits.RULES",
    "visits.reminders.reports.RULES",
    "visits.reminders.follow_ups.RULES",
    "agreements.reminders.RULES",
    "placements.reminders.RULES",
    "placements.answer_reminders.RULES",
    "partnerships.reminders.needs.RULES",
    "partnerships.reminders.monthly.RULES",
    "partnerships.reminders.bounced.RULES",
    "partnerships.services.yearly.RULES",
    "desk.services.reminding.RULES",
    "following.reminders.RULES",
    "events.reminders.RULES",
    "guidance.reminders.RULES",
    "signing.services.reminders.RULES",
    "surveys.services.reminding.RULES",
    "reports.reminders.RULES",
)
# Addresses and domains (`@school.example`) that a copy of the portal may write to; production writes to everybody.
PRODUCTION: bool = env.boolean("PRODUCTION", default=False)
MAIL_ALLOWED: list[str] = env.words("MAIL_ALLOWED", "")
# Seconds after which a message that a worker took and did not finish is given back.
CLAIM_LASTS: int = env.number("CLAIM_LASTS", 1800)
# The chats whose robots people may name, by the words of the library; all have hosts of their own.
CHAT_SERVICES: list[str] = env.words("CHAT_SERVICES", "wecombot,dingtalk,feishu,lark,slack,msteams,discord,tgram")
# What apps above agreements say of the evidence of a promise that is theirs: the records that hold.
EVIDENCE_HOLDS = {"visit": "visits.selectors.evidence_picker.visits_that_hold"}
# The code lists that students choose provinces and industries from (accounts.selectors).
WISH_CODES = "partnerships.selectors.codes.code_choices"
# The lists whose views people save, each with the filters that may stand in its address.
SAVED_LISTS = {
    "partnerships:enterprise_list": "partnerships.forms.enterprise_filter.EnterpriseFilter",
    "agreements:agreement_list": "agreements.forms.filters.AgreementFilter",
}
# Seconds after which a dashboard is counted again by a worker, and after which nobody is shown it any more.
BOARDS_LAST: int = env.number("BOARDS_LAST", 900)
BOARDS_WORN: int = env.number("BOARDS_WORN", 6 * 3600)
MAP_URL = env.link("MAP_URL", "https://uri.amap.com/search?keyword={address}", needs="address")
REMINDERS_EVERY = env.number("REMINDERS_EVERY", 600)
# Seconds between two looks for messages that nobody rang for, for lost claims and for letters to gather.
SWEEP_EVERY = env.number("SWEEP_EVERY", 60)
INVITATIONS_EVERY = env.number("INVITATIONS_EVERY", 60)
# Seconds between two looks for what is new of what students follow; daily and weekly messages leave from this hour on.
FOLLOWING_EVERY = env.number("FOLLOWING_EVERY", 120)
FOLLOWING_HOUR = env.at_most("FOLLOWING_HOUR", 8, 23)
# Enterprises are asked once a year to confirm their file, from the first of this month on; 0 asks nobody by itself.
FILE_CONFIRMATION_MONTH = env.month("FILE_CONFIRMATION_MONTH", 9)
FILE_CONFIRMATION_PER_RUN = env.number("FILE_CONFIRMATION_PER_RUN", 500)
FILE_LINK_DAYS = env.number("FILE_LINK_DAYS", 60)
SIGNING_LINK_DAYS = env.number("SIGNING_LINK_DAYS", 30)
OFFER_LINK_DAYS = env.number("OFFER_LINK_DAYS", 30)
APPLICANTS_LINK_DAYS = env.number("APPLICANTS_LINK_DAYS", 60)
SURVEY_LINK_DAYS = env.number("SURVEY_LINK_DAYS", 60)
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
# Whose tokens open the API, for how many days at most, and how many requests a minute each may make.
API_ROLES: list[str] = env.some_of("API_ROLES", ("officer", "admin", "college", "leader"))
API_TOKEN_DAYS: int = env.at_most("API_TOKEN_DAYS", 365, 365)
API_PER_MINUTE: int = env.number("API_PER_MINUTE", 120)
# Days after which the files of a report are removed; the row that says what was reported stays.
REPORT_FILES_DAYS: int = env.number("REPORT_FILES_DAYS", 400)

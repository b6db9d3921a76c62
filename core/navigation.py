"""Which places the menu shows to whom; a place whose address does not exist is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Place:
    """A page of the menu; `href` is filled in when the menu is built."""

    label: str | Promise
    url_name: str
    icon: str
    href: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Menu:
    """`main` is the everyday part, `more` the rest; `tabs` are the few that a phone shows at its foot."""

    main: list[Place]
    more: list[Place]

    @property
    def tabs(self) -> list[Place]:
        """Five at most, the button for the rest among them."""
        return self.main if len(self.main) <= 5 and not self.more else self.main[:4]

    @property
    def rest(self) -> list[Place]:
        return [*self.main[len(self.tabs) :], *self.more]

    @property
    def is_rest_current(self) -> bool:
        """Is the open page behind the menu button of a phone?"""
        return any(place.is_current for place in self.rest)


TODAY = Place(pgettext_lazy("menu", "Today"), "home", "sun")
START = Place(pgettext_lazy("menu", "Start"), "home", "house")
ENTERPRISES = Place(_("Enterprises"), "partnerships:enterprise_list", "buildings")
VISITS = Place(_("Visits"), "visits:visit_list", "calendar-event")
AGREEMENTS = Place(_("Agreements"), "agreements:agreement_list", "file-earmark-text")
PROMISES = Place(_("Promises"), "agreements:promise_list", "check2-circle")
POSTINGS = Place(_("Postings"), "placements:posting_list", "briefcase")
FOR_YOU = Place(pgettext_lazy("menu", "For you"), "placements:for_you", "star")
EMPLOYERS = Place(_("Employers"), "placements:employer_list", "buildings")
FOLLOWING = Place(_("What I follow"), "following:following", "bookmark")
APPLICATIONS = Place(_("Applications"), "placements:application_list", "person-lines-fill")
LEDGER = Place(_("Ledger of visits"), "ledger:ledger", "table")
CAMPAIGNS = Place(_("Campaigns"), "visits:campaign_list", "flag")
TRIPS = Place(_("Trips"), "travel:trip_list", "signpost")
CONTACTS = Place(_("Contacts"), "partnerships:contact_list", "telephone")
NEEDS = Place(_("Needs"), "partnerships:need_list", "list-check")
CORRECTIONS = Place(_("Corrections"), "partnerships:proposal_list", "clipboard-check")
FOLLOW_UPS = Place(_("Follow-ups"), "visits:follow_up_list", "check2-square")
EVENTS = Place(_("Events"), "events:event_list", "megaphone")
GUIDANCE = Place(_("Guidance"), "guidance:guidance", "chat-left-text")
DASHBOARD = Place(_("Dashboard"), "dashboards:board_list", "bar-chart")
REPORTS = Place(_("Reports"), "reports:report_list", "file-earmark-bar-graph")
PROGRAMMES = Place(_("Programmes"), "programmes:programme_list", "mortarboard")
INVESTMENTS = Place(_("Investments"), "programmes:investment_list", "wallet2")
COMMUNITIES = Place(_("Communities"), "communities:community_list", "diagram-3")
MENTORS = Place(_("Mentors"), "programmes:mentor_list", "person-badge")
SURVEYS = Place(_("Surveys"), "surveys:survey_list", "clipboard-check")
HANDOVER = Place(_("Hand-over"), "visits:handover", "shuffle")
IMPORTS = Place(_("Imports"), "imports:import_list", "file-earmark-spreadsheet")
EXPORTS = Place(_("Exports"), "exporting:export_list", "download")
OUTBOX = Place(_("Outbox"), "notifications:outbox", "send")
MESSAGES = Place(_("All messages"), "notifications:log", "envelope")
REMINDERS = Place(_("Reminders"), "notifications:reminders", "clock")
REVIEW = Place(_("Review of postings"), "placements:held_words", "shield-check")
INBOX = Place(_("Inbox"), "notifications:inbox", "bell")
PROFILE = Place(_("Profile"), "accounts:profile", "person")
DESK = Place(_("My enterprise"), "desk:home", "building")
SIGN_IN = Place(_("Sign in"), "account_login", "box-arrow-in-right")

WORK = (TODAY, ENTERPRISES, VISITS, AGREEMENTS, POSTINGS, APPLICATIONS, FOLLOW_UPS, DASHBOARD, REPORTS)
WORK_MORE = (
    CONTACTS,
    CAMPAIGNS,
    TRIPS,
    LEDGER,
    NEEDS,
    CORRECTIONS,
    EVENTS,
    GUIDANCE,
    PROMISES,
    PROGRAMMES,
    INVESTMENTS,
    COMMUNITIES,
    MENTORS,
    SURVEYS,
)
LEADING = (TODAY, DASHBOARD, VISITS, ENTERPRISES, REPORTS)
LEADING_MORE = (
    CAMPAIGNS,
    TRIPS,
    LEDGER,
    NEEDS,
    CONTACTS,
    AGREEMENTS,
    PROMISES,
    POSTINGS,
    FOLLOW_UPS,
    PROGRAMMES,
    INVESTMENTS,
    COMMUNITIES,
    MENTORS,
    SURVEYS,
)
STUDYING = (TODAY, POSTINGS, FOR_YOU, APPLICATIONS, FOLLOWING, EVENTS, GUIDANCE, EMPLOYERS, INBOX, PROFILE)
AT_THE_DESK = (DESK, INBOX, PROFILE)
VISITING = (START, POSTINGS, SIGN_IN)


def menu_for(user: Any, path: str) -> Menu:
    """The menu of a person (or of a visitor) on the page at `path`."""
    main, more = _places_of(user)
    reachable = [*_reachable(main), *_reachable(more)]
    current = _current(reachable, path)
    return Menu(main=list(_marked(_reachable(main), current)), more=list(_marked(_reachable(more), current)))


def _places_of(user: Any) -> tuple[Iterable[Place], Iterable[Place]]:
    if user is None or not user.is_authenticated:
        return VISITING, ()
    if user.is_office:
        return WORK, (*WORK_MORE, REVIEW, IMPORTS, EXPORTS, HANDOVER, OUTBOX, MESSAGES, REMINDERS)
    if "college" in user.roles:
        return WORK, WORK_MORE
    if "leader" in user.roles:
        return LEADING, LEADING_MORE
    if "student" in user.roles:
        return STUDYING, ()
    if "contact" in user.roles:
        return AT_THE_DESK, ()
    return (TODAY, INBOX, PROFILE), ()


def _reachable(places: Iterable[Place]) -> list[Place]:
    found = []
    for place in places:
        try:
            found.append(replace(place, href=reverse(place.url_name)))
        except NoReverseMatch:
            continue
    return found


def _current(places: list[Place], path: str) -> str:
    """The longest address that the path lies under; the start page only when it is the page itself."""
    under = [
        place.href for place in places if place.href == path or (place.href != "/" and path.startswith(place.href))
    ]
    return max(under, key=len, default="")


def _marked(places: list[Place], current: str) -> Iterable[Place]:
    return (replace(place, is_current=bool(current) and place.href == current) for place in places)

"""The words of the timeline: from an entry's kind, text and code to a sentence in the reader's language."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partnerships.changes import field_label
from partnerships.choices.agreements import AgreementFileKind, AgreementState, CommitmentState, Side
from partnerships.choices.enterprises import CheckResult, FileBlock
from partnerships.choices.links import AGAIN, FORWARDED, FORWARDED_OUTSIDE, REMINDER, RETURNED, ProposalState
from partnerships.choices.needs import NeedKind, NeedState
from partnerships.choices.programmes import MemberRole, MentorKind, ProgrammeKind
from partnerships.choices.timeline import TimelineKind
from partnerships.models.timeline import TimelineEntry

Words = dict[str, object]
NAMES_RECORD = re.compile(r"(agreement|message|note|mailing|link):\d+")  # for the portal, not for people


def _words(choices: type[TextChoices]) -> Words:
    return {choice.value: choice.label for choice in choices}


# States of visits and postings live in apps above this one; here are only their words.
VISIT_WORDS: Words = {
    "planned": pgettext_lazy("visit", "Planned"),
    "confirmed": pgettext_lazy("visit", "Confirmed"),
    "held": pgettext_lazy("visit", "Held"),
    "reported": pgettext_lazy("visit", "Reported"),
    "checked": pgettext_lazy("visit", "Checked"),
    "cancelled": pgettext_lazy("visit", "Cancelled"),
    "done": pgettext_lazy("follow-up", "Done"),
    "dropped": pgettext_lazy("follow-up", "Dropped"),
}
POSTING_WORDS: Words = {
    "draft": pgettext_lazy("posting", "Draft"),
    "in_review": pgettext_lazy("posting", "In review"),
    "published": pgettext_lazy("posting", "Published"),
    "closed": pgettext_lazy("posting", "Closed"),
    "filled": pgettext_lazy("posting", "Filled"),
    "withdrawn": pgettext_lazy("posting", "Withdrawn"),
    "rejected": pgettext_lazy("posting", "Rejected"),
}
ANSWERED_WORDS: Words = {
    "seen": pgettext_lazy("applicant", "seen"),
    "shortlisted": pgettext_lazy("applicant", "shortlisted"),
    "interview": pgettext_lazy("applicant", "invited to an interview"),
    "offered": pgettext_lazy("applicant", "made an offer"),
    "rejected": pgettext_lazy("applicant", "rejected"),
}
EVENT_WORDS: Words = {
    "talk": gettext_lazy("Campus talk"),
    "fair": gettext_lazy("Job fair"),
    "recommendation_meeting": gettext_lazy("Recommendation meeting"),
    "workshop": gettext_lazy("Workshop"),
    "guidance_talk": gettext_lazy("Guidance talk"),
    "thematic_education": gettext_lazy("Thematic education"),
}
EVENT_MOVE_WORDS: Words = {
    "planned": pgettext_lazy("of an event", "Planned"),
    "published": pgettext_lazy("of an event", "Announced"),
    "changed": pgettext_lazy("of an event", "Changed"),
    "cancelled": pgettext_lazy("of an event", "Cancelled"),
}
SITE_WORDS: Words = {
    "added": pgettext_lazy("site", "added"),
    "changed": pgettext_lazy("site", "changed"),
    "closed": pgettext_lazy("site", "closed"),
}
MENTOR_WORDS: Words = {"removed": pgettext_lazy("what a mentor did", "removed")}
ASKED_WORDS: Words = {
    REMINDER: pgettext_lazy("letter", "reminder"),
    AGAIN: pgettext_lazy("letter", "new link asked for"),
    RETURNED: pgettext_lazy("letter", "sent back to be corrected"),
    FORWARDED: pgettext_lazy("letter", "passed on to a colleague"),
    FORWARDED_OUTSIDE: pgettext_lazy("letter", "passed on to an address of another domain"),
}
SIGNING_WORDS: Words = {
    **ASKED_WORDS,
    AGAIN: pgettext_lazy("signing", "sent again"),
    "begun": pgettext_lazy("signing", "begun"),
    "asked": pgettext_lazy("signing", "asked to sign"),
    "signed": pgettext_lazy("signing", "signed"),
    "declined": pgettext_lazy("signing", "declined"),
    "withdrawn": pgettext_lazy("signing", "request withdrawn"),
    "changed": pgettext_lazy("signing", "signer changed"),
}
ANSWER_WORDS: Words = {
    "confirmed": gettext_lazy("the file is right"),
    "corrections": gettext_lazy("with corrections"),
}
REVIEW_WORDS: Words = {
    "college_approved": gettext_lazy("approved by the college"),
    "college_returned": gettext_lazy("returned by the college"),
    "office_approved": gettext_lazy("approved by the employment office"),
    "office_returned": gettext_lazy("returned by the employment office"),
    "legal_approved": gettext_lazy("approved by the legal review"),
    "legal_returned": gettext_lazy("returned by the legal review"),
    "leadership_approved": gettext_lazy("approved by leadership"),
    "leadership_returned": gettext_lazy("returned by leadership"),
    "handed_on": pgettext_lazy("review", "handed to a colleague"),
}
RENEWAL_WORDS: Words = {
    "renew": gettext_lazy("Renew"),
    "renegotiate": gettext_lazy("Negotiate anew"),
    "let_end": gettext_lazy("Let it end"),
}
WORDS: dict[str, Words] = {
    TimelineKind.CODE_CHECKED: _words(CheckResult),
    TimelineKind.SITE_CHANGED: SITE_WORDS,
    TimelineKind.ENTERPRISE_CONFIRMED: _words(FileBlock),
    TimelineKind.FILE_ASKED: ASKED_WORDS,
    TimelineKind.FILE_ANSWERED: ANSWER_WORDS,
    TimelineKind.SURVEY_SENT: ASKED_WORDS,
    TimelineKind.POSTINGS_ASKED: ASKED_WORDS,
    TimelineKind.APPLICANTS_SHOWN: ASKED_WORDS,
    TimelineKind.PROPOSAL_DECIDED: _words(ProposalState),
    TimelineKind.NEED_RECORDED: _words(NeedKind),
    TimelineKind.NEED_CLOSED: _words(NeedState),
    TimelineKind.AGREEMENT_MOVED: _words(AgreementState),
    TimelineKind.AGREEMENT_FILED: _words(AgreementFileKind),
    TimelineKind.AGREEMENT_REVIEWED: REVIEW_WORDS,
    TimelineKind.AGREEMENT_SIGNING: SIGNING_WORDS,
    TimelineKind.RENEWAL_DECIDED: RENEWAL_WORDS,
    TimelineKind.COMMITMENT_MADE: _words(Side),
    TimelineKind.COMMITMENT_CLOSED: _words(CommitmentState),
    TimelineKind.PROGRAMME_OPENED: _words(ProgrammeKind),
    TimelineKind.PLAQUE_AWARDED: _words(ProgrammeKind),
    TimelineKind.MENTOR_APPOINTED: _words(MentorKind),
    TimelineKind.MENTOR_CHANGED: MENTOR_WORDS,
    TimelineKind.COMMUNITY_JOINED: _words(MemberRole),
    TimelineKind.VISIT_PLANNED: VISIT_WORDS,
    TimelineKind.VISIT_MOVED: VISIT_WORDS,
    TimelineKind.VISIT_REPORTED: VISIT_WORDS,
    TimelineKind.FOLLOW_UP_DONE: VISIT_WORDS,
    TimelineKind.POSTING_MOVED: POSTING_WORDS,
    TimelineKind.APPLICANT_ANSWERED: ANSWERED_WORDS,
    TimelineKind.POSTING_OFFERED: {"again": pgettext_lazy("posting", "corrected and offered again")},
    TimelineKind.POSTING_CHANGED: {"lifted": pgettext_lazy("posting", "let pass in spite of a rule")},
    TimelineKind.EVENT_HELD: EVENT_WORDS,
    TimelineKind.EVENT_MOVED: EVENT_MOVE_WORDS,
}
ICONS: dict[str, str] = {
    TimelineKind.ENTERPRISE_ADDED: "building",
    TimelineKind.ENTERPRISE_CHANGED: "pencil",
    TimelineKind.ENTERPRISE_CONFIRMED: "check-circle",
    TimelineKind.CONTACT_ADDED: "person",
    TimelineKind.CONTACT_CHANGED: "person",
    TimelineKind.CONTACT_LEFT: "person",
    TimelineKind.ACCOUNT_INVITED: "person",
    TimelineKind.ACCOUNT_ENDED: "person",
    TimelineKind.CODE_CHECKED: "check-circle",
    TimelineKind.SITE_CHANGED: "building",
    TimelineKind.FILE_ADDED: "paperclip",
    TimelineKind.FILE_REMOVED: "trash",
    TimelineKind.FILES_MERGED: "pencil",
    TimelineKind.MERGE_UNDONE: "pencil",
    TimelineKind.IMPORTED: "clipboard",
    TimelineKind.IMPORT_UNDONE: "clipboard",
    TimelineKind.HANDED_OVER: "people",
    TimelineKind.EMAIL_SENT: "envelope",
    TimelineKind.FILE_ASKED: "envelope",
    TimelineKind.FILE_ANSWERED: "clipboard-check",
    TimelineKind.PROPOSAL_DECIDED: "check2-square",
    TimelineKind.NEED_RECORDED: "clipboard",
    TimelineKind.NEED_CHANGED: "pencil",
    TimelineKind.NEED_CLOSED: "clipboard-check",
    TimelineKind.AGREEMENT_MOVED: "file-earmark-text",
    TimelineKind.AGREEMENT_CHANGED: "pencil",
    TimelineKind.AGREEMENT_FILED: "paperclip",
    TimelineKind.AGREEMENT_REVIEWED: "clipboard-check",
    TimelineKind.AGREEMENT_SIGNING: "pencil",
    TimelineKind.RENEWAL_DECIDED: "clipboard-check",
    TimelineKind.COMMITMENT_MADE: "flag",
    TimelineKind.COMMITMENT_CHANGED: "pencil",
    TimelineKind.EVIDENCE_ADDED: "paperclip",
    TimelineKind.COMMITMENT_CLOSED: "check2-circle",
    TimelineKind.INVESTMENT_PROMISED: "flag",
    TimelineKind.INVESTMENT_RECEIVED: "check2-circle",
    TimelineKind.PROGRAMME_OPENED: "mortarboard",
    TimelineKind.PROGRAMME_CHANGED: "pencil",
    TimelineKind.OUTCOME_RECORDED: "bar-chart",
    TimelineKind.COMMUNITY_JOINED: "people",
    TimelineKind.COMMUNITY_CHANGED: "people",
    TimelineKind.PLAQUE_AWARDED: "award",
    TimelineKind.PLAQUE_CHANGED: "pencil",
    TimelineKind.PLAQUE_TAKEN_DOWN: "award",
    TimelineKind.MENTOR_APPOINTED: "person-badge",
    TimelineKind.MENTOR_CHANGED: "pencil",
    TimelineKind.MENTOR_APPEARED: "megaphone",
    TimelineKind.VISIT_PLANNED: "calendar",
    TimelineKind.VISIT_CHANGED: "pencil",
    TimelineKind.VISIT_MOVED: "calendar",
    TimelineKind.VISIT_REPORTED: "calendar-check",
    TimelineKind.VISIT_RETURNED: "arrow-left",
    TimelineKind.VISIT_AMENDED: "pencil",
    TimelineKind.FOLLOW_UP_DONE: "check2-square",
    TimelineKind.POSTING_CHANGED: "pencil",
    TimelineKind.POSTING_MOVED: "briefcase",
    TimelineKind.POSTINGS_ASKED: "envelope",
    TimelineKind.POSTING_OFFERED: "briefcase",
    TimelineKind.APPLICANTS_SHOWN: "envelope",
    TimelineKind.APPLICANT_ANSWERED: "chat-left-text",
    TimelineKind.INTERVIEWS_OFFERED: "calendar",
    TimelineKind.INTERVIEW_TAKEN_BACK: "calendar",
    TimelineKind.EVENT_HELD: "megaphone",
    TimelineKind.EVENT_MOVED: "megaphone",
    TimelineKind.SURVEY_SENT: "envelope",
    TimelineKind.SURVEY_ANSWERED: "clipboard-check",
    TimelineKind.NOTE: "chat-left-text",
}


def _field_names(entry: TimelineEntry) -> str:
    """The labels of the fields that a change touched; entries of old name them in their detail alone."""
    touched = [(change["model"], change["field"]) for change in entry.changes]
    touched = touched or [("partnerships.Enterprise", name) for name in entry.detail.split(",")]
    return _("; ").join(field_label(model, field) for model, field in touched)


def note_detail(pk: int) -> str:
    """The detail of an entry that stands for a note."""
    return f"note:{pk}"


def letter_of(entry: TimelineEntry) -> int | None:
    """The key of the message that an entry tells of; None where there is none."""
    name, _colon, key = entry.detail.partition(":")
    is_letter = entry.kind in (TimelineKind.EMAIL_SENT, TimelineKind.FILE_ASKED) and name == "message"
    return int(key) if is_letter and key.isdigit() else None


def detail_words(entry: TimelineEntry) -> str:
    """An entry's code in words; a code that is not known is shown as it is."""
    detail = "" if NAMES_RECORD.fullmatch(entry.detail) else entry.detail
    if entry.kind == TimelineKind.ENTERPRISE_CHANGED or (entry.changes and not detail):
        return _field_names(entry) if detail or entry.changes else ""
    if not detail or entry.kind == TimelineKind.EMAIL_SENT:  # its detail names the message, not a word
        return ""
    if entry.kind == TimelineKind.CONTACT_LEFT:
        return formats.date_format(date.fromisoformat(detail), "SHORT_DATE_FORMAT")
    if detail.startswith("investment:"):
        money = formats.number_format(Decimal(detail.removeprefix("investment:")), 0, force_grouping=True)
        return _("investment of %(money)s yuan") % {"money": money}
    return str(WORDS.get(entry.kind, {}).get(detail, detail))


def describe(entry: TimelineEntry) -> str:
    """The entry as one sentence: what happened, to what, and how it stands."""
    words = detail_words(entry)
    what = entry.get_kind_display()
    if entry.kind == TimelineKind.NOTE and entry.text:
        return entry.text
    if entry.text and words:
        return _("%(what)s: %(text)s (%(detail)s)") % {"what": what, "text": entry.text, "detail": words}
    if entry.text or words:
        return _("%(what)s: %(text)s") % {"what": what, "text": entry.text or words}
    return what

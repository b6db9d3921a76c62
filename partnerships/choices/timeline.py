"""What can happen around an enterprise."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TimelineKind(models.TextChoices):
    """What can happen around an enterprise; every app writes its own kinds."""

    ENTERPRISE_ADDED = "enterprise_added", _("File opened")
    ENTERPRISE_CHANGED = "enterprise_changed", _("File changed")
    ENTERPRISE_CONFIRMED = "enterprise_confirmed", _("File confirmed as correct")
    CONTACT_ADDED = "contact_added", _("Contact added")
    CONTACT_CHANGED = "contact_changed", _("Contact changed")
    CONTACT_LEFT = "contact_left", _("Contact left")
    CODE_CHECKED = "code_checked", _("Credit code checked")
    SITE_CHANGED = "site_changed", _("Site changed")
    FILE_ADDED = "file_added", _("File added")
    FILE_REMOVED = "file_removed", _("File removed")
    FILES_MERGED = "files_merged", _("Two files merged")
    MERGE_UNDONE = "merge_undone", _("Merge undone")
    IMPORTED = "imported", _("Imported")
    IMPORT_UNDONE = "import_undone", _("Import undone")
    HANDED_OVER = "handed_over", _("Handed over")
    EMAIL_SENT = "email_sent", _("E-mail sent")
    FILE_ASKED = "file_asked", _("Asked to confirm the file")
    FILE_ANSWERED = "file_answered", _("Answer of the enterprise")
    PROPOSAL_DECIDED = "proposal_decided", _("Correction decided")
    NEED_RECORDED = "need_recorded", _("Need recorded")
    NEED_CHANGED = "need_changed", _("Need changed")
    NEED_CLOSED = "need_closed", _("Need closed")
    AGREEMENT_MOVED = "agreement_moved", _("Agreement moved on")
    AGREEMENT_CHANGED = "agreement_changed", _("Agreement changed")
    AGREEMENT_FILED = "agreement_filed", _("Agreement file added")
    AGREEMENT_REVIEWED = "agreement_reviewed", _("Review of an agreement")
    AGREEMENT_SIGNING = "agreement_signing", _("Signing")
    RENEWAL_DECIDED = "renewal_decided", _("Renewal decided")
    COMMITMENT_MADE = "commitment_made", _("Promise made")
    COMMITMENT_CLOSED = "commitment_closed", _("Promise closed")
    COMMITMENT_CHANGED = "commitment_changed", _("Promise changed")
    EVIDENCE_ADDED = "evidence_added", _("Evidence added")
    INVESTMENT_PROMISED = "investment_promised", _("Investment promised")
    INVESTMENT_RECEIVED = "investment_received", _("Investment received")
    PROGRAMME_OPENED = "programme_opened", _("Programme opened")
    COMMUNITY_JOINED = "community_joined", _("Joined a community")
    PROGRAMME_CHANGED = "programme_changed", _("Programme changed")
    OUTCOME_RECORDED = "outcome_recorded", _("Outcome recorded")
    COMMUNITY_CHANGED = "community_changed", _("Place in a community changed")
    PLAQUE_AWARDED = "plaque_awarded", _("Plaque awarded")
    PLAQUE_CHANGED = "plaque_changed", _("Plaque changed")
    PLAQUE_TAKEN_DOWN = "plaque_taken_down", _("Plaque taken down")
    MENTOR_APPOINTED = "mentor_appointed", _("Industry mentor appointed")
    MENTOR_CHANGED = "mentor_changed", _("Industry mentor changed")
    MENTOR_APPEARED = "mentor_appeared", _("Industry mentor on campus")
    VISIT_PLANNED = "visit_planned", _("Visit planned")
    VISIT_CHANGED = "visit_changed", _("Visit changed")
    VISIT_MOVED = "visit_moved", _("Visit moved on")
    VISIT_REPORTED = "visit_reported", _("Visit reported")
    VISIT_RETURNED = "visit_returned", _("Report returned")
    VISIT_AMENDED = "visit_amended", _("Changed after the check")
    FOLLOW_UP_DONE = "follow_up_done", _("Follow-up done")
    POSTING_CHANGED = "posting_changed", _("Posting changed")
    POSTING_MOVED = "posting_moved", _("Posting moved on")
    POSTINGS_ASKED = "postings_asked", _("Asked for postings")
    POSTING_OFFERED = "posting_offered", _("Posting offered by the enterprise")
    APPLICANTS_SHOWN = "applicants_shown", _("Applicants shown to the enterprise")
    APPLICANT_ANSWERED = "applicant_answered", _("Enterprise answered an applicant")
    INTERVIEWS_OFFERED = "interviews_offered", _("Enterprise offered interview hours")
    INTERVIEW_TAKEN_BACK = "interview_taken_back", _("Enterprise took an interview hour back")
    ACCOUNT_INVITED = "account_invited", _("Contact invited to an account")
    ACCOUNT_ENDED = "account_ended", _("Account of a contact ended")
    EVENT_HELD = "event_held", _("Event")
    EVENT_MOVED = "event_moved", _("Event moved on")
    SURVEY_SENT = "survey_sent", _("Survey sent")
    SURVEY_ANSWERED = "survey_answered", _("Survey answered")
    NOTE = "note", _("Note")


# What counts as having been in touch with an enterprise.
IN_TOUCH = frozenset(
    {
        TimelineKind.VISIT_REPORTED,
        TimelineKind.EVENT_HELD,
        TimelineKind.NEED_RECORDED,
        TimelineKind.FILE_ANSWERED,
        TimelineKind.SURVEY_ANSWERED,
        TimelineKind.POSTING_OFFERED,
        TimelineKind.MENTOR_APPEARED,
        TimelineKind.NOTE,
    }
)


class TimelineGroup(models.TextChoices):
    """What the kinds of the timeline are about, as people look for them."""

    FILE = "file", pgettext_lazy("timeline", "The file")
    CONTACTS = "contacts", pgettext_lazy("timeline", "Contacts")
    NEEDS = "needs", pgettext_lazy("timeline", "Needs")
    AGREEMENTS = "agreements", pgettext_lazy("timeline", "Agreements and promises")
    PROGRAMMES = "programmes", pgettext_lazy("timeline", "Programmes and communities")
    VISITS = "visits", pgettext_lazy("timeline", "Visits and events")
    POSTINGS = "postings", pgettext_lazy("timeline", "Postings")
    LETTERS = "letters", pgettext_lazy("timeline", "Letters and answers")
    NOTES = "notes", pgettext_lazy("timeline", "Notes and papers")


_K = TimelineKind
KINDS_OF: dict[TimelineGroup, tuple[TimelineKind, ...]] = {
    TimelineGroup.FILE: (
        _K.ENTERPRISE_ADDED, _K.ENTERPRISE_CHANGED, _K.ENTERPRISE_CONFIRMED, _K.CODE_CHECKED, _K.SITE_CHANGED,
        _K.FILES_MERGED, _K.MERGE_UNDONE, _K.IMPORTED, _K.IMPORT_UNDONE, _K.HANDED_OVER,
    ),
    TimelineGroup.CONTACTS: (
        _K.CONTACT_ADDED, _K.CONTACT_CHANGED, _K.CONTACT_LEFT, _K.ACCOUNT_INVITED, _K.ACCOUNT_ENDED,
    ),
    TimelineGroup.NEEDS: (_K.NEED_RECORDED, _K.NEED_CHANGED, _K.NEED_CLOSED),
    TimelineGroup.AGREEMENTS: (
        _K.AGREEMENT_MOVED, _K.AGREEMENT_CHANGED, _K.AGREEMENT_FILED, _K.AGREEMENT_REVIEWED, _K.AGREEMENT_SIGNING,
        _K.RENEWAL_DECIDED, _K.COMMITMENT_MADE, _K.COMMITMENT_CHANGED, _K.EVIDENCE_ADDED, _K.COMMITMENT_CLOSED,
        _K.INVESTMENT_PROMISED, _K.INVESTMENT_RECEIVED,
    ),
    TimelineGroup.PROGRAMMES: (
        _K.PROGRAMME_OPENED, _K.PROGRAMME_CHANGED, _K.OUTCOME_RECORDED, _K.COMMUNITY_JOINED, _K.COMMUNITY_CHANGED,
        _K.PLAQUE_AWARDED, _K.PLAQUE_CHANGED, _K.PLAQUE_TAKEN_DOWN, _K.MENTOR_APPOINTED, _K.MENTOR_CHANGED,
        _K.MENTOR_APPEARED,
    ),
    TimelineGroup.VISITS: (
        _K.VISIT_PLANNED, _K.VISIT_CHANGED, _K.VISIT_MOVED, _K.VISIT_REPORTED, _K.VISIT_RETURNED, _K.VISIT_AMENDED,
        _K.FOLLOW_UP_DONE, _K.EVENT_HELD, _K.EVENT_MOVED,
    ),
    TimelineGroup.POSTINGS: (
        _K.POSTING_CHANGED, _K.POSTING_MOVED, _K.POSTINGS_ASKED, _K.POSTING_OFFERED, _K.APPLICANTS_SHOWN,
        _K.APPLICANT_ANSWERED, _K.INTERVIEWS_OFFERED, _K.INTERVIEW_TAKEN_BACK,
    ),
    TimelineGroup.LETTERS: (
        _K.EMAIL_SENT, _K.FILE_ASKED, _K.FILE_ANSWERED, _K.PROPOSAL_DECIDED, _K.SURVEY_SENT,
        _K.SURVEY_ANSWERED,
    ),
    TimelineGroup.NOTES: (_K.NOTE, _K.FILE_ADDED, _K.FILE_REMOVED),
}  # fmt: skip

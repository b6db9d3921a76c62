"""What can happen around an enterprise."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    AGREEMENT_FILED = "agreement_filed", _("Agreement file added")
    COMMITMENT_MADE = "commitment_made", _("Promise made")
    COMMITMENT_CLOSED = "commitment_closed", _("Promise closed")
    PROGRAMME_OPENED = "programme_opened", _("Programme opened")
    COMMUNITY_JOINED = "community_joined", _("Joined a community")
    PLAQUE_AWARDED = "plaque_awarded", _("Plaque awarded")
    VISIT_PLANNED = "visit_planned", _("Visit planned")
    VISIT_MOVED = "visit_moved", _("Visit moved on")
    VISIT_REPORTED = "visit_reported", _("Visit reported")
    FOLLOW_UP_DONE = "follow_up_done", _("Follow-up done")
    POSTING_MOVED = "posting_moved", _("Posting moved on")
    EVENT_HELD = "event_held", _("Event")
    NOTE = "note", _("Note")


# What counts as having been in touch with an enterprise.
IN_TOUCH = frozenset(
    {
        TimelineKind.VISIT_REPORTED,
        TimelineKind.EVENT_HELD,
        TimelineKind.NEED_RECORDED,
        TimelineKind.FILE_ANSWERED,
        TimelineKind.NOTE,
    }
)

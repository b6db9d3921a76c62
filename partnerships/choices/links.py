"""Fixed words of what enterprises say by signed link."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LinkPurpose(models.TextChoices):
    """What an enterprise's contact may do by a signed link."""

    CONFIRM_FILE = "confirm_file", _("Confirm the file of the year")
    SIGN_AGREEMENT = "sign_agreement", _("Sign an agreement")
    OFFER_POSTS = "offer_posts", _("Offer postings")
    SEE_APPLICANTS = "see_applicants", _("See applicants")


class LinkEventKind(models.TextChoices):
    SENT = "sent", _("Sent")
    OPENED = "opened", _("Opened")
    SUBMITTED = "submitted", _("Answered")
    FORWARDED = "forwarded", _("Forwarded")
    REVOKED = "revoked", _("Withdrawn")
    REFUSED = "refused", _("Refused")


class Intake(models.TextChoices):
    """Whether an enterprise would take people this year."""

    YES = "yes", pgettext_lazy("would take people", "Yes")
    MAYBE = "maybe", pgettext_lazy("would take people", "Maybe")
    NO = "no", pgettext_lazy("would take people", "No")


class ProposalState(models.TextChoices):
    OPEN = "open", _("To be decided")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class LinkState(models.TextChoices):
    """What somebody finds who opens a signed link."""

    OPEN = "open", _("May be answered")
    ANSWERED = "answered", _("Answered")
    EXPIRED = "expired", _("Expired")
    FORWARDED = "forwarded", _("Passed on")
    REPLACED = "replaced", _("Replaced by a newer letter")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Reaction(models.TextChoices):
    """How far an enterprise came with the file of the year."""

    ANSWERED = "answered", _("Answered")
    OPENED = "opened", _("Opened, not answered")
    SILENT = "silent", _("No reaction")
    UNREACHABLE = "unreachable", _("Not reachable")


# What a letter or a passing on is called in a link's events and on the timeline.
REMINDER, AGAIN, FORWARDED, FORWARDED_OUTSIDE = "reminder", "again", "forwarded", "forwarded_outside"
RETURNED = "returned"  # a posting that was sent back to who offered it

# What an enterprise reads of its own file and may propose to have otherwise; nothing else of it is shown.
FILE_FIELDS = ("legal_name", "short_name", "name_en", "address", "city", "website", "staff_count", "about")
PERSON_FIELDS = ("name", "title", "phone", "email")
# Proposals that are no column: somebody is to be added, or has left.
NEW_CONTACT, LEFT = "new_contact", "left"

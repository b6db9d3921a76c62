"""Fixed words of the work on agreements."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.choices.agreements import AgreementState


def is_of_review(now: str, to: str) -> bool:
    """Whether a move sends an agreement to review or takes it out of there."""
    return AgreementState.IN_REVIEW in (now, to)


class EvidenceKind(models.TextChoices):
    """What shows that a promise was kept; each but the last two is a record of the portal."""

    VISIT = "visit", _("Visit")
    POSTING = "posting", _("Posting")
    INTERN = "intern", _("Intern taken")
    HIRE = "hire", _("Graduate hired")
    APPEARANCE = "appearance", _("Mentor on campus")
    RECEIPT = "receipt", _("Investment received")
    OUTCOME = "outcome", _("Outcome of a programme")
    FILE = "file", _("File of the agreement")
    OTHER = "other", pgettext_lazy("evidence", "Other")


class RenewalDecision(models.TextChoices):
    RENEW = "renew", _("Renew")
    RENEGOTIATE = "renegotiate", _("Negotiate anew")
    LET_END = "let_end", _("Let it end")

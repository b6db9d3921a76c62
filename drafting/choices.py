"""Fixed words of drawing up an agreement."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewerRole(models.TextChoices):
    """Who looks at a draft, one after the other."""

    COLLEGE = "college", _("College")
    OFFICE = "office", _("Employment office")
    LEGAL = "legal", _("Legal review")
    LEADERSHIP = "leadership", _("Leadership")


# Until the school sets an order of its own; leadership comes last where it decides (see selectors.order).
USUAL_ORDER = (ReviewerRole.COLLEGE, ReviewerRole.OFFICE, ReviewerRole.LEGAL)


class StepState(models.TextChoices):
    WAITING = "waiting", _("Not yet")
    OPEN = "open", _("To be decided")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned for correction")
    CANCELLED = "cancelled", _("Cancelled")


class DocumentLanguage(models.TextChoices):
    """In which languages a document is written; with both, each clause stands in Chinese and then in English."""

    CHINESE = "zh", _("Chinese")
    ENGLISH = "en", _("English")
    BOTH = "both", _("Both languages")

    @property
    def languages(self) -> tuple[str, ...]:
        return ("zh-hans", "en") if self == DocumentLanguage.BOTH else (LANGUAGE_CODES[self.value],)


class DocumentFormat(models.TextChoices):
    PDF = "pdf", "PDF"
    WORD = "docx", "Word"


LANGUAGE_CODES = {"zh": "zh-hans", "en": "en"}

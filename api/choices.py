"""What a token may read, and what is collected from other schools."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One for each family of records; the value is what the API and its document say."""

    CODES = "codes:read", _("Code lists, colleges, majors and the school itself")
    ENTERPRISES = "enterprises:read", _("Enterprises, needs, programmes, mentors, communities and their members")
    CONTACTS = "contacts:read", _("Contacts of enterprises: names, phones, e-mail (personal data)")
    VISITS = "visits:read", _("Visits, trips and campaigns")
    AGREEMENTS = "agreements:read", _("Agreements and promises")
    POSTINGS = "postings:read", _("Postings and events")
    APPLICATIONS = "applications:read", _("Applications with the names of students (personal data)")
    FIGURES = "figures:read", _("Figures, their rows, and how they stood")


PERSONAL = frozenset({Scope.CONTACTS, Scope.APPLICATIONS})

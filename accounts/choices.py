"""Roles and the few fixed words about people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does with the portal; a grant may be scoped to one college."""

    OFFICER = "officer", _("Employment office")
    COLLEGE = "college", _("College staff")
    LEADER = "leader", _("Leadership")
    STUDENT = "student", _("Student")
    CONTACT = "contact", _("Enterprise contact")
    ADMIN = "admin", _("Administrator")


class Level(models.TextChoices):
    """Level of study; a posting may ask for at least one of these."""

    DIPLOMA = "diploma", _("Vocational diploma")
    BACHELOR = "bachelor", _("Bachelor")
    MASTER = "master", _("Master")
    DOCTOR = "doctor", _("Doctor")


class OfficeKind(models.TextChoices):
    OFFICE = "office", _("Office")
    DEPARTMENT = "department", _("Department")


class Theme(models.TextChoices):
    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


LEVEL_ORDER = [Level.DIPLOMA, Level.BACHELOR, Level.MASTER, Level.DOCTOR]


class Language(models.TextChoices):
    """Languages that postings ask for and students speak."""

    CHINESE = "zh", _("Chinese")
    ENGLISH = "en", _("English")
    JAPANESE = "ja", _("Japanese")
    KOREAN = "ko", _("Korean")
    FRENCH = "fr", _("French")
    GERMAN = "de", _("German")
    SPANISH = "es", _("Spanish")
    RUSSIAN = "ru", _("Russian")
    ARABIC = "ar", _("Arabic")
    THAI = "th", _("Thai")
    VIETNAMESE = "vi", _("Vietnamese")


class LanguageLevel(models.TextChoices):
    """The levels of the Common European Framework of Reference, lowest first."""

    A1 = "a1", "A1"
    A2 = "a2", "A2"
    B1 = "b1", "B1"
    B2 = "b2", "B2"
    C1 = "c1", "C1"
    C2 = "c2", "C2"


LANGUAGE_LEVEL_ORDER = list(LanguageLevel)


# Where people of the school live for a while; others are set by an administrator.
TIME_ZONES = (
    ("Asia/Shanghai", _("Beijing")),
    ("Asia/Hong_Kong", _("Hong Kong")),
    ("Asia/Tokyo", _("Tokyo")),
    ("Asia/Seoul", _("Seoul")),
    ("Asia/Singapore", _("Singapore")),
    ("Asia/Bangkok", _("Bangkok")),
    ("Asia/Kolkata", _("New Delhi")),
    ("Asia/Dubai", _("Dubai")),
    ("Europe/Moscow", _("Moscow")),
    ("Europe/Berlin", _("Berlin")),
    ("Europe/Paris", _("Paris")),
    ("Europe/London", _("London")),
    ("America/New_York", _("New York")),
    ("America/Chicago", _("Chicago")),
    ("America/Los_Angeles", _("Los Angeles")),
    ("America/Sao_Paulo", _("São Paulo")),
    ("Australia/Sydney", _("Sydney")),
    ("Pacific/Auckland", _("Auckland")),
)

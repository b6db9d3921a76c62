"""Roles and the few fixed words about people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does with the portal; a grant may be scoped to one college."""

    OFFICER = "officer", _("Employment office")
    COLLEGE = "college", _("College staff")
    LEADER = "leader", _("Leadership")
    STUDENT = "student", _("Student")
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

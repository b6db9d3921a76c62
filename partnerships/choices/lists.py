"""What is done with many files at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BulkAction(models.TextChoices):
    LEVEL = "level", _("Set the level")
    OWNER = "owner", _("Set the owner")
    DEPUTY = "deputy", _("Set the deputy")
    ADD_TAG = "add_tag", _("Add a tag")
    REMOVE_TAG = "remove_tag", _("Remove a tag")
    EMAIL = "email", _("Write an e-mail")


MOST_AT_ONCE = 10_000  # files that one action takes

"""Templates of agreements, the texts drawn up from them, and the school's letterhead."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from core.models import Versioned
from core.names import in_language
from partnerships.models.agreements import Agreement
from partnerships.models.codes import AgreementKind


@tracked()
class AgreementTemplate(Versioned):
    """The school's standard text (示范文本) for a kind of agreement; one without a kind is offered for all."""

    kind = models.ForeignKey(
        AgreementKind, models.PROTECT, null=True, blank=True, related_name="templates", verbose_name=_("kind"),
        help_text=_("Empty: offered for every kind."),
    )  # fmt: skip
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    is_active = models.BooleanField(_("offered in forms"), default=True)

    class Meta:
        ordering = ["kind", "name_zh", "pk"]

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)


class Clause(models.Model):
    """A clause in both languages; in a body, words in double braces stand for facts of the agreement."""

    place = models.PositiveSmallIntegerField(_("place"))
    heading_zh = models.CharField(_("Chinese heading"), max_length=120)
    heading_en = models.CharField(_("English heading"), max_length=160, blank=True)
    body_zh = models.TextField(_("Chinese text"), max_length=6000)
    body_en = models.TextField(_("English text"), max_length=8000, blank=True)
    is_fixed = models.BooleanField(_("may not be changed on the standard track"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return in_language(self.heading_zh, self.heading_en)


@tracked()
class TemplateClause(Clause):
    """A clause of a template."""

    template = models.ForeignKey(AgreementTemplate, models.CASCADE, related_name="clauses")

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "place"], name="template_clause_place", deferrable=models.Deferrable.DEFERRED
            )
        ]


@tracked()
class Revision(models.Model):
    """One state of an agreement's text; a change makes the next one, and none is ever changed."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("revision"))
    template = models.ForeignKey(AgreementTemplate, models.SET_NULL, null=True, blank=True, related_name="revisions")
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return str(self.number)


@tracked()
class RevisionClause(Clause):
    """A clause of a revision; `origin` is the clause of the template that it came from."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="clauses")
    origin = models.ForeignKey(TemplateClause, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["revision", "place"], name="revision_clause_place")]


@tracked()
class Letterhead(Versioned):
    """What stands at the head and foot of every document of the school; there is one row."""

    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, help_text=_("Empty: the school's name."))
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    address_zh = models.CharField(_("Chinese address"), max_length=200, blank=True)
    address_en = models.CharField(_("English address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    website = models.CharField(_("website"), max_length=120, blank=True)
    logo = models.FileField(_("emblem"), upload_to="letterhead/", blank=True)
    logo_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="letterhead_is_one")]

    def __str__(self) -> str:
        return in_language(self.name_zh, self.name_en)

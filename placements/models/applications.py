"""Applications, their history, and what was sent with them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from core.models import Code, Versioned
from core.names import in_language
from partnerships.models.contacts import Contact
from placements.choices import WAITING, ApplicationState, DocumentKind
from placements.models.postings import Posting, PostingQuestion


@tracked()
class RejectionReason(Code):
    """A reason for which applications are rejected, with the kind text that the student reads."""

    text_zh = models.TextField(_("text to the student"), max_length=600)
    text_en = models.TextField(_("text to the student, in English"), max_length=900)

    def text(self) -> str:
        return in_language(self.text_zh, self.text_en)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User) -> ApplicationQuerySet:
        """One's own; the office all; college staff those of their college's students."""
        if user.is_office:
            return self
        if user.college_ids:
            return self.filter(student__student_profile__major__college__in=user.college_ids)
        return self.filter(student=user)


@tracked()
class Application(Versioned):
    """A student's application to a posting; there is never a second one."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="applications", verbose_name=_("posting"))
    student = models.ForeignKey(User, models.PROTECT, related_name="applications", verbose_name=_("student"))
    state = models.CharField(_("state"), max_length=12, choices=ApplicationState, default=ApplicationState.SUBMITTED)
    submitted_at = models.DateTimeField()
    letter = models.TextField(_("a few words to the enterprise"), max_length=2000, blank=True)
    snapshot = models.JSONField(help_text="Name, number, major, class and skills as they were when it was sent.")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    rejection = models.ForeignKey(
        RejectionReason, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reason of the list")
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        verbose_name = _("application")
        constraints = [
            models.UniqueConstraint(fields=["posting", "student"], name="application_once"),
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state_known"),
        ]
        indexes = [models.Index(fields=["-submitted_at", "-id"], name="application_newest")]

    def __str__(self) -> str:
        return f"{self.student} → {self.posting}"

    @property
    def is_waiting(self) -> bool:
        """Is an answer still to come?"""
        return self.state in WAITING


@tracked()
class ApplicationMove(models.Model):
    """One step in the life of an application."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="moves")
    state = models.CharField(max_length=12, choices=ApplicationState)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Where the enterprise moved it."
    )
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_state_display()


@tracked()
class ApplicationDocument(models.Model):
    """A file as it was sent with an application; what the student changes later leaves it as it is."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), upload_to="applications/%Y/%m/")
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="application_document_known"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class ApplicationAnswer(models.Model):
    """The answer to one screening question, with the question as it was asked."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    question = models.ForeignKey(PostingQuestion, models.SET_NULL, null=True, related_name="answers")
    asked = models.CharField(max_length=300)
    answer = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="application_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.asked} {self.answer}"


@tracked()
class ApplicationNote(models.Model):
    """What staff, or the enterprise, write about an application among themselves; the student never sees it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("note"), max_length=1000)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text


class ApplicationView(models.Model):
    """Who looked at an application or opened a file of it (个人信息保护法: access is logged)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="views")
    document = models.ForeignKey(ApplicationDocument, models.SET_NULL, null=True, blank=True, related_name="views")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80, help_text="As it was then.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["application", "-at"], name="application_view_newest")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"

"""The readable side of history: one stream per enterprise."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Concat

from accounts.models.people import User
from core.history import tracked
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise

OF_AGREEMENT = "agreement:"


def agreement_detail(pk: int) -> str:
    """The detail of an entry that tells what an agreement says; who may not read the agreement does not see it."""
    return f"{OF_AGREEMENT}{pk}"


class TimelineQuerySet(models.QuerySet["TimelineEntry"]):
    def visible_to(self, user: User) -> TimelineQuerySet:
        """Entries about private notes are their author's, those about office notes the office's.

        What an agreement says is told to those who may read the agreement.
        """
        if not user.is_school_staff:
            return self.none()
        rows = self.filter(Q(private_to__isnull=True) | Q(private_to=user))
        if user.is_office:
            return rows
        name = Concat(Value(OF_AGREEMENT), Cast("pk", models.CharField()))
        readable = Agreement.objects.visible_to(user).order_by().annotate(name=name).values("name")
        told = ~Q(kind=TimelineKind.AGREEMENT_CHANGED) | Q(detail__in=readable)
        return rows.filter(told, Q(office_only=False) | Q(by=user))

    def open_to_all_staff(self) -> TimelineQuerySet:
        """What may stand on paper that goes from hand to hand."""
        return self.filter(private_to__isnull=True, office_only=False)


@tracked()
class TimelineEntry(models.Model):
    """Something that happened around an enterprise, written with the change itself.

    `text` is what the person typed or the name of the record concerned; the words around it come
    from the kind, so that each reader reads them in their own language. `detail` is a code of a
    state or a number, put into words by `partnerships.timeline`.
    """

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="timeline")
    kind = models.CharField(max_length=24, choices=TimelineKind)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=400, blank=True)
    detail = models.CharField(max_length=60, blank=True)
    link = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=list, blank=True, help_text="What was, what is: see partnerships.changes.")
    private_to = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    office_only = models.BooleanField(default=False)

    objects = TimelineQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["enterprise", "-at"], name="timeline_by_enterprise")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text}"

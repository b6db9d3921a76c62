"""Agreements, their parties, and who signed them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import College, Major
from core.history import track_links, tracked
from core.models import Versioned
from partnerships.choices.agreements import (
    AgreementFileKind,
    AgreementStage,
    AgreementState,
    PartyRole,
    Side,
    SignatureWay,
    Track,
    party_label,
)
from partnerships.models.codes import AgreementKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise

EXPIRING_WITHIN = timedelta(days=90)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User) -> AgreementQuerySet:
        """The office and leadership see all; college staff those of their college or of the whole school."""
        if user.is_superuser or user.is_office or "leader" in user.roles:
            return self
        if user.college_ids:
            links = Agreement.colleges.through.objects.filter(agreement=OuterRef("pk"))
            return self.filter(Exists(links.filter(college__in=user.college_ids)) | ~Exists(links))
        return self.none()

    def with_enterprise(self, enterprise: Any) -> AgreementQuerySet:
        """Those of which an enterprise is a party, whichever letter it has; an OuterRef does too."""
        return self.filter(parties__enterprise=enterprise)

    def with_stage(self, on: date) -> AgreementQuerySet:
        """Annotate `stage`, an AgreementStage, as the dates have it on a day."""
        signed = Q(state=AgreementState.SIGNED)
        return self.annotate(
            stage=Case(
                When(~signed, then=F("state")),
                When(Q(starts_on__gt=on), then=Value(AgreementStage.SIGNED.value)),
                When(Q(ends_on__isnull=True) | Q(renews_itself=True), then=Value(AgreementStage.IN_FORCE.value)),
                When(Q(ends_on__lt=on), then=Value(AgreementStage.EXPIRED.value)),
                When(Q(ends_on__lte=on + EXPIRING_WITHIN), then=Value(AgreementStage.EXPIRING.value)),
                default=Value(AgreementStage.IN_FORCE.value),
                output_field=models.CharField(),
            )
        )

    def in_force(self, on: date) -> AgreementQuerySet:
        """Signed agreements whose dates include a day, expiring ones too."""
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
        lasts = Q(ends_on__isnull=True) | Q(renews_itself=True) | Q(ends_on__gte=on)
        return self.filter(begun, lasts, state=AgreementState.SIGNED)


@tracked()
class Agreement(Versioned):
    """A cooperation agreement (校企合作协议) between the school and an enterprise."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="agreements", verbose_name=_("enterprise"))
    kind = models.ForeignKey(AgreementKind, models.PROTECT, related_name="agreements", verbose_name=_("kind"))
    title = models.CharField(_("title"), max_length=200)
    number = models.CharField(_("agreement number"), max_length=60, blank=True)
    track = models.CharField(_("track"), max_length=12, choices=Track, default=Track.STANDARD)
    state = models.CharField(_("state"), max_length=20, choices=AgreementState, default=AgreementState.DRAFT)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    starts_on = models.DateField(_("in force from"), null=True, blank=True)
    ends_on = models.DateField(_("in force until"), null=True, blank=True)
    renews_itself = models.BooleanField(_("renews itself"), default=False)
    renewed_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="renewals", verbose_name=_("renews")
    )
    owner = models.ForeignKey(User, models.PROTECT, related_name="agreements_owned", verbose_name=_("owner"), null=True)
    enterprise_owner = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner at the enterprise")
    )
    colleges = models.ManyToManyField(College, related_name="agreements", blank=True, verbose_name=_("colleges"))
    majors = models.ManyToManyField(Major, related_name="agreements", blank=True, verbose_name=_("majors"))
    deputy = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="agreements_deputised", verbose_name=_("deputy")
    )
    enterprise_deputy = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("deputy at the enterprise")
    )
    framework = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="under_it",
        verbose_name=_("under the framework agreement"),
    )  # fmt: skip
    content = models.TextField(_("aims and content"), max_length=4000, blank=True)
    amount = models.DecimalField(_("sum, yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    originals = models.PositiveSmallIntegerField(_("number of originals"), null=True, blank=True)
    kept_where = models.CharField(_("where they are kept"), max_length=120, blank=True)
    archived_on = models.DateField(_("original archived on"), null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("agreement")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AgreementState.values), name="agreement_state_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="agreement_ends_after_start",
                violation_error_message=_("The agreement cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(renewed_from__isnull=True) | ~Q(renewed_from=F("pk")),
                name="agreement_renews_another",
                violation_error_message=_("An agreement cannot renew itself."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="agreement_amount_not_negative"
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="agreement_number_once",
                violation_error_message=_("An agreement with this number is on file already."),
            ),
        ]
        indexes = [
            models.Index(fields=["ends_on"], name="agreement_ending", condition=Q(state="signed", renews_itself=False))
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stage_label(self) -> str:
        """The word for the stage that with_stage put on the row."""
        return str(AgreementStage(getattr(self, "stage", self.state)).label)

    def enterprise_keys(self) -> set[int]:
        """Keys of the enterprises among its parties."""
        return {party.enterprise_id for party in self.parties.all() if party.enterprise_id}

    def stage_on(self, on: date) -> AgreementStage:
        """The stage on a day; the same rule as AgreementQuerySet.with_stage, for one row."""
        if self.state != AgreementState.SIGNED:
            return AgreementStage(self.state)
        if self.starts_on and self.starts_on > on:
            return AgreementStage.SIGNED
        if self.ends_on is None or self.renews_itself:
            return AgreementStage.IN_FORCE
        if self.ends_on < on:
            return AgreementStage.EXPIRED
        return AgreementStage.EXPIRING if self.ends_on <= on + EXPIRING_WITHIN else AgreementStage.IN_FORCE


AgreementCollegesLink = track_links(Agreement, "colleges")
AgreementMajorsLink = track_links(Agreement, "majors")


@tracked()
class AgreementParty(models.Model):
    """A party of an agreement (甲方, 乙方, …): the school, an enterprise of ours, or another unit by its name.

    `place` is its letter: 1 is Party A. `Agreement.enterprise` is the first enterprise among the parties.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    place = models.PositiveSmallIntegerField(_("place"))
    is_school = models.BooleanField(_("our school"), default=False)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="parties", verbose_name=_("enterprise")
    )
    name = models.CharField(_("name"), max_length=200, blank=True, help_text=_("Of a unit that has no file here."))
    role = models.CharField(_("role"), max_length=10, choices=PartyRole, default=PartyRole.PARTNER)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=PartyRole.values), name="party_role_known"),
            models.CheckConstraint(
                condition=Q(is_school=True, enterprise__isnull=True, name="")
                | Q(is_school=False, enterprise__isnull=False, name="")
                | (Q(is_school=False, enterprise__isnull=True) & ~Q(name="")),
                name="party_is_one_unit",
            ),
            models.UniqueConstraint(fields=["agreement", "enterprise"], name="party_once"),
            models.UniqueConstraint(fields=["agreement"], condition=Q(is_school=True), name="party_school_once"),
            models.UniqueConstraint(fields=["agreement", "name"], condition=~Q(name=""), name="party_name_once"),
        ]

    def __str__(self) -> str:
        if self.is_school:
            return gettext("Our school")
        return str(self.enterprise) if self.enterprise_id else self.name

    @property
    def label(self) -> str:
        return party_label(self.place)

    @property
    def side(self) -> Side:
        return Side.SCHOOL if self.is_school else Side.ENTERPRISE


@tracked()
class AgreementField(models.Model):
    """One field of cooperation that an agreement names, such as textbook development."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="fields")
    name = models.CharField(_("field of cooperation"), max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class AgreementMove(models.Model):
    """One step in the life of an agreement: who moved it, when, and with what note."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="moves")
    state = models.CharField(max_length=20, choices=AgreementState)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_state_display()


@tracked()
class Signature(models.Model):
    """A party's signature under an agreement; signatures from before parties were rows know their side alone."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    party = models.ForeignKey(
        AgreementParty, models.CASCADE, null=True, blank=True, related_name="signatures", verbose_name=_("party")
    )
    side = models.CharField(_("side"), max_length=10, choices=Side)
    name = models.CharField(_("signed by"), max_length=80)
    title = models.CharField(_("position"), max_length=120, blank=True)
    signed_on = models.DateField(_("signed on"))
    way = models.CharField(_("how"), max_length=6, choices=SignatureWay, default=SignatureWay.PAPER)

    class Meta:
        ordering = ["side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "side", "party", "name"], nulls_distinct=False, name="signature_once_per_person"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="signature_side_known"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class AgreementFile(models.Model):
    """A version of a file that belongs to an agreement."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="files")
    kind = models.CharField(_("kind"), max_length=12, choices=AgreementFileKind)
    file = models.FileField(_("file"), upload_to="agreements/%Y/")
    name = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name

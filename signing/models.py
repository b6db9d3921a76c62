"""Who is to sign an agreement for which party, and how anyone can check that it was signed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from partnerships.choices.agreements import SignatureWay
from partnerships.models.agreements import Agreement, AgreementFile, AgreementParty, Signature
from partnerships.models.contacts import Contact
from partnerships.models.links import SignedLink


@tracked()
class SigningRequest(models.Model):
    """A person asked to sign for a party: by signed link, in the portal, or on paper."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signing_requests")
    party = models.ForeignKey(AgreementParty, models.CASCADE, related_name="signing_requests", verbose_name=_("party"))
    way = models.CharField(_("how"), max_length=6, choices=SignatureWay, default=SignatureWay.LINK)
    name = models.CharField(_("name"), max_length=80)
    title = models.CharField(_("position"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="signing_requests", verbose_name=_("colleague")
    )
    link = models.OneToOneField(
        SignedLink, models.SET_NULL, null=True, blank=True, related_name="signing_request",
        help_text="The link that holds now; the ones before it are retired.",
    )  # fmt: skip
    requested_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    signature = models.OneToOneField(Signature, models.SET_NULL, null=True, blank=True, related_name="signing_request")

    class Meta:
        ordering = ["party__place", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=SignatureWay.values), name="request_way_known"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(sent_at__isnull=False, signed_at__gte=F("sent_at")),
                name="request_signed_after_sent",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True) | ~Q(reason=""), name="request_declined_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Verification(models.Model):
    """The code by which anyone can check an agreement: serial, parties and dates, nothing else."""

    agreement = models.OneToOneField(Agreement, models.CASCADE, related_name="verification")
    serial = models.CharField(_("serial"), max_length=30, unique=True)
    code = models.CharField(_("verification code"), max_length=20, unique=True)
    file = models.ForeignKey(
        AgreementFile, models.SET_NULL, null=True, blank=True, related_name="+", help_text="The text that was signed."
    )
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the text that was signed.")
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.serial

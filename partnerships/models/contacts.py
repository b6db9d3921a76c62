"""People at enterprises."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, OuterRef, Q, Value
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import track_links, tracked
from core.names import in_language
from core.search import Bigrams
from partnerships.models.enterprises import Enterprise
from partnerships.models.freshness import Confirmable
from partnerships.phones import dial


class PhoneDigits(models.Func):
    """The digits of the numbers in some columns, without spaces and signs; a bar stands between two numbers."""

    template = "regexp_replace(%(expressions)s, '[^0-9|]', '', 'g')"
    arg_joiner = " || '|' || "
    output_field = models.TextField()


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> ContactQuerySet:
        return self if user.is_school_staff else self.none()

    def with_acquaintances(self) -> ContactQuerySet:
        """With everyone at the school who knows them and who vouched for them, in the same query."""
        others = User.objects.filter(contacts_known_too=OuterRef("pk")).order_by("number")
        names = others.values(json=JSONObject(name="name", name_en="name_en"))
        return self.select_related("known_by", "confirmed_by", "confirmed_via").annotate(
            also_known=ArraySubquery(names)
        )

    def current(self, on: date) -> ContactQuerySet:
        """People who work there on a day."""
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gte=on))


@tracked()
class Contact(Confirmable):
    """A person at an enterprise, for a time; one who leaves stays in the history."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=80, db_index=True)
    title = models.CharField(_("position"), max_length=120, blank=True)
    department = models.CharField(_("department"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    landline = models.CharField(_("landline"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    wechat = models.CharField(_("WeChat"), max_length=60, blank=True)
    language = models.CharField(_("language of letters"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    is_primary = models.BooleanField(_("first contact"), default=False)
    known_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="contacts_known", verbose_name=_("known by")
    )
    also_known_by = models.ManyToManyField(
        User, related_name="contacts_known_too", blank=True, verbose_name=_("also known by")
    )
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["to_on", "-is_primary", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="contact_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(is_primary=True, to_on__isnull=True),
                name="contact_one_primary",
            ),
        ]
        indexes = [
            GinIndex(Bigrams(F("name"), Value("")), name="contact_search"),
            GinIndex(OpClass(PhoneDigits("phone", "landline"), name="gin_trgm_ops"), name="contact_like_phone"),
        ]

    def __str__(self) -> str:
        return self.name

    def has_left(self, on: date) -> bool:
        """Their last day at the enterprise lies behind; see also ContactQuerySet.current."""
        return self.to_on is not None and self.to_on < on

    @property
    def phone_link(self) -> str:
        return dial(self.phone)

    @property
    def landline_link(self) -> str:
        return dial(self.landline)

    @property
    def acquaintances(self) -> list[str]:
        """Who at the school knows them, the first first; only of rows read by with_acquaintances."""
        others = [in_language(other["name"], other["name_en"]) for other in self.also_known]  # type: ignore[attr-defined]
        return [str(self.known_by), *others] if self.known_by else others


ContactAlsoKnownByLink = track_links(Contact, "also_known_by")

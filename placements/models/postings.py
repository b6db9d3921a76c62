"""Postings: what an enterprise offers, and to whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language, LanguageLevel, Level
from accounts.models.people import User
from accounts.models.school import Major
from core.history import track_links, tracked
from core.models import Versioned
from core.names import in_language
from partnerships.models.codes import Province
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from placements.choices import (
    MONTHLY,
    DocumentKind,
    PayPeriod,
    PostingKind,
    PostingSource,
    PostingState,
    QuestionKind,
    WorkMode,
)
from placements.models.marking import marked_column
from placements.sounds import sounds


def in_a_month(pay: str) -> Cast:
    """A pay in whole yuan a month, whatever it is given for; see choices.MONTHLY."""
    of_each = (
        When(
            pay_period=period,
            then=ExpressionWrapper(F(pay) * Value(float(factor)), output_field=models.FloatField()),
        )
        for period, factor in MONTHLY.items()
    )
    return Cast(Case(*of_each, output_field=models.FloatField()), models.IntegerField())


# A posting is as fresh as its publication; a draft as its first line.
FRESH = Coalesce("published_at", "created_at")


class PostingQuerySet(models.QuerySet["Posting"]):
    def open(self, on: date) -> PostingQuerySet:
        """Published, begun and not past the closing day; the day itself still counts."""
        return self.filter(state=PostingState.PUBLISHED).in_its_days(on)

    def in_its_days(self, on: date) -> PostingQuerySet:
        """Open on a day if it is published."""
        return self.filter(Q(opens_on__isnull=True) | Q(opens_on__lte=on), closes_on__gte=on)

    def announced(self, on: date) -> PostingQuerySet:
        """Published, and opening on a later day."""
        return self.filter(state=PostingState.PUBLISHED, opens_on__gt=on)

    def visible_to(self, user: User, *, on: date) -> PostingQuerySet:
        """Staff see every posting; a student the open and the announced ones, and those they applied to."""
        if user.is_school_staff:
            return self
        applied = self.model.objects.filter(applications__student=user).values("pk")
        announced = Q(state=PostingState.PUBLISHED, opens_on__gt=on)  # see announced
        return self.filter(Q(pk__in=self.model.objects.open(on).values("pk")) | announced | Q(pk__in=applied))


# What is derived from a posting to find it by; no list reads these.
SEARCHED = ("title_sounds", "sounds", "words", "major_codes", "title_search", "search")


@tracked(exclude=SEARCHED)
class Posting(Versioned):
    """An opening of an enterprise: internship, job or campus recruitment."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="postings", verbose_name=_("enterprise"))
    kind = models.CharField(_("kind"), max_length=12, choices=PostingKind)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    description = models.TextField(_("the work and what it asks for"), max_length=5000)
    description_en = models.TextField(_("the same in English"), max_length=8000, blank=True)
    skills = ArrayField(models.CharField(max_length=60), verbose_name=_("skills asked for"), default=list, blank=True)
    headcount = models.PositiveIntegerField(_("places"))
    majors = models.ManyToManyField(
        Major, related_name="postings", blank=True, verbose_name=_("majors"), help_text=_("None means all majors.")
    )
    major_classes = ArrayField(
        models.CharField(max_length=4),
        verbose_name=_("broad classes"),
        default=list,
        blank=True,
        help_text="The first two digits of the codes of majors (专业大类).",
    )
    class_of = models.PositiveSmallIntegerField(_("graduating class"), null=True, blank=True)
    level = models.CharField(_("at least"), max_length=12, choices=Level, blank=True)
    province = models.ForeignKey(Province, models.PROTECT, null=True, blank=True, verbose_name=_("province"))
    city = models.CharField(_("city"), max_length=60, blank=True)
    address = models.CharField(_("address of the work"), max_length=200, blank=True)
    mode = models.CharField(_("way of working"), max_length=8, choices=WorkMode, default=WorkMode.ON_SITE)
    pay_min = models.PositiveIntegerField(_("pay from, yuan"), null=True, blank=True)
    pay_max = models.PositiveIntegerField(_("pay to, yuan"), null=True, blank=True)
    pay_period = models.CharField(_("pay is for"), max_length=5, choices=PayPeriod, default=PayPeriod.MONTH)
    pay_months = models.PositiveSmallIntegerField(_("months paid a year"), null=True, blank=True)
    pay_negotiable = models.BooleanField(_("pay can be negotiated"), default=False)
    pay_monthly_min = models.GeneratedField(
        expression=in_a_month("pay_min"), output_field=models.IntegerField(null=True), db_persist=True
    )
    pay_monthly_max = models.GeneratedField(
        expression=in_a_month("pay_max"), output_field=models.IntegerField(null=True), db_persist=True
    )
    starts_on = models.DateField(_("work begins on"), null=True, blank=True)
    ends_on = models.DateField(_("work ends on"), null=True, blank=True)
    days_a_week = models.PositiveSmallIntegerField(_("days a week"), null=True, blank=True)
    documents = ArrayField(
        models.CharField(max_length=12, choices=DocumentKind),
        verbose_name=_("documents wanted"),
        default=list,
        blank=True,
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="postings", verbose_name=_("contact")
    )
    contact_shown = models.BooleanField(_("students see the contact"), default=False)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"))
    answer_by = models.DateField(_("answer promised by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PostingState, default=PostingState.DRAFT)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    source = models.CharField(
        _("source"), max_length=8, choices=PostingSource, default=PostingSource.STAFF, editable=False
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", editable=False
    )
    offered_by = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="postings_offered", editable=False
    )
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    title_sounds = models.TextField(default="", editable=False)
    sounds = models.TextField(
        default="", editable=False, help_text="Of everything but the title; see placements.sounds."
    )
    words = models.TextField(
        default="", editable=False, help_text="Names of the enterprise and the province, skills; kept by a trigger."
    )
    major_codes = ArrayField(
        models.CharField(max_length=20), default=list, editable=False, help_text="Of its majors; kept by a trigger."
    )
    title_search = marked_column("title", "title_en", "title_sounds")
    search = marked_column(
        "title", "title_en", "title_sounds", "words", "city", "address", "description", "description_en", "sounds"
    )

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("posting")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PostingState.values), name="posting_state_known"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="posting_closes_after_opening",
                violation_error_message=_("The posting cannot close before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(pay_min__isnull=True) | Q(pay_max__isnull=True) | Q(pay_max__gte=F("pay_min")),
                name="posting_pay_range",
                violation_error_message=_("The upper end of the pay is below the lower end."),
            ),
            models.CheckConstraint(condition=Q(headcount__gte=1), name="posting_has_places"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="posting_work_ends_after_start",
                violation_error_message=_("The work cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(mode__in=WorkMode.values, pay_period__in=PayPeriod.values, source__in=PostingSource.values),
                name="posting_words_known",
            ),
            models.CheckConstraint(
                condition=Q(pay_months__isnull=True) | Q(pay_months__gte=12, pay_months__lte=24),
                name="posting_months_plausible",
            ),
            models.CheckConstraint(
                condition=Q(days_a_week__isnull=True) | Q(days_a_week__gte=1, days_a_week__lte=7),
                name="posting_days_of_a_week",
            ),
        ]
        indexes = [
            # Without a list of what waits to be indexed, which every search would have to read as well.
            GinIndex(fields=["search"], name="posting_search", fastupdate=False),
            GinIndex(fields=["title_search"], name="posting_title_search", fastupdate=False),
            models.Index(FRESH.desc(), F("id").desc(), name="posting_by_freshness"),
            models.Index(FRESH.desc(), F("id").desc(), name="posting_open_fresh", condition=Q(state="published")),
            models.Index(fields=["closes_on", "id"], name="posting_open", condition=Q(state="published")),
            models.Index(fields=["enterprise", "-id"], name="posting_by_enterprise"),
        ]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_sounds()
        super().save(*args, **kwargs)

    def derive_sounds(self) -> None:
        """Work out how it sounds, by which it is found in Latin letters; bulk writers call it for each."""
        self.title_sounds = sounds(self.title, with_initials=True)
        names = sounds(f"{self.city} {' '.join(self.skills)}", with_initials=True)
        self.sounds = f"{names} . {sounds(self.description, with_initials=False)}"

    def is_open(self, on: date) -> bool:
        """See also PostingQuerySet.open."""
        begun = self.opens_on is None or self.opens_on <= on
        return self.state == PostingState.PUBLISHED and begun and self.closes_on >= on

    def is_announced(self, on: date) -> bool:
        """See also PostingQuerySet.announced."""
        return self.state == PostingState.PUBLISHED and self.opens_on is not None and self.opens_on > on

    @property
    def states_pay(self) -> bool:
        """Is at least one end of the pay known?"""
        return self.pay_min is not None or self.pay_max is not None

    @property
    def location(self) -> str:
        """Province and city of the work; empty where neither is known."""
        return self.province.with_city(self.city) if self.province else self.city


PostingMajorsLink = track_links(Posting, "majors")


@tracked()
class PostingLanguage(models.Model):
    """A language that a posting asks for, at least at a level."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=4, choices=Language)
    level = models.CharField(_("at least"), max_length=2, choices=LanguageLevel)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["posting", "language"], name="posting_language_once"),
            models.CheckConstraint(
                condition=Q(language__in=Language.values, level__in=LanguageLevel.values), name="posting_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_language_display()} {self.get_level_display()}"


@tracked()
class PostingQuestion(models.Model):
    """What an enterprise asks everyone who applies."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind of answer"), max_length=6, choices=QuestionKind, default=QuestionKind.TEXT)
    text = models.CharField(_("question"), max_length=200)
    text_en = models.CharField(_("question in English"), max_length=300, blank=True)
    choices = ArrayField(
        models.CharField(max_length=80), verbose_name=_("answers to choose from"), default=list, blank=True
    )
    is_required = models.BooleanField(_("must be answered"), default=True)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="posting_question_known"),
        ]

    def __str__(self) -> str:
        return in_language(self.text, self.text_en)

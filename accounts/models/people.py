"""People who sign in, what they may do, and what students say of themselves."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language, LanguageLevel, Level, Role, Theme
from accounts.models.school import College, Major
from core.history import tracked
from core.names import in_language


class UserQuerySet(models.QuerySet["User"]):
    def holding(self, role: Role, *, on: date, college: College | None = None) -> UserQuerySet:
        """Active people who hold a role on a day, for one college when given."""
        grants = RoleGrant.objects.in_force(on).filter(role=role)
        if college is not None:
            grants = grants.filter(college=college)
        return self.filter(is_active=True, pk__in=grants.values("user"))


def is_time_zone(name: str) -> None:
    """Raises ValidationError for what is no time zone of the IANA database."""
    if name not in available_timezones():
        raise ValidationError(_("This is no time zone."))


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person who can sign in; the e-mail address is kept in lower case."""
        user: User = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """The first administrator, from the command line."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


@tracked(exclude=("password", "last_login"))
class User(AbstractBaseUser, PermissionsMixin):
    """A person of the school; the staff or student number identifies them, not name or phone."""

    email = models.EmailField(_("e-mail"), unique=True)
    number = models.CharField(_("staff or student number"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in Latin letters"), max_length=80, blank=True)
    title = models.CharField(_("position"), max_length=120, blank=True)
    title_en = models.CharField(_("position in English"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    time_zone = models.CharField(
        _("time zone"), max_length=40, blank=True, help_text=_("Empty is the school's own."), validators=[is_time_zone]
    )
    theme = models.CharField(_("appearance"), max_length=5, choices=Theme, default=Theme.AUTO)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may open the repair pages"), default=False)
    is_demo = models.BooleanField(_("sample account"), default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["number", "name"]

    class Meta:
        ordering = ["number"]
        verbose_name = _("person")

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)

    @property
    def zone(self) -> str:
        """The name of the time zone in which this person lives, as in the IANA database."""
        return self.time_zone or settings.TIME_ZONE

    @property
    def display_title(self) -> str:
        return in_language(self.title, self.title_en)

    def get_full_name(self) -> str:
        return str(self)

    @cached_property
    def grants(self) -> list[RoleGrant]:
        """The role grants in force today, read once per request."""
        return list(self.role_grants.in_force(timezone.localdate()).order_by("pk"))

    @property
    def roles(self) -> set[str]:
        held = {grant.role for grant in self.grants}
        return held | {Role.ADMIN.value} if self.is_superuser else held

    def has_role(self, *roles: Role) -> bool:
        return bool(self.roles & {role.value for role in roles})

    @property
    def is_office(self) -> bool:
        """Employment office or administrator: sees and does everything of the office."""
        return self.has_role(Role.OFFICER, Role.ADMIN)

    @property
    def is_school_staff(self) -> bool:
        return self.has_role(Role.OFFICER, Role.ADMIN, Role.COLLEGE, Role.LEADER)

    @cached_property
    def leader_ids(self) -> set[int]:
        """The leaders whose paperwork this person does today, read once per request."""
        return set(self.assists.in_force(timezone.localdate()).values_list("leader", flat=True))

    @property
    def college_ids(self) -> set[int]:
        """Colleges whose staff this person is."""
        return {g.college_id for g in self.grants if g.role == Role.COLLEGE and g.college_id is not None}


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def in_force(self, on: date) -> RoleGrantQuerySet:
        """Grants that hold on a day; the last day counts."""
        return self.filter(Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))


@tracked()
class RoleGrant(models.Model):
    """A role of a person for a time, for the whole school or one college."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    college = models.ForeignKey(College, models.PROTECT, null=True, blank=True, related_name="role_grants")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")), name="grant_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.COLLEGE) | Q(college__isnull=False), name="grant_college_staff_has_college"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.college or ''}".strip()


class AssistantQuerySet(models.QuerySet["Assistant"]):
    def in_force(self, on: date) -> AssistantQuerySet:
        """Who assists on a day; the last day counts."""
        return self.filter(Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))


@tracked()
class Assistant(models.Model):
    """Somebody who does a leader's paperwork (秘书): reports the leader's visits, is asked for what is missing."""

    leader = models.ForeignKey(User, models.CASCADE, related_name="assistants", verbose_name=_("leader"))
    user = models.ForeignKey(User, models.CASCADE, related_name="assists", verbose_name=_("assistant"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = AssistantQuerySet.as_manager()

    class Meta:
        ordering = ["leader", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(leader=models.F("user")), name="assistant_of_somebody_else"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="assistant_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["leader", "user"], condition=Q(ends_on__isnull=True), name="assistant_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader} – {self.user}"


class StudentProfileQuerySet(models.QuerySet["StudentProfile"]):
    def visible_to(self, user: User) -> StudentProfileQuerySet:
        """One's own; the office sees all, college staff their college's students."""
        if user.is_office:
            return self
        return self.filter(Q(user=user) | Q(major__college__in=user.college_ids))


@tracked()
class StudentProfile(models.Model):
    """What a student studies and wishes; the base of what is explained before applying."""

    user = models.OneToOneField(User, models.CASCADE, related_name="student_profile")
    major = models.ForeignKey(Major, models.PROTECT, related_name="students", verbose_name=_("major"))
    class_of = models.PositiveSmallIntegerField(_("graduating class"))
    class_name = models.CharField(_("class"), max_length=60, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.DIPLOMA)
    cities = ArrayField(models.CharField(max_length=60), verbose_name=_("cities wished for"), default=list, blank=True)
    industries = ArrayField(
        models.CharField(max_length=20), verbose_name=_("industries wished for"), default=list, blank=True
    )
    pay_from = models.PositiveIntegerField(_("pay wished for, yuan a month"), null=True, blank=True)
    skills = ArrayField(models.CharField(max_length=60), verbose_name=_("skills"), default=list, blank=True)
    provinces = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("provinces to work in"),
        default=list,
        blank=True,
        help_text=_("None means anywhere."),
    )
    available_from = models.DateField(_("free from"), null=True, blank=True)
    available_to = models.DateField(_("free until"), null=True, blank=True)
    days_a_week = models.PositiveSmallIntegerField(_("days a week free"), null=True, blank=True)
    summary = models.TextField(_("about myself"), max_length=600, blank=True)
    summary_en = models.TextField(_("about myself, in English"), max_length=1000, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    objects = StudentProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(class_of__gte=1990, class_of__lte=2100), name="student_class_plausible"),
            models.CheckConstraint(
                condition=Q(available_from__isnull=True)
                | Q(available_to__isnull=True)
                | Q(available_to__gte=models.F("available_from")),
                name="student_free_after_start",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(days_a_week__isnull=True) | Q(days_a_week__gte=1, days_a_week__lte=7),
                name="student_days_of_a_week",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


@tracked()
class LanguageSkill(models.Model):
    """A language that a student speaks, and how well."""

    profile = models.ForeignKey(StudentProfile, models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=4, choices=Language)
    level = models.CharField(_("level"), max_length=2, choices=LanguageLevel)
    proof = models.CharField(_("certificate"), max_length=80, blank=True, help_text=_("For example CET-6, 520 points."))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "language"], name="language_skill_once"),
            models.CheckConstraint(
                condition=Q(language__in=Language.values, level__in=LanguageLevel.values), name="language_skill_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_language_display()} {self.get_level_display()}"

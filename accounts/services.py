"""Every change to people and to what the school has.

`by` is the administrator who asks, None for the school's own start-up (sample school, first import).
Wrong values raise ValidationError.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from allauth.account.models import EmailAddress
from django.db import models, transaction

from accounts import rules
from accounts.choices import Level, OfficeKind, Role, Theme
from accounts.models.people import Assistant, LanguageSkill, RoleGrant, StudentProfile, User
from accounts.models.school import College, Facility, Major, Office, School, SpecialDay
from accounts.special_days import planned_days

M = TypeVar("M", bound=models.Model)
LISTS = frozenset({"cities", "industries", "provinces", "skills"})
OWN_FIELDS = LISTS | {
    "pay_from", "available_from", "available_to", "days_a_week", "summary", "summary_en", "phone",
}  # fmt: skip


class Spoken(NamedTuple):
    """A language as a student says that they speak it."""

    language: str
    level: str
    proof: str = ""


def _allow(by: User | None) -> None:
    if by is not None:
        rules.can_manage_people(by).or_raise()


def _added(record: M) -> M:
    record.full_clean()
    record.save()
    return record


def name_school(
    *, name_zh: str, name_en: str, province_code: str = "", city: str = "", by: User | None = None
) -> School:
    """Say whose portal this is; there is one school."""
    _allow(by)
    school = School.objects.first() or School(pk=1)
    school.name_zh, school.name_en, school.province_code, school.city = name_zh, name_en, province_code, city
    return _added(school)


def add_college(*, code: str, name_zh: str, name_en: str, by: User | None = None) -> College:
    _allow(by)
    return _added(College(code=code, name_zh=name_zh, name_en=name_en))


def add_major(
    *, code: str, name_zh: str, name_en: str, college: College, level: Level = Level.DIPLOMA, by: User | None = None
) -> Major:
    """`code` is that of the national catalogue of majors."""
    _allow(by)
    return _added(Major(code=code, name_zh=name_zh, name_en=name_en, college=college, level=level))


def add_office(
    *,
    name_zh: str,
    name_en: str,
    kind: OfficeKind = OfficeKind.OFFICE,
    college: College | None = None,
    by: User | None = None,
) -> Office:
    _allow(by)
    return _added(Office(name_zh=name_zh, name_en=name_en, kind=kind, college=college))


def add_facility(*, name_zh: str, name_en: str, by: User | None = None) -> Facility:
    _allow(by)
    return _added(Facility(name_zh=name_zh, name_en=name_en))


def add_person(
    *,
    email: str,
    number: str,
    name: str,
    name_en: str = "",
    title: str = "",
    title_en: str = "",
    language: str = "zh-hans",
    password: str | None = None,
    is_demo: bool = False,
    is_staff: bool = False,
    by: User | None = None,
) -> User:
    """A person who can sign in once they have a password; None leaves the account without one."""
    _allow(by)
    user = User(email=email.lower(), number=number, name=name, name_en=name_en, title=title, title_en=title_en)
    user.language, user.is_demo, user.is_staff = language, is_demo, is_staff
    user.set_password(password)
    return _added(user)


def grant_role(
    user: User,
    role: Role,
    *,
    starts_on: date,
    college: College | None = None,
    ends_on: date | None = None,
    by: User | None = None,
) -> RoleGrant:
    """A role for a time, the last day included; college staff need their college."""
    _allow(by)
    grant = _added(RoleGrant(user=user, role=role, college=college, starts_on=starts_on, ends_on=ends_on))
    user.__dict__.pop("grants", None)
    return grant


def end_role(grant: RoleGrant, *, on: date, by: User | None = None) -> RoleGrant:
    """The role holds to the end of this day."""
    _allow(by)
    grant.ends_on = on
    return _added(grant)


def name_assistant(
    leader: User, user: User, *, starts_on: date, ends_on: date | None = None, by: User | None = None
) -> Assistant:
    """Somebody who writes for a leader, for a time; the last day counts."""
    _allow(by)
    return _added(Assistant(leader=leader, user=user, starts_on=starts_on, ends_on=ends_on))


@transaction.atomic
def add_student(
    *,
    number: str,
    email: str,
    name: str,
    major: Major,
    class_of: int,
    name_en: str = "",
    class_name: str = "",
    level: Level = Level.DIPLOMA,
    cities: Iterable[str] = (),
    industries: Iterable[str] = (),
    pay_from: int | None = None,
    skills: Iterable[str] = (),
    phone: str = "",
    password: str | None = None,
    is_demo: bool = False,
    by: User | None = None,
) -> User:
    """A student with a profile, and with the role from five years before graduating; `pay_from` in yuan a month."""
    user = add_person(email=email, number=number, name=name, name_en=name_en, password=password, is_demo=is_demo, by=by)
    grant_role(user, Role.STUDENT, starts_on=date(class_of - 5, 9, 1), by=by)
    profile = StudentProfile(user=user, major=major, class_of=class_of, class_name=class_name, level=level)
    profile.cities, profile.industries, profile.skills = list(cities), list(industries), list(skills)
    profile.pay_from, profile.phone = pay_from, phone
    _added(profile)
    return user


def load_special_days() -> int:
    """Enter the public holidays that are known; what an administrator changed stays. Returns how many were new."""
    before = SpecialDay.objects.count()
    SpecialDay.objects.bulk_create((SpecialDay(**day._asdict()) for day in planned_days()), ignore_conflicts=True)
    return SpecialDay.objects.count() - before


def change_person(user: User, *, language: str, theme: Theme, time_zone: str | None = None) -> None:
    """How the portal speaks and looks to this person, and by which clock it writes; an empty zone is the school's."""
    user.language, user.theme = language, theme
    if time_zone is not None:
        user.time_zone = time_zone
    user.full_clean(exclude=["password"])
    user.save(update_fields=["language", "theme", "time_zone"])


@transaction.atomic
def change_address(person: User, *, email: str, by: User) -> User:
    """Mend an e-mail address; nothing that the former one opened is left."""
    person = User.objects.select_for_update().get(pk=person.pk)
    rules.can_change_address(by, person).or_raise()
    person.email = email.lower()
    person.full_clean(exclude=["password"])
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()
    return person


@transaction.atomic
def save_profile(
    profile: StudentProfile,
    *,
    by: User,
    languages: Iterable[Spoken] | None = None,
    **fields: Any,
) -> StudentProfile:
    """What a student says of themselves (see OWN_FIELDS); what is not named stays as it is.

    Major, class and level are the school's.
    """
    profile = StudentProfile.objects.select_for_update().get(pk=profile.pk)
    rules.can_change_profile(by, profile).or_raise()
    if unknown := fields.keys() - OWN_FIELDS:
        raise TypeError(f"Not a student's to change: {', '.join(sorted(unknown))}.")
    for name, value in fields.items():
        setattr(profile, name, list(value) if name in LISTS else value)
    if languages is not None:
        _speak(profile, {spoken.language: spoken for spoken in languages})
    return _added(profile)


def _speak(profile: StudentProfile, spoken: dict[str, Spoken]) -> None:
    """The languages as they are now said to be; those that stay the same are not written."""
    profile.languages.exclude(language__in=spoken).delete()
    kept = {skill.language: skill for skill in profile.languages.all()}
    for language, said in spoken.items():
        skill = kept.get(language) or LanguageSkill(profile=profile, language=language)
        if (skill.level, skill.proof) != (said.level, said.proof):
            skill.level, skill.proof = said.level, said.proof
            _added(skill)

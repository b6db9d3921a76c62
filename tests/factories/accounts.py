"""People and the school."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from accounts.choices import Role
from accounts.models.people import RoleGrant, StudentProfile, User
from accounts.models.school import College, Facility, Major, Office


class CollegeFactory(DjangoModelFactory):
    class Meta:
        model = College

    code = factory.Sequence(lambda n: f"C{n:02}")
    name_zh = factory.Sequence(lambda n: f"第{n}学院")
    name_en = factory.Sequence(lambda n: f"College {n}")


class MajorFactory(DjangoModelFactory):
    class Meta:
        model = Major

    code = factory.Sequence(lambda n: f"51{n:04}")
    name_zh = factory.Sequence(lambda n: f"专业{n}")
    name_en = factory.Sequence(lambda n: f"Major {n}")
    college = factory.SubFactory(CollegeFactory)


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = Office

    name_zh = factory.Sequence(lambda n: f"第{n}处")
    name_en = factory.Sequence(lambda n: f"Office {n}")


class FacilityFactory(DjangoModelFactory):
    class Meta:
        model = Facility

    name_zh = factory.Sequence(lambda n: f"实训中心{n}")
    name_en = factory.Sequence(lambda n: f"Centre {n}")


class UserFactory(DjangoModelFactory):
    """A person without any role; see the functions below for people with one."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"T{n:05}")
    email = factory.LazyAttribute(lambda user: f"{user.number.lower()}@school.example")
    name = factory.Sequence(lambda n: f"张三{n}")
    name_en = factory.Sequence(lambda n: f"Zhang San {n}")
    title = "科员"
    title_en = "Clerk"
    language = "en"
    password = factory.django.Password("correct horse battery")


def person(role: Role | None, *, college: College | None = None, **fields: object) -> User:
    """A person holding a role since 2020."""
    user = UserFactory(**fields)
    if role is not None:
        RoleGrant.objects.create(user=user, role=role, college=college, starts_on=date(2020, 1, 1))
    return user


def student(*, major: Major | None = None, class_of: int = 2027, **fields: object) -> User:
    """A student with a profile; profile fields begin with `profile_`."""
    profile = {name[8:]: fields.pop(name) for name in list(fields) if name.startswith("profile_")}
    user = person(Role.STUDENT, **fields)
    StudentProfile.objects.create(user=user, major=major or MajorFactory(), class_of=class_of, **profile)
    return user

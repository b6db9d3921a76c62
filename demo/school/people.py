"""The school itself, its staff with the five accounts, and its students."""

from __future__ import annotations

from datetime import date

from accounts import services
from accounts.models.people import StudentProfile
from demo.school.world import World
from demo.words import campus, names
from demo.words.campus import MajorWords, StaffWords

STUDENTS = 150
CITIES = ("成都", "重庆", "南充", "上海", "杭州", "深圳", "广州", "苏州", "西安", "武汉")


def build_school(world: World) -> None:
    """Name the school and enter its colleges, majors, offices and places."""
    services.name_school(name_zh=campus.SCHOOL_ZH, name_en=campus.SCHOOL_EN, province_code="510000", city="南充")
    for code, zh, en in campus.COLLEGES:
        world.colleges[code] = services.add_college(code=code, name_zh=zh, name_en=en)
    for major in campus.MAJORS:
        college = world.colleges[major.college]
        world.majors[major.code] = services.add_major(
            code=major.code, name_zh=major.zh, name_en=major.en, college=college
        )
    world.offices = [services.add_office(name_zh=zh, name_en=en) for zh, en in campus.OFFICES]
    world.facilities = [services.add_facility(name_zh=zh, name_en=en) for zh, en in campus.FACILITIES]


def build_staff(world: World, password: str) -> None:
    """The four staff accounts of the sample school, and colleagues who cannot sign in."""
    for words in campus.ACCOUNTS:
        _add_staff(world, words, password=password)
    for words in campus.COLLEAGUES:
        _add_staff(world, words, password=None)


def _add_staff(world: World, words: StaffWords, *, password: str | None) -> None:
    user = services.add_person(
        email=f"{words.account}@school.example",
        number=words.number,
        name=words.zh,
        name_en=words.en,
        title=words.title,
        title_en=words.title_en,
        password=password,
        is_demo=True,
        is_staff=words.account == "admin",
    )
    college = world.colleges.get(words.college)
    services.grant_role(user, words.role, college=college, starts_on=date(world.today.year - 3, 9, 1))
    world.staff[words.account] = user
    world.names.add(words.zh)


def build_students(world: World, password: str) -> None:
    """Three classes in every major; the first graduating student has an account."""
    world.names.add(campus.STUDENT_ZH)
    world.profiles.append(_add_account(world, password))
    people = names.people(world.random, STUDENTS - 1, taken=world.names)
    for place, person in enumerate(people, start=1):
        major = campus.MAJORS[place % len(campus.MAJORS)]
        class_of = world.graduating + (-1, 0, 0, 0, 1)[(place // len(campus.MAJORS)) % 5]
        world.profiles.append(_add_student(world, major, class_of, place, person.zh, person.en))


def _add_account(world: World, password: str) -> StudentProfile:
    words = next(major for major in campus.MAJORS if major.zh == "影视动画")
    user = services.add_student(
        number=f"{world.graduating - 3}{STUDENTS:04}",
        email="student@school.example",
        name=campus.STUDENT_ZH,
        name_en=campus.STUDENT_EN,
        major=world.majors[words.code],
        class_of=world.graduating,
        class_name=f"{world.graduating - 2003}级影视动画1班",
        cities=("成都", "重庆", "杭州"),
        industries=("R", "I"),
        pay_from=6000,
        skills=("Maya", "Blender", "After Effects", "原画"),
        phone="199-0000-0150",
        password=password,
        is_demo=True,
    )
    return user.student_profile


def _add_student(world: World, major: MajorWords, class_of: int, place: int, name: str, name_en: str) -> StudentProfile:
    number = f"{class_of - 3}{place:04}"
    user = services.add_student(
        number=number,
        email=f"{number}@school.example",
        name=name,
        name_en=name_en,
        major=world.majors[major.code],
        class_of=class_of,
        class_name=f"{class_of - 2003}级{major.zh}{1 + place % 2}班",
        cities=world.random.sample(CITIES, world.random.randrange(0, 4)),
        industries=world.random.sample(("R", "I", "C", "M"), world.random.randrange(0, 2)),
        pay_from=world.random.choice((None, 4500, 5000, 5500, 6000, 7000)),
        skills=world.random.sample(major.skills, world.random.randrange(1, 4)),
        phone=f"199-0000-{place:04}",
        is_demo=True,
    )
    return user.student_profile

"""The cast everyone knows; the servers the tests run on are in tests/cluster.py and tests/servers.py."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from accounts.choices import Role
from accounts.models.people import User
from accounts.models.school import College
from tests.factories.accounts import CollegeFactory, person
from tests.factories.accounts import student as make_student

pytest_plugins = ["tests.servers", "tests.emptying", "tests.sample_school", "tests.order"]


@pytest.fixture(autouse=True)
def _language_of_the_school() -> Iterator[None]:
    """A request leaves its language behind in the thread; no test begins with that of the one before."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(scope="module")
def kept_for_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What fixtures of a module store once for all its tests, each of which takes back only what it did itself.

    The records that such a fixture returns are shared: a test that changes one reads it anew from the database.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def college(db: None) -> College:
    return CollegeFactory(name_zh="数字媒体学院", name_en="School of Digital Media")


@pytest.fixture
def officer(db: None) -> User:
    """Employment office; does everything of the office."""
    return person(Role.OFFICER, name="王敏", name_en="Wang Min")


@pytest.fixture
def college_staff(college: College) -> User:
    """Staff of `college` only."""
    return person(Role.COLLEGE, college=college, name="赵倩", name_en="Zhao Qian")


@pytest.fixture
def leader(db: None) -> User:
    """School leadership."""
    return person(Role.LEADER, name="陈立", name_en="Chen Li", title="副校长", title_en="Vice President")


@pytest.fixture
def student(db: None) -> User:
    """A student of the class of 2027."""
    return make_student(name="刘洋", name_en="Liu Yang")


@pytest.fixture
def admin(db: None) -> User:
    """Administrator: people, codes, settings, and everything of the office."""
    return person(Role.ADMIN, name="管理员", name_en="Administrator", is_staff=True)


@pytest.fixture
def stranger(db: None) -> User:
    """Can sign in and holds no role."""
    return person(None)

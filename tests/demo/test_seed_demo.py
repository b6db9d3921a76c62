"""The command: where it builds, where it refuses, and who can sign in afterwards."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import RequestFactory

from accounts import services
from accounts.models.people import User
from accounts.models.school import School

pytestmark = pytest.mark.django_db


def seed(*arguments: str) -> str:
    out = StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


def test_outside_demo_mode_nothing_is_built(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo mode only"):
        seed("--story", "sit-2023")
    assert not School.objects.exists()
    assert not User.objects.exists()


def test_a_database_with_a_school_is_refused_and_stays_as_it_is():
    services.name_school(name_zh="", name_en="Another school")
    with pytest.raises(CommandError, match="has a school already: Another school"):
        seed()
    assert not User.objects.exists()


def test_a_second_story_is_refused(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "given-from-outside")
    seed("--story", "sit-2023")
    people = User.objects.count()
    with pytest.raises(CommandError, match="has a school already"):
        seed("--story", "art-design-2023")
    assert User.objects.count() == people


def test_a_password_is_made_and_printed_when_none_is_given(monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    printed = seed("--story", "sit-2023").strip().splitlines()[-1]
    password = printed.removeprefix("Password of the sample accounts: ")
    assert User.objects.get(email="officer@school.example").check_password(password)


def test_a_given_password_is_not_printed(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "given-from-outside")
    assert "given-from-outside" not in seed("--story", "sit-2023")


def test_sample_accounts_sign_in_in_demo_mode_only(monkeypatch, settings):
    monkeypatch.setenv("DEMO_PASSWORD", "given-from-outside")
    seed("--story", "sit-2023")
    request = RequestFactory().post("/accounts/login/")
    who = {"email": "officer@school.example", "password": "given-from-outside"}
    user = authenticate(request, **who)
    assert user is not None
    assert user.is_office

    settings.DEMO = False
    assert authenticate(request, **who) is None

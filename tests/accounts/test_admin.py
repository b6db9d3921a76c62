"""The repair pages: behind the portal's sign-in, for administrators."""

import pytest
from django.contrib import admin as repair
from django.urls import reverse

from accounts.models.people import User
from accounts.models.school import School
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
MODELS = [model for model in repair.site._registry if model._meta.app_label in ("accounts", "notifications")]


def test_the_repair_pages_have_no_sign_in_of_their_own(client):
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/"


@pytest.mark.parametrize("role", ["officer", "leader", "student", "stranger"])
def test_the_repair_pages_do_not_exist_for_others(client, request, role):
    client.force_login(request.getfixturevalue(role))

    assert client.get("/admin/", follow=True).status_code == 404


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_an_administrator_opens_every_list(client, admin, model):
    client.force_login(admin)

    assert client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")).status_code == 200


def test_a_superuser_opens_the_repair_pages(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 200


def test_a_person_added_there_can_sign_in(client, admin):
    client.force_login(admin)

    response = client.post(
        reverse("admin:accounts_user_add"),
        {
            "number": "T0815",
            "email": "Wang@School.example",
            "name": "王",
            "usable_password": "true",
            "password1": "correct horse battery",
            "password2": "correct horse battery",
        },
    )

    assert response.status_code == 302
    added = User.objects.get(number="T0815")
    assert added.email == "wang@school.example"
    assert added.check_password("correct horse battery")


def test_a_person_added_without_a_password_has_none(client, admin):
    client.force_login(admin)

    client.post(
        reverse("admin:accounts_user_add"),
        {"number": "T0815", "email": "w@school.example", "name": "王", "usable_password": "false"},
    )

    assert not User.objects.get(number="T0815").has_usable_password()


def test_a_person_is_changed_with_roles(client, admin):
    person = UserFactory()
    client.force_login(admin)
    address = reverse("admin:accounts_user_change", args=[person.pk])
    assert client.get(address).status_code == 200

    response = client.post(
        address,
        {
            "number": person.number,
            "email": person.email,
            "name": "王芳",
            "language": "en",
            "theme": "auto",
            "is_active": "on",
            "role_grants-TOTAL_FORMS": "1",
            "role_grants-INITIAL_FORMS": "0",
            "role_grants-0-role": "officer",
            "role_grants-0-starts_on": "2026-01-01",
            "assistants-TOTAL_FORMS": "0",
            "assistants-INITIAL_FORMS": "0",
        },
    )

    assert response.status_code == 302
    person.refresh_from_db()
    assert (person.name, person.role_grants.get().role) == ("王芳", "officer")
    assert person.check_password("correct horse battery")


def test_the_school_is_entered_once(client, admin):
    client.force_login(admin)
    address = reverse("admin:accounts_school_add")
    client.post(address, {"name_zh": "学院", "name_en": "College", "province_code": "", "city": ""})

    assert School.objects.get().pk == 1
    assert client.get(address).status_code == 403

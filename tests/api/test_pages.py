"""The pages of tokens, and the reference."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models.people import User
from api.choices import PERSONAL, Scope
from api.models.tokens import ApiToken
from api.selectors.reference import section, section_names
from api.services.tokens import make_token, note_use
from api.token_text import SHAPE, checksum, digest, is_token, new_token

NEW = reverse("api:new_token")


@pytest.fixture
def signed_in(client: Client, officer: User) -> Client:
    """The officer, who has just given the password again."""
    client.force_login(officer)
    client.post(reverse("account_reauthenticate"), {"password": "correct horse battery"})
    return client


def filled(client: Client, **fields: Any) -> dict[str, Any]:
    form = client.get(NEW).context["form"]
    token = form["form_token"].value()
    return {"name": "province", "scopes": ["figures:read"], "days": "30", "form_token": token, **fields}


def test_a_token_is_shown_once_and_kept_as_a_digest(signed_in, officer):
    response = signed_in.post(NEW, filled(signed_in))

    text = SHAPE.search(response.content.decode()).group()
    token = ApiToken.objects.get()
    assert (token.person, token.scopes, token.digest) == (officer, ["figures:read"], digest(text))
    assert "no-store" in response["Cache-Control"]
    page = signed_in.get(reverse("api:tokens")).content.decode()
    assert text not in page
    assert f"…{text[-6:]}" in page
    assert not any(text in str(value) for value in ApiToken.objects.values_list().get())


def test_sending_the_form_twice_makes_one(signed_in):
    form = filled(signed_in)
    signed_in.post(NEW, form)

    again = signed_in.post(NEW, form)

    assert again.status_code == 302
    assert ApiToken.objects.count() == 1


def test_the_password_is_asked_for_again(client, officer):
    client.force_login(officer)

    response = client.post(NEW, {"name": "x", "scopes": ["codes:read"], "days": "30"})

    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert not ApiToken.objects.exists()


def test_personal_data_is_not_ticked_by_itself(signed_in):
    ticked = set(signed_in.get(NEW).context["form"]["scopes"].value())

    assert ticked == set(Scope) - PERSONAL


@pytest.mark.parametrize("wrong", [{"days": "366"}, {"days": ""}, {"scopes": []}, {"scopes": ["all"]}, {"name": ""}])
def test_what_cannot_be_is_refused_beside_its_field(wrong, signed_in):
    response = signed_in.post(NEW, filled(signed_in, **wrong))

    assert list(response.context["form"].errors) == list(wrong)
    assert not ApiToken.objects.exists()


def test_one_revokes_one_s_own_and_an_administrator_anybody_s(client, officer, leader, admin):
    token, _text = make_token(officer, name="x", scopes=[Scope.CODES], days=1, at=timezone.now())
    address = reverse("api:revoke_token", args=[token.pk])

    client.force_login(leader)
    assert client.post(address).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None

    client.force_login(admin)
    assert client.post(address)["Location"] == reverse("api:every_token")
    token.refresh_from_db()
    assert (token.revoked_by, token.revoked_at is None) == (admin, False)


@pytest.mark.parametrize("number", [1, 20])
def test_every_token_costs_the_same_for_one_and_for_many(number, client, admin, officer, django_assert_num_queries):
    for name in range(number):
        make_token(officer, name=str(name), scopes=[Scope.CODES], days=1, at=timezone.now())
    client.force_login(admin)

    with django_assert_num_queries(7):
        response = client.get(reverse("api:every_token"))

    assert len(response.context["page"].object_list) == number


def test_the_last_use_is_written_at_most_once_a_minute(officer):
    now = timezone.now()
    token, _text = make_token(officer, name="x", scopes=[Scope.CODES], days=1, at=now)
    for seconds, written in ((0, 0), (59, 0), (60, 60)):
        token.refresh_from_db()
        note_use(token, at=now + timedelta(seconds=seconds), address="203.0.113.9")
        token.refresh_from_db()
        assert token.last_used_at == now + timedelta(seconds=written)
    assert token.last_used_from == "203.0.113.9"


def test_a_token_is_known_by_its_shape_and_checksum():
    token = new_token()

    assert is_token(token)
    assert not is_token(token[:-1] + ("0" if token[-1] != "0" else "1"))
    assert not is_token(token.upper())
    assert checksum("a" * 43) == checksum("a" * 43)
    assert len({new_token() for _number in range(100)}) == 100


def test_the_reference_explains_every_resource_and_every_refusal(client, db):
    page = client.get(reverse("api:reference")).content.decode()

    for name in section_names():
        assert reverse("api:section", args=[name]) in page
        assert section(name).fields
    for kind in ("no-token", "scope-missing", "role-ended", "not-found", "read-only", "bad-parameter", "too-many"):
        assert f'id="{kind}"' in page
    assert client.get(reverse("api:section", args=["nothing"])).status_code == 404
    assert not re.search(r"<script(?![^>]*src=)", page)

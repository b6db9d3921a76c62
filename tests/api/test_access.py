"""Who may read what, by token; everything else is refused with its reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import RoleGrant
from api.choices import Scope
from api.models.tokens import ApiRead, ApiToken
from api.resources.catalogue import RESOURCES
from api.services.tokens import make_token, revoke_token
from api.token_text import new_token
from tests.factories.accounts import MajorFactory, person, student
from tests.factories.partnerships import AgreementFactory, ContactFactory
from tests.factories.placements import ApplicationFactory

NOW = timezone.now


@pytest.mark.parametrize(
    ("role", "agreement", "application", "contact", "college_list"),
    [
        (Role.OFFICER, 200, 200, 200, 200),
        (Role.ADMIN, 200, 200, 200, 200),
        (Role.LEADER, 200, 404, 200, 200),
        (Role.COLLEGE, 404, 404, 200, 200),
    ],
)
def test_a_token_reads_what_its_person_may(role, agreement, application, contact, college_list, college, program):
    elsewhere = AgreementFactory()
    elsewhere.colleges.add(MajorFactory().college)
    sent = ApplicationFactory(student=student())
    reads = program(person(role, college=college if role == Role.COLLEGE else None))

    assert reads.get(f"agreements/{elsewhere.pk}/").status_code == agreement
    assert reads.get(f"applications/{sent.pk}/").status_code == application
    assert reads.get(f"contacts/{ContactFactory().pk}/").status_code == contact
    assert reads.get("colleges/").status_code == college_list


@pytest.mark.parametrize("role", [Role.STUDENT, Role.CONTACT, None])
def test_who_is_not_staff_gets_no_token(role, db):
    somebody = person(role)

    with pytest.raises(PermissionDenied):
        make_token(somebody, name="mine", scopes=[Scope.CODES], days=30, at=NOW())

    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("name", RESOURCES)
def test_every_list_asks_for_its_scope(name, officer, program):
    other = next(scope for scope in Scope if scope != RESOURCES[name].scope)
    reads = program(officer, other)

    for path in (f"{name}/", f"{name}/1/", f"{name}/gone/?changed_since=2026-01-01T00:00:00Z"):
        response = reads.get(path)
        assert response.status_code == 403
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["scope"] == RESOURCES[name].scope
        assert RESOURCES[name].scope in response.json()["detail"]
    assert not ApiRead.objects.exists()


def test_a_scope_alone_opens_its_family_and_the_first_address(officer, program):
    reads = program(officer, Scope.VISITS)

    assert [name for name in RESOURCES if reads.get(f"{name}/").status_code == 200] == ["visits", "trips", "campaigns"]
    assert reads.get("").json()["scopes"] == ["visits:read"]
    assert reads.get("figures/").status_code == 403


def test_without_a_token_nothing_is_told(db, client):
    response = client.get("/api/v1/enterprises/")

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="portal"'
    assert response["Content-Type"] == "application/problem+json"


def test_a_signed_in_person_reads_by_token_alone(client, officer):
    client.force_login(officer)

    assert client.get("/api/v1/enterprises/").status_code == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic YTpi", "Bearer x", "Bearer \u0661"])
def test_a_garbled_or_unknown_token_opens_nothing(header, db, client):
    response = client.get("/api/v1/enterprises/", headers={"Authorization": header})

    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer ")


def test_a_well_formed_token_that_nobody_made_opens_nothing(db, client):
    response = client.get("/api/v1/enterprises/", headers={"Authorization": f"Bearer {new_token()}"})

    assert response.status_code == 401


def test_a_revoked_token_opens_nothing_from_that_moment(officer, program):
    reads = program(officer)
    assert reads.get("enterprises/").status_code == 200

    revoke_token(reads.token, by=officer, at=NOW())

    response = reads.get("enterprises/")
    assert response.status_code == 401
    assert 'error="invalid_token"' in response["WWW-Authenticate"]


def test_an_expired_token_opens_nothing(officer, program):
    reads = program(officer)
    ApiToken.objects.update(created_at=NOW() - timedelta(days=9), expires_at=NOW() - timedelta(seconds=1))

    assert reads.get("enterprises/").status_code == 401


def test_whoever_may_no_longer_sign_in_reads_nothing(officer, program):
    reads = program(officer)
    officer.is_active = False
    officer.save()

    assert reads.get("enterprises/").status_code == 401


def test_a_role_that_ended_ends_its_tokens(officer, program):
    reads = program(officer)
    RoleGrant.objects.filter(user=officer).update(ends_on=date(2021, 1, 1))

    response = reads.get("enterprises/")

    assert response.status_code == 403
    assert response.json()["type"] == "/api/v1/docs#role-ended"


def test_a_role_that_the_school_took_off_the_list_reads_nothing(leader, program, settings):
    reads = program(leader)
    settings.API_ROLES = ["officer"]

    assert reads.get("enterprises/").status_code == 403


def test_a_person_who_moves_to_another_college_sees_what_is_seen_there(college, program):
    mover = person(Role.COLLEGE, college=college)
    theirs = AgreementFactory()
    theirs.colleges.add(college)
    reads = program(mover)
    assert reads.keys("agreements/") == [theirs.pk]

    RoleGrant.objects.filter(user=mover).update(college=MajorFactory().college)

    assert reads.keys("agreements/") == []
    assert reads.get(f"agreements/{theirs.pk}/").status_code == 404


def test_requests_beyond_those_of_a_minute_wait(officer, program, settings):
    settings.API_PER_MINUTE = 2
    reads, others = program(officer), program(officer)

    statuses = [reads.get("colleges/").status_code for _time in range(4)]
    refused = reads.get("colleges/")

    assert statuses.count(200) in (2, 4)  # 4 where the minute turned meanwhile
    if refused.status_code == 429:
        assert 1 <= int(refused["Retry-After"]) <= 60
        assert refused.json()["status"] == 429
    assert others.get("colleges/").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["enterprises/", "enterprises/1/", "figures/", "nowhere/"])
def test_the_api_only_reads(method, path, officer, program):
    reads = program(officer)

    response = getattr(reads.client, method)(f"/api/v1/{path}", headers={"Authorization": f"Bearer {reads.text}"})

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"


def test_head_and_options_answer(officer, program):
    reads = program(officer)
    headers = {"Authorization": f"Bearer {reads.text}"}

    head = reads.client.head("/api/v1/enterprises/", headers=headers)
    options = reads.client.options("/api/v1/enterprises/")

    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == reads.get("enterprises/")["ETag"]
    assert (options.status_code, options["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_refusals_speak_the_language_that_is_asked_for(db):
    english = Client().get("/api/v1/enterprises/", headers={"Accept-Language": "en"})

    assert english.json()["title"] == "A valid token is needed."
    assert english["Content-Language"] == "en"


def test_personal_data_leaves_a_row_and_nothing_else_does(officer, program):
    reads = program(officer)
    contacts = [ContactFactory() for _number in range(3)]

    reads.get("contacts/", limit=2)
    reads.get(f"contacts/{contacts[0].pk}/")
    reads.get("enterprises/")
    reads.get("contacts/7777777/")

    rows: list[Any] = list(ApiRead.objects.order_by("pk").values_list("token", "resource", "number", "address"))
    assert rows == [(reads.token.pk, "contacts", 2, "127.0.0.1"), (reads.token.pk, "contacts", 1, "127.0.0.1")]


def test_an_address_that_is_not_there_is_a_problem_too(officer, program):
    response = program(officer).get("students/")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"

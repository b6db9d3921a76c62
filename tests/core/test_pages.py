"""Refusals are pages with a way on; sign-in and the pages around it wear the portal's look."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path, reverse
from django.views.defaults import server_error

from core import pages
from core.errors import RuleBroken
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db

ENTRANCE = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done"]
OWN = ["account_logout", "account_change_password", "account_reauthenticate"]


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only the leader of the visit reports it.")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuleBroken("This visit is reported already.")


urlpatterns = [path("forbidden/", forbidden), path("broken/", broken), path("", include("config.urls"))]


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture(autouse=True)
def no_attempts_yet(db: None) -> None:
    cache.clear()


def heading(response: HttpResponse) -> str:
    return re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", response.content.decode(), re.DOTALL).group(1)


@pytest.mark.urls("tests.core.test_pages")
def test_a_refusal_says_why(client, officer):
    client.force_login(officer)

    response = client.get("/forbidden/")

    assert response.status_code == 403
    assert "Only the leader of the visit reports it." in response.content.decode()


@pytest.mark.urls("tests.core.test_pages")
def test_a_broken_rule_says_which(client, officer):
    client.force_login(officer)

    response = client.get("/broken/")

    assert response.status_code == 409
    assert "This visit is reported already." in response.content.decode()


def test_what_does_not_exist_offers_a_visitor_to_sign_in(english):
    response = english.get("/nothing/here/")

    assert response.status_code == 404
    assert heading(response) == "There is nothing here"
    assert f'class="btn btn-primary" href="{reverse("account_login")}"' in response.content.decode()


def test_an_expired_form_is_offered_again_and_marked_so_that_its_text_is_kept():
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["django_language"] = "en"

    response = browser.post(reverse("account_login"), {"login": "x", "password": "y"})

    assert response.status_code == 403
    assert heading(response) == "This form has expired"
    assert "data-refused" in response.content.decode()
    assert f'href="{reverse("account_login")}">Open the form again' in response.content.decode()


@pytest.mark.parametrize(
    ("exception", "status", "title"),
    [
        (SuspiciousOperation("odd"), 400, "请求无法处理"),
        (RequestDataTooBig("long"), 413, "提交的内容过大"),
    ],
)
def test_a_request_that_cannot_be_read_gets_a_page_without_queries(django_assert_num_queries, exception, status, title):
    with django_assert_num_queries(0):
        response = pages.bad_request(RequestFactory().get("/"), exception)

    assert response.status_code == status
    assert heading(response) == title


def test_far_too_much_text_is_refused_as_too_large(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    response = client.post(reverse("account_login"), {"login": "x" * 200})

    assert response.status_code == 413


def test_the_page_of_a_fault_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert heading(response) == "出错了"
    assert "Something went wrong" in response.content.decode()


@pytest.mark.parametrize("name", ENTRANCE)
def test_pages_around_sign_in_are_open_to_visitors(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert 'class="brand"' in response.content.decode()


@pytest.mark.parametrize("name", OWN)
def test_pages_of_ones_account_are_shown_to_the_signed_in(client, officer, name):
    client.force_login(officer)

    response = client.get(reverse(name), follow=True)

    assert response.status_code == 200
    assert 'class="brand"' in response.content.decode()


def test_a_spent_link_for_a_new_password_says_so(client):
    response = client.get(reverse("account_reset_password_from_key", args=["1", "spent-link"]), follow=True)

    assert response.status_code == 200
    assert 'class="brand"' in response.content.decode()


def test_nobody_signs_up_here(english):
    response = english.get(reverse("account_signup"))

    assert heading(response) == "No account yet?"
    assert "ask the employment office" in response.content.decode()
    assert "<input" not in re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group()


@pytest.mark.parametrize("way", ["email", "number"])
def test_people_sign_in_by_address_or_number(client, way):
    someone = person(None, email="someone@school.example", number="T1024")
    someone.set_password("calm-river-morning")
    someone.save()

    response = client.post(reverse("account_login"), {"login": getattr(someone, way), "password": "calm-river-morning"})

    assert response.status_code == 302
    assert response.url == reverse("home")
    assert client.session["_auth_user_id"] == str(someone.pk)


def test_a_wrong_password_comes_back_with_the_name_and_without_the_password(client, officer):
    response = client.post(reverse("account_login"), {"login": officer.number, "password": "not-this-one"})

    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="notice notice-danger form-errors"' in page
    assert f'value="{officer.number}"' in page
    assert "not-this-one" not in page
    assert "_auth_user_id" not in client.session


def test_too_many_attempts_are_told_to_wait(english, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    english.post(reverse("account_reset_password"), {"email": "a@school.example"})

    response = english.post(reverse("account_reset_password"), {"email": "b@school.example"})

    assert response.status_code == 429
    assert heading(response) == "Too many attempts"


def test_a_forgotten_password_sends_a_link(client, officer):
    response = client.post(reverse("account_reset_password"), {"email": officer.email})

    assert response.url == reverse("account_reset_password_done")
    assert [message.to for message in mail.outbox] == [[officer.email]]


def test_signing_out_ends_it(client, officer):
    client.force_login(officer)

    client.post(reverse("account_logout"))

    assert "_auth_user_id" not in client.session


def test_the_page_carries_theme_language_and_person(client, officer):
    officer.theme, officer.language = "dark", "en"
    officer.save()
    client.force_login(officer)

    page = client.get(reverse("account_change_password")).content.decode()

    assert '<html lang="en" data-theme="dark" data-bs-theme="dark">' in page
    assert f'<body data-person="{officer.pk}">' in page

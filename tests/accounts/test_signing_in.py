"""By e-mail or number, not too often, and sample accounts in demo mode only."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse

from accounts import services
from tests.factories.accounts import UserFactory

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def sign_in(client, login, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": login, "password": password})


def is_signed_in(client):
    return client.get(reverse("accounts:profile")).status_code == 200


@pytest.mark.parametrize("login", ["wang@school.example", "Wang@School.example", "T0815", "t0815"])
def test_people_sign_in_by_address_or_number(client, login):
    UserFactory(email="wang@school.example", number="T0815", password=PASSWORD)

    assert sign_in(client, login).status_code == 302
    assert is_signed_in(client)


def test_a_wrong_password_is_refused(client):
    UserFactory(email="wang@school.example", password=PASSWORD)

    assert sign_in(client, "wang@school.example", "wrong").status_code == 200
    assert not is_signed_in(client)


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client):
    UserFactory(email="wang@school.example", password=PASSWORD)
    for _attempt in range(5):
        sign_in(client, "wang@school.example", "wrong")

    response = sign_in(client, "wang@school.example")

    assert response.status_code in (200, 429)
    assert not is_signed_in(client)


def test_people_who_left_are_refused(client):
    UserFactory(email="wang@school.example", password=PASSWORD, is_active=False)

    assert sign_in(client, "wang@school.example").url == reverse("account_inactive")
    assert not is_signed_in(client)


def test_people_who_leave_are_signed_out_at_once(client):
    user = UserFactory()
    client.force_login(user)
    user.is_active = False
    user.save()

    assert not is_signed_in(client)


def test_sample_accounts_sign_in_in_demo_mode(client, settings):
    settings.DEMO = True
    UserFactory(email="officer@school.example", password=PASSWORD, is_demo=True)

    sign_in(client, "officer@school.example")

    assert is_signed_in(client)


def test_sample_accounts_are_refused_outside_demo_mode(client, settings):
    settings.DEMO = False
    UserFactory(email="officer@school.example", password=PASSWORD, is_demo=True)

    assert sign_in(client, "officer@school.example").status_code == 200
    assert "_auth_user_id" not in client.session
    assert not is_signed_in(client)


def test_sessions_of_sample_accounts_end_with_demo_mode(client, settings):
    settings.DEMO = True
    client.force_login(UserFactory(is_demo=True))
    assert is_signed_in(client)

    settings.DEMO = False

    assert not is_signed_in(client)


def test_nobody_signs_up(client):
    response = client.post(
        reverse("account_signup"),
        {"email": "new@school.example", "username": "new", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_new_password_is_asked_for_by_mail(client, mailoutbox):
    UserFactory(email="wang@school.example")

    client.post(reverse("account_reset_password"), {"email": "wang@school.example"})

    assert [mail.to for mail in mailoutbox] == [["wang@school.example"]]


def test_a_mail_server_that_is_away_is_said(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    UserFactory(email="wang@school.example")

    response = client.post(reverse("account_reset_password"), {"email": "wang@school.example"})

    assert response.status_code == 409


def test_an_account_without_a_password_cannot_be_signed_in_to(client):
    services.add_person(email="wang@school.example", number="T1", name="王")

    sign_in(client, "wang@school.example", "")

    assert not is_signed_in(client)


def test_the_school_alone_changes_addresses(client):
    client.force_login(UserFactory(email="wang@school.example"))

    response = client.post("/accounts/email/", {"action_add": "", "email": "other@school.example"})

    assert response.status_code == 404
    assert not EmailAddress.objects.filter(email="other@school.example").exists()


def test_the_mail_for_a_new_password_is_in_the_persons_language_and_an_unknown_address_gets_none(client, mailoutbox):
    UserFactory(email="wang@school.example", name="王敏", language="zh-hans")
    client.cookies["django_language"] = "en"

    for address in ("wang@school.example", "nobody@school.example"):
        client.post(reverse("account_reset_password"), {"email": address})

    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["wang@school.example"], "重设校企合作平台密码")
    assert mail.body.startswith("王敏，您好：有人申请重设您在学校校企合作平台的密码。")

"""One's own profile, and how the portal looks and speaks."""

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.choices import Role
from accounts.models.people import StudentProfile, User
from tests.factories.accounts import MajorFactory, UserFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"
NO_LANGUAGES = {"languages-TOTAL_FORMS": "0", "languages-INITIAL_FORMS": "0"}
WISHES = {"cities": "成都\n南充\n", "pay_from": "4500", "skills": "剪辑", "phone": "13800000000", **NO_LANGUAGES}


@pytest.fixture(autouse=True)
def the_language_of_before():
    with translation.override("en"):
        yield


def test_language_and_appearance_are_saved_and_spoken_at_once(client, officer):
    client.force_login(officer)

    client.post(reverse("accounts:profile"), {"language": "zh-hans", "theme": "dark"})

    officer.refresh_from_db()
    assert (officer.language, officer.theme) == ("zh-hans", "dark")
    response = client.get(reverse("accounts:profile"))
    assert response.headers["Content-Language"] == "zh-hans"


def test_a_wrong_choice_is_refused_beside_its_field(client, officer):
    client.force_login(officer)

    response = client.post(reverse("accounts:profile"), {"language": "de", "theme": "dark"})

    assert list(response.context["form"].errors) == ["language"]
    officer.refresh_from_db()
    assert (officer.language, officer.theme) == ("en", "auto")


def test_the_profile_names_the_roles_one_holds(client, college_staff):
    client.force_login(college_staff)

    page = client.get(reverse("accounts:profile")).content.decode()

    assert "School of Digital Media" in page
    assert reverse("accounts:student") not in page


@pytest.mark.parametrize("roles", [1, 3])
def test_the_profile_costs_the_same_for_any_number_of_roles(client, django_assert_num_queries, roles):
    user = UserFactory()
    for _number in range(roles):
        college = MajorFactory().college
        user.role_grants.create(role=Role.COLLEGE, college=college, starts_on="2020-01-01")
    client.force_login(user)

    # session, person, roles, school, unread for the bell, roles with their colleges, who writes for whom,
    # mail that came back
    with django_assert_num_queries(8):
        client.get(reverse("accounts:profile"))


def test_a_student_saves_wishes(client, student):
    client.force_login(student)

    response = client.post(reverse("accounts:student"), WISHES)

    assert response.url == reverse("accounts:student")
    own = StudentProfile.objects.get(user=student)
    assert (own.cities, own.pay_from, own.skills, own.phone) == (["成都", "南充"], 4500, ["剪辑"], "13800000000")


def test_only_students_have_wishes(client, officer):
    client.force_login(officer)

    assert client.get(reverse("accounts:student")).status_code == 404


def test_a_visitor_keeps_the_appearance_in_a_cookie(client):
    response = client.post(reverse("accounts:appearance"), {"theme": "dark", "next": "/postings/"})

    assert response.url == "/postings/"
    assert response.cookies["theme"].value == "dark"


def test_a_signed_in_person_keeps_it_everywhere(client, officer):
    client.force_login(officer)

    client.post(reverse("accounts:appearance"), {"theme": "dark"})

    officer.refresh_from_db()
    assert officer.theme == "dark"


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_the_way_back_stays_in_the_portal(client, target):
    response = client.post(reverse("accounts:appearance"), {"theme": "dark", "next": target})

    assert response.url == "/"


def test_an_unknown_appearance_changes_nothing(client):
    response = client.post(reverse("accounts:appearance"), {"theme": "pink"})

    assert "theme" not in response.cookies


def test_the_switch_in_the_header_saves_a_persons_language(client, officer):
    client.force_login(officer)

    client.post(reverse("set_language"), {"language": "zh-hans", "next": "/profile/"})

    officer.refresh_from_db()
    assert officer.language == "zh-hans"
    assert client.get(reverse("accounts:profile")).headers["Content-Language"] == "zh-hans"


def test_a_visitor_switches_by_cookie(client):
    client.post(reverse("set_language"), {"language": "en"})

    assert client.get(reverse("account_login")).headers["Content-Language"] == "en"


def test_a_persons_own_language_rules_over_the_browsers(client):
    client.force_login(UserFactory(language="zh-hans"))
    client.cookies["django_language"] = "en"

    response = client.get(reverse("accounts:profile"), headers={"Accept-Language": "en"})

    assert response.headers["Content-Language"] == "zh-hans"


def test_the_office_mends_an_address(client, officer):
    user = UserFactory(email="wrong@school.example")
    client.force_login(officer)

    response = client.post(reverse("accounts:address", args=[user.pk]), {"email": "right@school.example"})

    assert response.url == reverse("notifications:outbox")
    assert User.objects.get(pk=user.pk).email == "right@school.example"


def test_an_address_that_is_taken_is_refused_beside_its_field(client, officer):
    user = UserFactory()
    client.force_login(officer)

    response = client.post(reverse("accounts:address", args=[user.pk]), {"email": officer.email.upper()})

    assert list(response.context["form"].errors) == ["email"]
    assert User.objects.get(pk=user.pk).email == user.email


def test_an_officer_cannot_mend_an_administrators_address(client, officer, admin):
    client.force_login(officer)

    assert client.get(reverse("accounts:address", args=[admin.pk])).status_code == 403


@pytest.mark.parametrize("role", ["leader", "college_staff", "student"])
def test_others_mend_no_addresses(client, request, role):
    user = UserFactory(email="wrong@school.example")
    client.force_login(request.getfixturevalue(role))

    assert client.post(reverse("accounts:address", args=[user.pk]), {"email": "x@y.example"}).status_code == 404
    assert User.objects.get(pk=user.pk).email == "wrong@school.example"

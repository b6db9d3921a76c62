"""People and the school are entered through these."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError

from accounts import services
from accounts.choices import Role, Theme
from accounts.models.people import RoleGrant, StudentProfile, User
from accounts.models.school import College, School
from accounts.selectors import school
from tests.factories.accounts import CollegeFactory, MajorFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_school_is_named_and_renamed_in_one_row():
    services.name_school(name_zh="南充影视职业学院", name_en="Nanchong College")
    services.name_school(name_zh="南充影视产业职业学院", name_en="Nanchong Film College", city="南充")

    assert School.objects.count() == 1
    assert (school().name_zh, school().city) == ("南充影视产业职业学院", "南充")


def test_only_an_administrator_adds_a_college(officer, admin):
    with pytest.raises(PermissionDenied):
        services.add_college(code="01", name_zh="动画学院", name_en="Animation", by=officer)
    assert not College.objects.exists()

    services.add_college(code="01", name_zh="动画学院", name_en="Animation", by=admin)
    assert College.objects.get().code == "01"


def test_a_person_without_a_password_cannot_sign_in_yet():
    user = services.add_person(email="Wang@School.example", number="T1", name="王")

    assert user.email == "wang@school.example"
    assert not user.has_usable_password()


def test_an_address_belongs_to_one_person():
    services.add_person(email="wang@school.example", number="T1", name="王")

    with pytest.raises(ValidationError):
        services.add_person(email="WANG@school.example", number="T2", name="汪")

    assert User.objects.count() == 1


def test_college_staff_need_their_college():
    user = UserFactory()

    with pytest.raises(ValidationError):
        services.grant_role(user, Role.COLLEGE, starts_on=date(2020, 1, 1))

    assert not RoleGrant.objects.exists()


def test_a_role_holds_to_the_end_of_its_last_day():
    user = UserFactory()
    grant = services.grant_role(user, Role.COLLEGE, starts_on=date(2020, 1, 1), college=CollegeFactory())

    services.end_role(grant, on=date(2025, 6, 30))

    assert User.objects.holding(Role.COLLEGE, on=date(2025, 6, 30)).get() == user
    assert not User.objects.holding(Role.COLLEGE, on=date(2025, 7, 1)).exists()


def test_a_student_has_the_role_and_a_profile():
    user = services.add_student(
        number="2024001",
        email="s@school.example",
        name="刘洋",
        major=MajorFactory(),
        class_of=2027,
        cities=["成都"],
        skills=["剪辑"],
        pay_from=4000,
        password="correct horse battery",
    )

    assert user.has_role(Role.STUDENT)
    assert user.check_password("correct horse battery")
    profile = user.student_profile
    assert (profile.cities, profile.skills, profile.pay_from) == (["成都"], ["剪辑"], 4000)


def test_a_student_with_an_impossible_class_leaves_nothing_behind():
    with pytest.raises(ValidationError):
        services.add_student(number="1", email="s@school.example", name="刘", major=MajorFactory(), class_of=1900)

    assert not User.objects.exists()


def test_students_change_their_own_profile_only(student, stranger):
    with pytest.raises(PermissionDenied):
        services.save_profile(student.student_profile, by=stranger, cities=["成都"], skills=[], pay_from=None, phone="")

    assert StudentProfile.objects.get().cities == []


def test_an_appearance_that_does_not_exist_is_refused(officer):
    with pytest.raises(ValidationError):
        services.change_person(officer, language="de", theme=Theme.DARK)


def test_a_mended_address_replaces_all_former_ones(officer):
    person = UserFactory(email="wrong@school.example")
    EmailAddress.objects.create(user=person, email="wrong@school.example", primary=True)

    services.change_address(person, email="Right@school.example", by=officer)

    person.refresh_from_db()
    assert person.email == "right@school.example"
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize("fixture", ["admin", "officer"])
def test_the_office_cannot_take_over_an_account_of_its_own(request, officer, fixture):
    person = request.getfixturevalue(fixture)

    with pytest.raises(PermissionDenied):
        services.change_address(person, email="mine@elsewhere.example", by=officer)

    assert User.objects.get(pk=person.pk).email == person.email

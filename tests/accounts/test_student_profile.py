"""What students say of themselves, and what stays the school's."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts import services
from accounts.models.people import LanguageSkill, StudentProfile
from accounts.services import Spoken
from tests.factories.accounts import student as make_student
from tests.factories.partnerships import IndustryFactory, ProvinceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PAGE = "/profile/student/"


def sent(*rows, **fields):
    """The form with languages as (language, level, certificate), as a browser sends it."""
    data = {"languages-TOTAL_FORMS": len(rows), "languages-INITIAL_FORMS": fields.pop("saved", 0), **fields}
    for place, (language, level, proof) in enumerate(rows):
        data |= {
            f"languages-{place}-language": language,
            f"languages-{place}-level": level,
            f"languages-{place}-proof": proof,
        }
    return data


def spoken(profile):
    return list(profile.languages.values_list("language", "level", "proof"))


def test_all_of_it_is_saved_and_shown_again(client, student):
    ProvinceFactory(code="510000")
    IndustryFactory(code="R")
    client.force_login(student)
    own = {
        "cities": ["成都"], "industries": ["R"], "provinces": ["510000"], "pay_from": 5000, "days_a_week": 4,
        "available_from": date(2027, 3, 1), "available_to": date(2027, 6, 30), "skills": ["Maya"],
        "summary": "我喜欢动画。", "summary_en": "I like animation.", "phone": "138",
    }  # fmt: skip

    response = client.post(PAGE, sent(("en", "b2", "CET-6"), ("ja", "a1", ""), ("", "", ""), **own))

    assert response.url == reverse("accounts:student") == PAGE
    profile = StudentProfile.objects.get(user=student)
    assert {name: getattr(profile, name) for name in own} == own
    assert spoken(profile) == [("en", "b2", "CET-6"), ("ja", "a1", "")]
    shown = client.get(PAGE).context
    assert shown["form"].initial["provinces"] == ["510000"]
    assert [row.initial.get("language") for row in shown["spoken"]] == ["en", "ja", None]


def test_major_class_and_level_are_not_theirs(client, student):
    before = StudentProfile.objects.values("major", "class_of", "level", "class_name").get()
    client.force_login(student)

    client.post(PAGE, sent(major="1", class_of="2030", level="doctor", class_name="X"))

    assert StudentProfile.objects.values("major", "class_of", "level", "class_name").get() == before
    with pytest.raises(TypeError):
        services.save_profile(student.student_profile, by=student, class_of=2030)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"industries": ["nonsense"]}, "industries"),
        ({"provinces": ["999999"]}, "provinces"),
        ({"days_a_week": "8"}, "days_a_week"),
        ({"days_a_week": "0"}, "days_a_week"),
        ({"available_from": "2027-06-30", "available_to": "2027-03-01"}, "available_to"),
        ({"summary": "字" * 601}, "summary"),
        ({"pay_from": "-1"}, "pay_from"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_saved(client, student, fields, field):
    client.force_login(student)

    response = client.post(PAGE, sent(("en", "b2", ""), skills="Maya", **fields))

    assert list(response.context["form"].errors) == [field]
    assert "Maya" in response.content.decode()
    profile = StudentProfile.objects.get(user=student)
    assert (profile.skills, spoken(profile)) == ([], [])


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([("en", "b2", ""), ("en", "c1", "")], {"language": ["This language stands here already."]}),
        ([("ja", "a1", ""), ("en", "", "")], {"level": ["This field is required."]}),
        ([("ja", "a1", ""), ("", "b1", "")], {"language": ["This field is required."]}),
    ],
)
def test_a_language_that_cannot_be_is_said_at_its_row(client, student, rows, wrong):
    client.force_login(student)

    response = client.post(PAGE, sent(*rows, skills="Maya"))

    assert [dict(row.errors) for row in response.context["spoken"]] == [{}, wrong]
    profile = StudentProfile.objects.get(user=student)
    assert (profile.skills, spoken(profile)) == ([], [])


def test_a_language_is_changed_and_taken_away(client, student):
    profile = student.student_profile
    for language in ("en", "ja"):
        LanguageSkill.objects.create(profile=profile, language=language, level="a1")
    client.force_login(student)

    data = sent(("en", "b1", ""), ("ja", "a1", ""), ("de", "c1", ""), saved=2)
    client.post(PAGE, {**data, "languages-1-DELETE": "on"})

    assert spoken(profile) == [("en", "b1", ""), ("de", "c1", "")]


def test_a_language_that_stays_the_same_keeps_its_row(student):
    kept = LanguageSkill.objects.create(profile=student.student_profile, language="en", level="b1")

    services.save_profile(
        student.student_profile, by=student, languages=[Spoken("en", "b1"), Spoken("de", "a1")], skills=["Maya"]
    )

    assert LanguageSkill.objects.get(language="en").pk == kept.pk
    assert LanguageSkill.objects.count() == 2


def test_what_is_not_named_stays(student):
    one = services.save_profile(
        student.student_profile, by=student, skills=["Maya"], pay_from=5000, languages=[Spoken("en", "b1")]
    )

    one = services.save_profile(one, by=student, cities=["成都"])

    assert (one.skills, one.pay_from, one.cities, spoken(one)) == (["Maya"], 5000, ["成都"], [("en", "b1", "")])


def test_nobody_speaks_for_another(student):
    other = make_student()

    with pytest.raises(PermissionDenied):
        services.save_profile(student.student_profile, by=other, languages=[Spoken("en", "c2")])

    assert not LanguageSkill.objects.exists()


def test_an_unknown_language_is_refused_and_nothing_is_saved(student):
    with pytest.raises(ValidationError):
        services.save_profile(student.student_profile, by=student, skills=["Maya"], languages=[Spoken("xx", "b1")])

    assert not LanguageSkill.objects.exists()
    assert StudentProfile.objects.get(user=student).skills == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_languages(client, student, django_assert_num_queries, rows):
    for language in ("en", "ja", "de")[:rows]:
        LanguageSkill.objects.create(profile=student.student_profile, language=language, level="a1")
    client.force_login(student)

    # session, person, profile with major, codes, languages, roles, school, bell
    with django_assert_num_queries(8):
        client.get(PAGE)

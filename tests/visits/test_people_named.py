"""Names that were typed or dictated, and whom they mean."""

import pytest

from partnerships.choices.agreements import Side
from tests.factories.partnerships import ContactFactory, EnterpriseFactory
from visits.selectors.people_named import Known, find, known_people

WANG = Known("u1", Side.SCHOOL, "王敏", "Wang Min", "科长")
WANG_TOO = Known("c2", Side.ENTERPRISE, "王敏", "", "总监")
ZENG = Known("c3", Side.ENTERPRISE, "曾庆国", "", "经理")
LIN = Known("u4", Side.SCHOOL, "林静", "Lin Jing", "")
LONG = Known("u5", Side.SCHOOL, "欧阳新成", "Ouyang Xincheng", "")
PEOPLE = [WANG, WANG_TOO, ZENG, LIN, LONG]


@pytest.mark.parametrize(
    ("typed", "exact", "alike"),
    [
        ("王敏", [WANG, WANG_TOO], []),
        (" 王 敏 ", [WANG, WANG_TOO], []),
        ("wang min", [WANG], []),
        ("汪民", [], [WANG, WANG_TOO]),  # the same sounds in other characters
        ("林京", [], [LIN]),
        ("林金", [], [LIN]),  # jin and jing
        ("层庆国", [], [ZENG]),  # ceng, as a telephone reads the surname
        ("增庆国", [], [ZENG]),
        ("曾庆国", [ZENG], []),
        ("欧阳心诚", [], [LONG]),
        ("欧阳", [], []),
        ("孙总", [], []),
        ("王", [], []),
        ("", [], []),
    ],
)
def test_a_name_means_who_bears_it_or_sounds_like_it(typed, exact, alike):
    found = find(typed, PEOPLE)

    assert (found.exact, found.alike) == (exact, alike)


def test_one_who_bears_the_name_is_certain_and_two_are_not():
    assert find("林静", PEOPLE).certain == LIN
    assert find("王敏", PEOPLE).certain is None
    assert find("林京", PEOPLE).certain is None


def test_no_more_than_four_are_offered():
    many = [Known(f"u{n}", Side.SCHOOL, "李伟", "", "") for n in range(6)]

    assert [person.key for person in find("李维", many).offered] == ["u0", "u1", "u2", "u3"]


@pytest.mark.django_db
def test_staff_and_people_of_this_enterprise_are_known(officer, leader, today, django_assert_num_queries):
    enterprise = EnterpriseFactory()
    here = ContactFactory(enterprise=enterprise, name="何芳", title="人力资源总监")
    ContactFactory(enterprise=enterprise, name="走了的人", to_on=today.replace(day=1))
    ContactFactory(name="别家的人")

    with django_assert_num_queries(1):
        known = known_people(enterprise, [officer, leader], on=today)

    assert sorted(person.key for person in known) == sorted([f"c{here.pk}", f"u{officer.pk}", f"u{leader.pk}"])
    assert known[0] == Known(f"c{here.pk}", Side.ENTERPRISE, "何芳", "", "人力资源总监")

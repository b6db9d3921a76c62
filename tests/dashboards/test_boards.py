"""Each dashboard says what its figures say, opens their rows, and is counted for each kind of reader by itself."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import User
from accounts.models.school import College
from dashboards.catalogue import BOARDS
from dashboards.counting import count_again, count_board, recount
from dashboards.models import CountedBoard
from dashboards.services.opening import open_board
from partnerships.choices.agreements import AgreementState
from reports.figures.scope import Scope
from tests.factories.accounts import CollegeFactory, MajorFactory, person, student
from tests.factories.partnerships import AgreementFactory
from tests.factories.visits import CampaignFactory, CampaignTargetFactory, VisitFactory
from tests.reports.world import one_of_everything
from visits.choices import VisitState

pytestmark = pytest.mark.django_db

FOR_ALL_STAFF = [slug for slug in BOARDS if slug != "office"]


def numbers_with_doors(content: object) -> list[tuple[str, int]]:
    """Every number of a board that has an address."""
    found = []
    if isinstance(content, dict):
        if content.get("href", "").startswith("/dashboard/") and isinstance(content.get("number"), int):
            found.append((content["href"], content["number"]))
        for value in content.values():
            found += numbers_with_doors(value)
    elif isinstance(content, list):
        for value in content:
            found += numbers_with_doors(value)
    return found


@pytest.mark.parametrize("slug", BOARDS)
def test_every_number_opens_the_rows_that_it_counts(client: Client, officer: User, college: College, slug: str):
    world = one_of_everything(2)
    world.visits[0].colleges.add(college)
    MajorFactory(college=college)
    client.force_login(officer)

    doors = numbers_with_doors(client.get(f"/dashboards/{slug}/").context["content"])

    assert doors
    for href, number in dict(doors).items():
        assert client.get(href).context["value"].rows == number, href


@pytest.mark.parametrize("slug", BOARDS)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_school_without_anything_has_every_board(client: Client, officer: User, slug: str, language: str):
    officer.language = language
    officer.save()
    client.force_login(officer)

    assert client.get(f"/dashboards/{slug}/").status_code == 200


@pytest.mark.parametrize(
    ("role", "first"),
    [(Role.LEADER, "leadership"), (Role.OFFICER, "office"), (Role.ADMIN, "office"), (Role.COLLEGE, "college")],
)
def test_each_role_begins_with_what_it_comes_for(client: Client, college: College, role: Role, first: str):
    client.force_login(person(role, college=college if role == Role.COLLEGE else None))

    assert client.get("/dashboards/").url == f"/dashboards/{first}/"


def test_students_and_the_offices_board_for_others_do_not_exist(client: Client, leader: User):
    client.force_login(leader)
    assert client.get("/dashboards/office/").status_code == 404
    assert client.get("/dashboards/nothing/").status_code == 404
    client.force_login(student())
    assert [client.get(f"/dashboards/{slug}/").status_code for slug in BOARDS] == [404] * len(BOARDS)
    assert not CountedBoard.objects.exists()


def test_college_staff_count_only_the_agreements_that_they_may_read(
    client: Client, officer: User, college_staff: User, college: College
):
    for colleges in ([college], [CollegeFactory()], []):
        AgreementFactory(state=AgreementState.SIGNED).colleges.set(colleges)
    found = []
    for who in (officer, college_staff):
        client.force_login(who)
        content = client.get("/dashboards/agreements/?college=all").context["content"]
        found.append(next(door["number"] for door in content["four"] if door["slug"] == "agreements-in-force"))

    assert found == [3, 2]
    assert set(CountedBoard.objects.values_list("readers", flat=True)) == {"school", f"college={college.pk}"}


def test_a_kept_board_is_shown_with_its_time_until_it_is_counted_again(client: Client, officer: User, settings):
    settings.BOARDS_WORN = 3600
    client.force_login(officer)
    first = client.get("/dashboards/leadership/?campaign=all").context["counted"]
    VisitFactory(state=VisitState.HELD)

    kept = client.get("/dashboards/leadership/?campaign=all").context["counted"]
    client.post("/dashboards/leadership/again/?campaign=all")
    anew = client.get("/dashboards/leadership/?campaign=all").context["counted"]

    visits = [board.content["four"][0]["number"] for board in (first, kept, anew)]
    assert visits == [0, 0, 1]
    assert kept.counted_at == first.counted_at < anew.counted_at


def test_what_is_worn_is_never_shown(officer: User, settings):
    settings.BOARDS_WORN = 3600
    board, scope = BOARDS["leadership"], Scope(None, timezone.localdate(), officer)
    now = timezone.now()
    first = open_board(board, scope, officer, now=now)
    CountedBoard.objects.update(counted_at=now - timedelta(seconds=3601))
    VisitFactory(state=VisitState.HELD)

    again = open_board(board, Scope(None, timezone.localdate(), officer), officer, now=now)

    assert (again.pk, again.content["four"][0]["number"]) == (first.pk, 1)


def test_what_is_a_little_old_is_counted_by_a_worker_meanwhile(
    officer: User, settings, django_capture_on_commit_callbacks
):
    settings.BOARDS_WORN, settings.BOARDS_LAST = 3600, 60
    board, scope = BOARDS["leadership"], Scope(None, timezone.localdate(), officer)
    now = timezone.now()
    open_board(board, scope, officer, now=now)
    CountedBoard.objects.update(counted_at=now - timedelta(seconds=61))
    VisitFactory(state=VisitState.HELD)

    with django_capture_on_commit_callbacks(execute=True):
        shown = open_board(board, scope, officer, now=now)

    assert shown.content["four"][0]["number"] == 0
    assert CountedBoard.objects.get().content["four"][0]["number"] == 1


def test_boards_that_nobody_opens_are_not_counted_and_go_after_a_month(officer: User):
    board, scope = BOARDS["places"], Scope(None, timezone.localdate(), officer)
    kept = count_board(board, scope, officer, language="en")
    now = timezone.now() + timedelta(days=3)
    assert recount(now=now, older_than=timedelta(0)) == 0

    CountedBoard.objects.update(opened_at=now)
    assert recount(now=now, older_than=timedelta(0)) == 1
    assert CountedBoard.objects.get(pk=kept.pk).opened_at == now

    recount(now=now + timedelta(days=31), older_than=timedelta(0))
    assert not CountedBoard.objects.exists()


def test_a_board_of_a_campaign_that_is_gone_or_of_a_reader_who_lost_the_role_goes(officer: User, college_staff: User):
    campaign = CampaignFactory()
    today = timezone.localdate()
    of_campaign = count_board(BOARDS["leadership"], Scope(campaign, today, officer), officer, language="en")
    of_college = count_board(BOARDS["places"], Scope(None, today, college_staff), college_staff, language="en")
    campaign.delete()
    college_staff.role_grants.all().delete()

    assert [count_again(of_campaign.pk), count_again(of_college.pk)] == [False, False]
    assert not CountedBoard.objects.exists()


def test_targets_say_whether_they_will_be_reached(client: Client, officer: User):
    today = timezone.localdate()
    campaign = CampaignFactory(starts_on=today - timedelta(days=9), ends_on=today + timedelta(days=10))
    CampaignTargetFactory(campaign=campaign, measure="visits", number=20)
    for _number in range(4):
        VisitFactory(state=VisitState.HELD, starts_on=today).campaigns.add(campaign)
    client.force_login(officer)

    (target,) = client.get("/dashboards/leadership/").context["content"]["targets"]

    assert (target["number"], target["target"], target["behind"], target["missing"]) == (4, 20, 5, 16)
    assert target["needed"] == round(16 * 7 / 11, 1)


def test_no_board_names_a_person_of_the_staff(client: Client, officer: User):
    """三不得: what is about employment is never told of one person (domain notes 6.4)."""
    world = one_of_everything(2)
    client.force_login(officer)
    for slug in BOARDS:
        page = client.get(f"/dashboards/{slug}/").content.decode()
        main = re.sub(r"(?s)^.*<main", "", page)
        assert world.leader.name_en not in main, slug


@pytest.mark.parametrize("times", [1, 3])
def test_a_kept_board_opens_in_few_queries(
    client: Client, officer: User, settings, django_assert_num_queries, times: int
):
    settings.BOARDS_WORN = 3600
    one_of_everything(times)
    client.force_login(officer)
    client.get("/dashboards/leadership/")

    with django_assert_num_queries(9):
        client.get("/dashboards/leadership/")


@pytest.mark.parametrize("query", ["campaign=999", "campaign=x", "campaign=%00"])
def test_a_campaign_that_is_not_there_is_not_found(client: Client, officer: User, query: str):
    client.force_login(officer)

    assert client.get(f"/dashboards/leadership/?{query}").status_code == 404

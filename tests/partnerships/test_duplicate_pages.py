"""The question while typing, the queue of suspects, the merge and its undoing, as pages."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from partnerships.choices.enterprises import MatchKind, SuspectState
from partnerships.models.duplicates import Merge, Suspect
from partnerships.models.enterprises import Enterprise
from partnerships.services.merging import merge_enterprises
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, NeedFactory
from tests.factories.visits import VisitFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CODE = "91350100M000100Y43"
TOKEN = "00000000-0000-4000-8000-000000000001"
NEW = reverse("partnerships:enterprise_new")
QUEUE = reverse("partnerships:duplicates")
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def the_office(client, officer):
    client.force_login(officer)


def pair(kind=MatchKind.NAME, **fields):
    first, second = EnterpriseFactory.create_batch(2)
    return Suspect.objects.create(first=first, second=second, kind=kind, found_at=NOW, **fields)


def typed(**fields):
    return {"form_token": TOKEN, "legal_name": "成都灯塔影视传媒有限公司", "level": "normal", **fields}


def merged(officer):
    kept, gone = EnterpriseFactory.create_batch(2)
    NeedFactory(enterprise=gone)
    VisitFactory(enterprise=gone)
    return merge_enterprises(kept, gone, taken=(), by=officer, at=NOW)


def test_while_typing_htmx_gets_the_candidates_alone(client):
    known = EnterpriseFactory(legal_name="成都灯塔影视文化有限公司", credit_code=CODE)

    response = client.get(NEW, {"legal_name": "成都灯塔影视传媒"}, headers=HTMX)

    assert [match.enterprise for match in response.context["matches"]] == [known]
    page = response.content.decode()
    assert "<!DOCTYPE" not in page
    assert f'href="/enterprises/{known.pk}/"' in page
    assert CODE in page
    assert "50%" in page


def test_while_typing_nothing_like_it_gives_nothing(client):
    EnterpriseFactory(legal_name="成都灯塔影视文化有限公司")

    response = client.get(NEW, {"legal_name": "南充丝路"}, headers=HTMX)

    assert response.content.decode().strip() == ""


def test_without_script_the_form_asks_is_it_one_of_these_and_nothing_is_saved(client):
    known = EnterpriseFactory(legal_name="成都灯塔影视文化有限公司")

    response = client.post(NEW, typed())

    assert response.status_code == 200
    assert [match.enterprise for match in response.context["matches"]] == [known]
    assert list(response.context["form"].errors) == ["is_another"]
    assert Enterprise.objects.count() == 1


def test_who_says_it_is_another_enterprise_opens_the_file_and_decides_the_pair(client, officer):
    known = EnterpriseFactory(legal_name="成都灯塔影视文化有限公司")

    response = client.post(NEW, typed(is_another="on", seen=[str(known.pk)]))

    new = Enterprise.objects.exclude(pk=known.pk).get()
    assert response["Location"] == f"/enterprises/{new.pk}/"
    suspect = Suspect.objects.get()
    assert (suspect.first, suspect.second, suspect.state) == (known, new, SuspectState.DIFFERENT)
    assert (suspect.kind, suspect.likeness, suspect.decided_by) == (MatchKind.SIMILAR, 50, officer)


def test_a_candidate_that_was_not_shown_is_asked_about(client):
    EnterpriseFactory(legal_name="成都灯塔影视文化有限公司")

    client.post(NEW, typed(is_another="on", seen=["0"]))

    assert Enterprise.objects.count() == 1
    assert not Suspect.objects.exists()


def test_a_form_that_is_sent_twice_does_not_ask_about_its_own_file(client):
    first, second = client.post(NEW, typed()), client.post(NEW, typed())

    assert second["Location"] == first["Location"]
    assert Enterprise.objects.count() == 1


def test_the_same_code_stays_refused_whatever_is_ticked(client):
    known = EnterpriseFactory(credit_code=CODE)

    response = client.post(NEW, typed(credit_code=CODE, is_another="on", seen=[str(known.pk)]))

    assert list(response.context["form"].errors) == ["credit_code"]
    assert Enterprise.objects.count() == 1


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_queue_costs_the_same_for_any_number_of_pairs(client, django_assert_num_queries, pairs):
    for _number in range(pairs):
        pair()

    with django_assert_num_queries(8):
        response = client.get(QUEUE)

    assert len(response.context["page"]) == pairs


def test_the_queue_shows_the_surest_first_and_only_current_files(client):
    similar, name, code = (pair(kind, likeness=90) for kind in (MatchKind.SIMILAR, MatchKind.NAME, MatchKind.CODE))
    gone = pair()
    Enterprise.objects.filter(pk=gone.first_id).update(archived_at=NOW)
    pair(state=SuspectState.DIFFERENT)

    assert list(client.get(QUEUE).context["page"]) == [code, name, similar]
    assert list(client.get(f"{QUEUE}?of={name.second_id}").context["page"]) == [name]


def test_a_pair_is_decided_and_opened_again(client, officer):
    suspect = pair()
    address = reverse("partnerships:duplicates_decide", args=[suspect.pk])

    client.post(address, {"state": "different"})
    assert list(client.get(QUEUE).context["page"]) == []
    assert list(client.get(f"{QUEUE}?state=different").context["page"]) == [suspect]
    client.post(address, {"state": "open"})

    assert list(client.get(QUEUE).context["page"]) == [suspect]


def test_looking_again_finds_the_pairs_now(client):
    EnterpriseFactory.create_batch(2, legal_name="成都灯塔影视文化有限公司")

    response = client.post(reverse("partnerships:duplicates_look"), follow=True)

    assert len(response.context["page"]) == 1


def test_two_files_are_merged_by_the_form_with_what_was_chosen(client, officer):
    kept = EnterpriseFactory(city="成都")
    gone = EnterpriseFactory(city="南充", staff_count=80)
    ContactFactory(enterprise=gone)
    address = reverse("partnerships:merge_files", args=[kept.pk, gone.pk])

    form = client.get(address).context["form"]
    assert [field.name for field in form.choices()] == ["legal_name", "name_en", "place", "staff_count"]
    chosen = {"legal_name": "kept", "name_en": "kept", "place": "gone", "staff_count": "gone"}
    sent = {"form_token": TOKEN, "kept_version": 1, "gone_version": 1, **chosen}
    response = client.post(address, sent)
    again = client.post(address, sent)

    done = Merge.objects.get()
    assert response["Location"] == f"/enterprises/merges/{done.pk}/"
    assert again["Location"] == response["Location"]
    kept.refresh_from_db()
    assert (kept.city, kept.staff_count, kept.contacts.count()) == ("南充", 80, 1)


def test_a_merge_form_that_is_out_of_date_is_refused(client):
    kept, gone = EnterpriseFactory.create_batch(2)
    Enterprise.objects.filter(pk=gone.pk).update(version=2)
    address = reverse("partnerships:merge_files", args=[kept.pk, gone.pk])

    sent = {"form_token": TOKEN, "kept_version": 1, "gone_version": 1, "legal_name": "kept", "name_en": "kept"}
    response = client.post(address, sent)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert not Merge.objects.exists()


def test_the_preview_of_a_merge_costs_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    kept, gone = EnterpriseFactory.create_batch(2)
    for factory in (ContactFactory, NeedFactory, VisitFactory):
        factory.create_batch(3, enterprise=gone)

    with django_assert_max_num_queries(25):
        response = client.get(reverse("partnerships:merge_files", args=[kept.pk, gone.pk]))

    assert [number for _words, number in response.context["preview"].moving] == [3, 3, 3]


PARTS = [
    "partnerships:enterprise", "partnerships:timeline", "agreements:enterprise_agreements",
    "partnerships:enterprise_needs", "partnerships:brief", "visits:enterprise_visits", "placements:enterprise_postings",
]  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_the_address_of_a_file_merged_away_leads_to_the_kept_one(client, officer, part):
    done = merged(officer)

    response = client.get(reverse(part, args=[done.gone_id]), {"page": 1})

    assert (response.status_code, response["Location"]) == (302, reverse(part, args=[done.kept_id]) + "?page=1")


def test_what_is_sent_to_a_file_merged_away_is_refused_with_the_name_of_the_other(client, officer):
    done = merged(officer)

    response = client.post(reverse("partnerships:enterprise_confirm", args=[done.gone_id]))

    assert response.status_code == 409
    assert str(done.kept) in response.content.decode()


def test_students_learn_nothing_of_a_merge(client, student, officer):
    done = merged(officer)
    client.force_login(student)

    assert client.get(reverse("partnerships:enterprise", args=[done.gone_id])).status_code == 404


def test_a_merge_is_undone_by_its_button(client, officer):
    done = merged(officer)
    page = reverse("partnerships:merge", args=[done.pk])
    assert [number for _words, number in client.get(page).context["preview"].returning] == [1, 1]

    response = client.post(reverse("partnerships:merge_undo", args=[done.pk]))

    assert response["Location"] == page
    assert client.get(page).context["preview"] is None
    assert done.gone.needs.count() == 1
    assert client.post(reverse("partnerships:merge_undo", args=[done.pk])).status_code == 409


def test_college_staff_read_a_merge_but_cannot_undo_it(client, college_staff, officer):
    done = merged(officer)
    client.force_login(college_staff)

    page = client.get(reverse("partnerships:merge", args=[done.pk]))

    assert not page.context["may_undo"]
    assert client.post(reverse("partnerships:merge_undo", args=[done.pk])).status_code == 404
    assert Merge.objects.get().undone_at is None


def test_a_file_that_may_be_there_twice_says_so_to_the_office_alone(client, leader):
    suspect = pair()
    address, hint = f"/enterprises/{suspect.first_id}/", f"{QUEUE}?of={suspect.first_id}"

    assert hint in client.get(address).content.decode()
    assert hint not in client.get(f"/enterprises/{EnterpriseFactory().pk}/").content.decode()
    client.force_login(leader)
    assert hint not in client.get(address).content.decode()

"""Lists under a name: saved, opened, replaced, shared, deleted."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import RuleBroken
from partnerships.models.lists import SavedView
from partnerships.services import saved_views
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
PAGE = "partnerships:enterprise_list"
AGREEMENTS = "agreements:agreement_list"
LIST = reverse(PAGE)
NEW = reverse("partnerships:view_new")
TOKENS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(9)]


def save(client, query, *, page=PAGE, token=TOKENS[0], **fields):
    return client.post(f"{NEW}?page={page}", {"form_token": token, "name": "核心", "query": query, **fields})


def kept(**fields):
    return SavedView.objects.create(**{"page": PAGE, "name": "核心", "query": "level=core", **fields})


def test_a_view_keeps_filters_order_and_columns_and_drops_the_rest(client, officer):
    client.force_login(officer)

    response = save(client, "page=3&x=1&columns=tags&columns=nonsense&sort=stale&level=core&owner=&format=xlsx")

    view = SavedView.objects.get()
    assert (view.page, view.name, view.owner, view.is_shared) == (PAGE, "核心", officer, False)
    assert view.query == "level=core&sort=stale&columns=tags"
    assert response["Location"] == f"{LIST}?{view.query}"


def test_sent_twice_it_is_saved_once(client, officer):
    client.force_login(officer)

    first, second = save(client, "level=core"), save(client, "level=core", name="别的")

    assert first["Location"] == second["Location"]
    assert SavedView.objects.get().name == "核心"


def test_a_view_too_long_for_an_address_of_a_used_token_is_saved_all_the_same(client, officer):
    client.force_login(officer)
    words = "长" * 60  # 540 characters of address

    response = save(client, f"find={words}")

    assert len(response["Location"]) > 500
    assert SavedView.objects.count() == 1


def test_a_view_longer_than_there_is_room_is_refused_with_a_reason(client, officer):
    client.force_login(officer)

    response = save(client, f"find={'长' * 900}")

    assert response.context["form"].non_field_errors() == [
        "The view is too long to be saved: choose fewer filters or columns."
    ]
    assert not SavedView.objects.exists()


def test_the_list_shows_own_and_shared_views_and_marks_the_open_one(client, college_staff, officer, leader):
    own = kept(owner=college_staff, name="我的")
    kept(owner=officer, name="全校", query="level=strategic", is_shared=True)
    kept(owner=officer, name="别人的", query="level=normal")
    kept(owner=college_staff, name="协议", page=AGREEMENTS)
    client.force_login(college_staff)

    html = client.get(LIST, {"level": "core", "page": "1", "find": ""}).content.decode()

    assert "我的" in html
    assert "全校" in html
    assert "别人的" not in html
    assert "协议" not in html
    assert len(re.findall(r'class="chip"[^>]* aria-current="true"', html)) == 1
    assert f'<a class="chip" href="{LIST}?level=core" aria-current="true">' in html
    assert reverse("partnerships:view_edit", args=[own.pk]) in html
    assert f"{NEW}?" not in html


def test_a_filtered_list_that_is_not_saved_offers_to_be(client, officer):
    EnterpriseFactory()
    client.force_login(officer)

    html = client.get(LIST, {"level": "normal", "junk": "1"}).content.decode()

    assert f"{NEW}?page=partnerships%3Aenterprise_list&amp;query=level%3Dnormal" in html
    assert f"{NEW}?" not in client.get(LIST).content.decode()


def test_views_of_the_agreements_have_their_own_filters(client, officer):
    client.force_login(officer)

    response = save(client, "stage=draft&level=core&columns=name", page=AGREEMENTS)

    assert SavedView.objects.get().query == "stage=draft"
    assert response["Location"] == f"{reverse(AGREEMENTS)}?stage=draft"
    assert (
        'class="chip" href="/agreements/?stage=draft" aria-current="true">'
        in client.get(response["Location"]).content.decode()
    )


def test_a_page_without_views_has_none(client, officer):
    client.force_login(officer)

    assert client.get(NEW, {"page": "home"}).status_code == 404
    assert client.get(NEW).status_code == 404


def test_an_own_view_may_be_replaced(client, officer):
    view = kept(owner=officer)
    client.force_login(officer)

    save(client, "level=strategic", name="战略", replaces=view.pk)

    view.refresh_from_db()
    assert (view.name, view.query) == ("战略", "level=strategic")
    assert SavedView.objects.count() == 1


def test_a_view_of_someone_else_is_not_offered_for_replacement(client, college_staff, officer):
    view = kept(owner=officer, is_shared=True)
    kept(owner=college_staff, name="我的")
    client.force_login(college_staff)

    refused = save(client, "level=strategic", name="新", replaces=view.pk)

    assert list(refused.context["form"].errors) == ["replaces"]
    view.refresh_from_db()
    assert view.query == "level=core"


def test_a_name_is_used_once_per_person_and_list(client, officer, leader):
    kept(owner=leader)
    kept(owner=officer, page=AGREEMENTS)
    kept(owner=officer)
    client.force_login(officer)

    refused = save(client, "level=strategic")

    assert list(refused.context["form"].errors) == ["name"]
    with pytest.raises(RuleBroken):
        saved_views.save_view(page=PAGE, name="核心", query="", by=officer)
    assert SavedView.objects.count() == 3


def test_only_the_office_shares(client, college_staff, officer):
    client.force_login(college_staff)
    save(client, "level=core", is_shared="on")

    assert SavedView.objects.get().is_shared is False
    with pytest.raises(PermissionDenied):
        saved_views.save_view(page=PAGE, name="全校", query="", by=college_staff, is_shared=True)
    assert SavedView.objects.count() == 1

    client.force_login(officer)
    save(client, "level=core", token=TOKENS[1], is_shared="on")
    assert SavedView.objects.get(owner=officer).is_shared is True


def test_an_own_view_is_renamed_and_deleted(client, officer):
    view = kept(owner=officer)
    client.force_login(officer)

    renamed = client.post(reverse("partnerships:view_edit", args=[view.pk]), {"name": "重点", "is_shared": "on"})

    view.refresh_from_db()
    assert (view.name, view.is_shared, view.query) == ("重点", True, "level=core")
    assert renamed["Location"] == f"{LIST}?level=core"

    deleted = client.post(reverse("partnerships:view_delete", args=[view.pk]))
    assert deleted["Location"] == LIST
    assert not SavedView.objects.exists()


def test_a_view_of_someone_else_can_neither_be_changed_nor_deleted(client, college_staff, officer):
    view = kept(owner=officer, is_shared=True)
    client.force_login(college_staff)

    assert client.post(reverse("partnerships:view_edit", args=[view.pk]), {"name": "我的"}).status_code == 404
    assert client.post(reverse("partnerships:view_delete", args=[view.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        saved_views.change_view(view, name="我的", by=college_staff)
    with pytest.raises(PermissionDenied):
        saved_views.delete_view(view, by=college_staff)
    view.refresh_from_db()
    assert view.name == "核心"


@pytest.mark.parametrize("who", ["student", "stranger"])
def test_for_others_there_are_no_views(request, client, officer, who):
    view = kept(owner=officer, is_shared=True)
    person = request.getfixturevalue(who)
    client.force_login(person)

    assert save(client, "level=core").status_code == 404
    assert not SavedView.objects.visible_to(person).exists()
    assert list(SavedView.objects.all()) == [view]


def test_the_search_keeps_the_columns_of_the_address(client, officer):
    client.force_login(officer)

    html = client.get(LIST, {"columns": ["name", "tags"]}).content.decode()

    assert '<input type="hidden" name="columns" value="tags">' in html

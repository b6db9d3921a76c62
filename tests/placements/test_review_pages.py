"""The review of postings on its pages: what holds one, what lets it pass, and the lists of the office."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from placements.choices import HoldRule, PostingState
from placements.models.review import HeldWord, MinimumWage, TrustedEnterprise
from tests.factories.partnerships import EnterpriseFactory, ProvinceFactory
from tests.factories.placements import PostingFactory, held

pytestmark = pytest.mark.django_db


def page(posting):
    return reverse("placements:posting", args=[posting.pk])


def test_a_held_posting_has_no_button_to_publish_until_that_is_settled(client, officer):
    hold = held(PostingFactory(state=PostingState.IN_REVIEW))
    client.force_login(officer)

    is_held = client.get(page(hold.posting))

    assert is_held.context["moves"] == [PostingState.WITHDRAWN, PostingState.REJECTED, PostingState.DRAFT]
    assert 'value="published"' not in is_held.content.decode()
    client.post(reverse("placements:hold_lift", args=[hold.pk]), {"reason": "租房押金"})
    assert client.get(page(hold.posting)).context["moves"][0] == PostingState.PUBLISHED


def test_publishing_a_held_posting_all_the_same_is_refused_with_the_reason(client, officer):
    posting = PostingFactory(state=PostingState.IN_REVIEW, published_at=None, description="入职前收取押金200元。")
    client.force_login(officer)

    sent = {"to": "published", "version": posting.version}
    text = client.post(reverse("placements:posting_move", args=[posting.pk]), sent).content.decode()

    assert "The posting is held. It speaks of fees or deposits" in text
    posting.refresh_from_db()
    assert (posting.state, posting.published_at, posting.version) == (PostingState.IN_REVIEW, None, 1)


def test_staff_read_that_an_announced_posting_is_seen_by_students_already(client, officer, student):
    posting = PostingFactory(opens_on=timezone.localdate() + timedelta(days=3))
    client.force_login(officer)

    text = client.get(page(posting)).content.decode()

    assert "Announced: students see it now and can apply from its opening day on." in text
    client.force_login(student)
    assert client.get(page(posting)).status_code == 200


def test_ending_trust_is_asked_about_first(client, officer):
    enterprise = EnterpriseFactory(name_en="Qiming")
    TrustedEnterprise.objects.create(enterprise=enterprise, since=date(2026, 1, 1), by=officer, reason="好")
    client.force_login(officer)

    text = client.get(reverse("placements:trusted_list")).content.decode()

    asked = "From now on somebody looks at every posting of Qiming before it is published. End the trust?"
    assert f'data-confirm="{asked}"' in text


def test_the_office_lets_pass_on_the_page_and_college_staff_find_no_such_page(client, officer, college_staff):
    hold = held(PostingFactory(state=PostingState.IN_REVIEW))
    url = reverse("placements:hold_lift", args=[hold.pk])
    client.force_login(college_staff)
    assert client.post(url, {"reason": "可以"}).status_code == 404

    client.force_login(officer)
    assert "This field is required" in client.post(url, {"reason": " "}).content.decode()
    hold.refresh_from_db()
    assert hold.lifted_at is None
    assert client.post(url, {"reason": "租房押金"}).url == page(hold.posting)
    hold.refresh_from_db()
    assert (hold.lifted_by, hold.reason) == (officer, "租房押金")


def test_the_lists_of_the_review_are_kept_on_their_pages(client, officer):
    client.force_login(officer)
    enterprise, province = EnterpriseFactory(), ProvinceFactory()
    token = {"form_token": str(uuid.uuid4())}
    wage = {"province": province.pk, "monthly": "2000", "hourly": "20.5", "valid_from": "2025-01-01", "source": "通知"}

    client.post(reverse("placements:held_word_new"), {**token, "word": "试岗费", "rule": "fee", "is_active": "on"})
    client.post(reverse("placements:minimum_wage_new"), {"form_token": str(uuid.uuid4()), **wage})
    terms = {"form_token": str(uuid.uuid4()), "since": "2026-01-01", "reason": "校友企业"}
    client.post(reverse("placements:trust_edit", args=[enterprise.pk]), terms)

    assert HeldWord.objects.get(word="试岗费").rule == HoldRule.FEE
    assert (MinimumWage.objects.get().monthly, str(MinimumWage.objects.get().hourly)) == (2000, "20.50")
    assert TrustedEnterprise.objects.in_force(timezone.localdate()).get().enterprise == enterprise
    assert client.get(reverse("placements:trusted_list")).content.decode().count("校友企业") == 1
    client.post(reverse("placements:trust_end", args=[TrustedEnterprise.objects.get().pk]))
    assert not TrustedEnterprise.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("held_word_new", {"word": "试岗费", "rule": "pay"}, "rule"),
        ("held_word_new", {"word": "长" * 61, "rule": "fee"}, "word"),
        ("minimum_wage_new", {"monthly": "0", "hourly": "0"}, "monthly"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(client, officer, name, data, field):
    client.force_login(officer)
    before = HeldWord.objects.count(), MinimumWage.objects.count()

    response = client.post(reverse(f"placements:{name}"), {"form_token": str(uuid.uuid4()), **data})

    assert field in response.context["form"].errors
    assert (HeldWord.objects.count(), MinimumWage.objects.count()) == before


@pytest.mark.parametrize("name", ["held_words", "minimum_wages", "trusted_list"])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_for_any_number_of_rows(client, officer, django_assert_num_queries, name, rows):
    HeldWord.objects.all().delete()
    for n in range(rows):
        HeldWord.objects.create(word=f"词{n}", rule=HoldRule.FEE)
        MinimumWage.objects.create(
            province=ProvinceFactory(code=f"{n + 10}0000", name_zh=f"省{n}", name_en=f"P{n}"), monthly=2000, hourly=20,
            valid_from=date(2025, 1, 1), source="通知",
        )  # fmt: skip
        TrustedEnterprise.objects.create(
            enterprise=EnterpriseFactory(), since=date(2026, 1, 1), by=officer, reason="好"
        )
    client.force_login(officer)

    with django_assert_num_queries(7):
        response = client.get(reverse(f"placements:{name}"))

    assert len(response.context["page"].object_list) == rows

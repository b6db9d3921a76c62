"""The school sets who looks at drafts, and in which order."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from accounts.choices import Role
from core.errors import RuleBroken, StaleEdit
from drafting.choices import ReviewerRole
from drafting.models.reviews import ReviewRule
from drafting.selectors.order import Planned, order_of
from drafting.services.order import as_seen, set_order
from tests.factories.accounts import person
from tests.factories.partnerships import AgreementKindFactory

pytestmark = pytest.mark.django_db
R = ReviewerRole
LIST = reverse("drafting:review_steps")


@pytest.fixture(autouse=True)
def in_english():
    """Refusals are read in English whatever ran before."""
    with translation.override("en"):
        yield


def roles(kind):
    return [step.role for step in order_of(kind).steps]


def test_until_the_school_says_otherwise_college_office_and_legal_look_at_drafts():
    kind = AgreementKindFactory()
    framework = AgreementKindFactory(code="strategic", needs_leadership=True)

    assert roles(None) == roles(kind) == [R.COLLEGE, R.OFFICE, R.LEGAL]
    assert roles(framework) == [R.COLLEGE, R.OFFICE, R.LEGAL, R.LEADERSHIP]


def test_a_kind_has_an_order_of_its_own_and_gives_it_up_again(officer):
    kind = AgreementKindFactory()

    set_order(kind, [Planned(R.LEGAL, officer), Planned(R.OFFICE)], by=officer)
    assert order_of(kind).steps == [Planned(R.LEGAL, officer), Planned(R.OFFICE)]
    assert roles(None) == [R.COLLEGE, R.OFFICE, R.LEGAL]
    set_order(None, [Planned(R.OFFICE)], by=officer)
    assert roles(kind) == [R.LEGAL, R.OFFICE]
    set_order(kind, [], by=officer)

    assert roles(kind) == [R.OFFICE]
    assert ReviewRule.objects.count() == 1


def test_leadership_is_not_left_out_where_it_decides(officer):
    kind = AgreementKindFactory(code="strategic", needs_leadership=True)

    with pytest.raises(RuleBroken, match="its step cannot be left out"):
        set_order(kind, [Planned(R.OFFICE)], by=officer)
    assert not ReviewRule.objects.exists()
    set_order(None, [Planned(R.OFFICE)], by=officer)

    assert roles(kind) == [R.OFFICE, R.LEADERSHIP]


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], "At least one"),
        ([Planned(R.OFFICE), Planned(R.OFFICE)], "once"),
        ([Planned(R.COLLEGE)], "no college"),
    ],
)
def test_an_order_that_leads_nowhere_is_refused(officer, steps, words):
    with pytest.raises(RuleBroken, match=words):
        set_order(None, steps, by=officer)

    assert not ReviewRule.objects.exists()


def test_a_step_is_given_only_to_someone_of_its_role(officer, leader):
    with pytest.raises(RuleBroken, match="cannot take this step"):
        set_order(None, [Planned(R.OFFICE, leader)], by=officer)

    assert not ReviewRule.objects.exists()


def test_who_saves_over_a_colleague_is_told(officer):
    seen = as_seen(order_of(None).steps)
    set_order(None, [Planned(R.OFFICE)], seen=seen, by=officer)

    with pytest.raises(StaleEdit):
        set_order(None, [Planned(R.LEGAL)], seen=seen, by=officer)

    assert roles(None) == [R.OFFICE]


@pytest.mark.parametrize("who", ["leader", "student", "stranger", "college_staff"])
def test_others_set_no_order(request, client, who):
    user, kind = request.getfixturevalue(who), AgreementKindFactory()
    client.force_login(user)

    with pytest.raises(PermissionDenied):
        set_order(None, [Planned(R.OFFICE)], by=user)
    for address in (LIST, reverse("drafting:review_steps_edit", args=[kind.code])):
        assert client.get(address).status_code == 404
    assert client.post(reverse("drafting:review_steps_others"), {"office_place": "1"}).status_code == 404

    assert not ReviewRule.objects.exists()


def test_the_order_is_set_on_its_page(client, officer, admin):
    kind, colleague = AgreementKindFactory(), person(Role.OFFICER)
    client.force_login(admin)
    address = reverse("drafting:review_steps_edit", args=[kind.code])
    seen = client.get(address).context["form"]["seen"].value()
    data = {"seen": seen, "office_place": "1", "office_reviewer": colleague.pk, "leadership_place": "2"}

    twice = client.post(address, {**data, "legal_place": "2"})
    assert twice.context["form"].non_field_errors() == ["Each place in the order is taken once."]
    assert client.post(address, data)["Location"] == LIST
    stale = client.post(address, {**data, "leadership_place": ""})
    assert stale.context["form"].non_field_errors()[0].startswith("Someone else saved")

    assert order_of(kind).steps == [Planned(R.OFFICE, colleague), Planned(R.LEADERSHIP)]
    again = stale.context["form"]["seen"].value()
    client.post(address, {**data, "leadership_place": "", "seen": again})
    assert roles(kind) == [R.OFFICE]
    client.post(address, {"seen": as_seen(order_of(kind).steps), "as_others": "on"})
    assert not ReviewRule.objects.exists()


@pytest.mark.parametrize("kinds", [1, 3])
def test_the_list_of_orders_costs_the_same_for_any_number_of_kinds(client, officer, django_assert_num_queries, kinds):
    for number in range(kinds):
        AgreementKindFactory(code=f"kind{number}")
    client.force_login(officer)

    with django_assert_num_queries(7):
        response = client.get(LIST)

    assert len(response.context["orders"]) == kinds + 1

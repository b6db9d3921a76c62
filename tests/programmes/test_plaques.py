"""Plaques: awarded, taken down, and how an enterprise stands to the school's own conditions."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from core.errors import RuleBroken
from partnerships.choices.programmes import ProgrammeKind
from partnerships.choices.timeline import TimelineKind as K
from partnerships.models.plaques import Plaque
from partnerships.models.timeline import TimelineEntry
from placements.choices import ApplicationState, PostingKind
from programmes.models import PlaqueCondition
from programmes.selectors.plaques import Condition, advice, interns_by_year
from programmes.services import plaques
from tests.factories.partnerships import EnterpriseFactory, signed_agreement
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
BASE = ProgrammeKind.TRAINING_BASE


def awarded(officer, **fields):
    fields = {"awarded_to": "基地", "kind": BASE, "awarded_on": date(2026, 1, 1), **fields}
    return plaques.award_plaque(**fields, by=officer, at=NOW)


def intern(enterprise, on, state=ApplicationState.ACCEPTED, kind=PostingKind.INTERNSHIP):
    application = ApplicationFactory(posting=PostingFactory(enterprise=enterprise, kind=kind), state=state)
    application.moves.create(state=ApplicationState.ACCEPTED, at=datetime(on.year, on.month, on.day, 4, tzinfo=UTC))


def test_a_plaque_of_an_enterprise_stands_on_its_timeline(officer):
    plaque = awarded(officer, enterprise=EnterpriseFactory(), text="实训基地")

    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.text, entry.detail) == (K.PLAQUE_AWARDED, "实训基地", "training_base")
    assert entry.link == f"/plaques/{plaque.pk}/"


def test_a_plaque_hangs_until_it_is_taken_down_with_a_reason(officer):
    plaque = awarded(officer, enterprise=EnterpriseFactory())

    with pytest.raises(RuleBroken) as early:
        plaques.take_down(plaque, on=date(2025, 12, 31), why="期满", by=officer, at=NOW)
    assert early.value.field == "on"
    plaques.take_down(plaque, on=TODAY, why="期满", by=officer, at=NOW)
    with pytest.raises(RuleBroken):
        plaques.take_down(plaque, on=TODAY, why="再来", by=officer, at=NOW)

    plaque.refresh_from_db()
    assert (plaque.taken_down_on, plaque.taken_down_why) == (TODAY, "期满")
    assert TimelineEntry.objects.filter(kind=K.PLAQUE_TAKEN_DOWN).count() == 1


@pytest.mark.parametrize("who", ["college_staff", "leader", "student", "stranger"])
def test_only_the_office_awards_and_takes_down(request, officer, who):
    user, plaque = request.getfixturevalue(who), awarded(officer)

    with pytest.raises(PermissionDenied):
        awarded(user)
    with pytest.raises(PermissionDenied):
        plaques.take_down(plaque, on=TODAY, why="期满", by=user, at=NOW)

    plaque.refresh_from_db()
    assert (Plaque.objects.count(), plaque.taken_down_on) == (1, None)


def test_an_agreement_of_another_enterprise_is_refused(officer):
    with pytest.raises(RuleBroken):
        awarded(officer, enterprise=EnterpriseFactory(), agreement=signed_agreement())
    assert not Plaque.objects.exists()


def test_a_school_that_asks_nothing_gets_no_advice():
    assert advice(EnterpriseFactory(), BASE, on=TODAY) == []


def test_interns_count_in_the_academic_year_in_which_they_accepted():
    enterprise = EnterpriseFactory()
    for on in (date(2025, 8, 31), date(2025, 9, 1), date(2026, 8, 31), date(2026, 9, 1)):
        intern(enterprise, on)
    intern(enterprise, date(2026, 9, 1), kind=PostingKind.JOB)
    intern(enterprise, date(2026, 9, 1), state=ApplicationState.WITHDRAWN)
    intern(EnterpriseFactory(), date(2026, 9, 1))

    assert interns_by_year(enterprise) == {2024: 1, 2025: 2, 2026: 1}


@pytest.mark.parametrize(
    ("starts", "taken", "met"),
    [
        (date(2025, 11, 20), 2, [True, True, True]),
        (date(2025, 11, 21), 2, [True, False, True]),
        (date(2025, 11, 20), 1, [True, True, False]),
    ],
)
def test_advice_compares_what_the_school_asks_with_what_is_on_file(starts, taken, met):
    enterprise = EnterpriseFactory()
    signed_agreement(enterprise=enterprise, starts_on=starts, ends_on=date(2028, 1, 1))
    for _ in range(taken):
        intern(enterprise, date(2026, 3, 1))
    PlaqueCondition.objects.create(kind=BASE, years=1, interns=2)

    with translation.override("en"):
        found = advice(enterprise, BASE, on=TODAY)

    assert [each.is_met for each in found] == met
    assert found[2].found == f"2024/25: 0, 2025/26: {taken}, 2026/27: 0"


def test_without_an_agreement_the_advice_says_so():
    PlaqueCondition.objects.create(kind=BASE, years=1)

    with translation.override("en"):
        assert advice(EnterpriseFactory(), BASE, on=TODAY) == [
            Condition(False, "an agreement in force", "0 in force"),
            Condition(False, "1 year of cooperation", "no agreement was signed yet"),
        ]


def test_conditions_that_are_not_met_are_shown_and_bar_nothing(client, officer):
    enterprise = EnterpriseFactory()
    PlaqueCondition.objects.create(kind=BASE, years=3)
    client.force_login(officer)
    address = reverse("programmes:plaque_new", args=[enterprise.pk])

    page = client.get(address)
    fields = {"form_token": str(uuid.uuid4()), "kind": BASE, "awarded_to": "基地", "awarded_on": "2026-01-01"}
    answer = client.post(address, fields)

    assert [each.is_met for _label, found in page.context["advice"] for each in found] == [False, False]
    plaque = Plaque.objects.get()
    assert answer.url == f"/plaques/{plaque.pk}/"
    assert [each.is_met for each in client.get(answer.url).context["conditions"]] == [False, False]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_runs_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for number in range(rows):
        awarded(officer, text=str(number), enterprise=EnterpriseFactory())
    client.force_login(officer)

    with django_assert_num_queries(7):  # session, person, roles, count, rows, school, inbox
        html = client.get(reverse("programmes:plaque_list")).content.decode()
    assert html.count('<td class="cell-title">') == rows

"""Plaques that hang although their agreement has run out."""

from datetime import UTC, date, datetime, timedelta

import pytest

from notifications.choices import Channel
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementState
from partnerships.choices.programmes import ProgrammeKind
from partnerships.models.agreements import Agreement
from partnerships.models.plaques import Plaque
from tests.factories.partnerships import EnterpriseFactory, signed_agreement
from tests.factories.programmes import ProgrammeFactory
from tests.reminding import due, queue, told

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
RULE = "agreements.plaque"


def plaque_of(agreement, **fields):
    kind = ProgrammeKind.TRAINING_BASE
    return Plaque.objects.create(agreement=agreement, kind=kind, awarded_to="会润集团", text="实训基地", **fields)


def ended(days=1, **fields):
    return signed_agreement(ends_on=TODAY - timedelta(days=days), **fields)


@pytest.mark.parametrize(
    ("days", "mark"), [(-1, None), (0, None), (1, "+1"), (29, "+1"), (30, "+30"), (90, "+30"), (91, None)]
)
def test_the_office_is_told_the_day_after_the_end_and_a_month_later(officer, days, mark):
    agreement = ended(days)
    plaque = plaque_of(agreement)

    expected = [(f"{RULE}:{plaque.pk}:{mark}d:{agreement.ends_on:%Y%m%d}", str(officer))]
    assert told(RULE, NOW) == (expected if mark else [])


def test_a_plaque_of_a_programme_follows_the_agreement_of_the_programme(officer):
    agreement = ended()
    programme = ProgrammeFactory(enterprise=agreement.enterprise, agreement=agreement)
    plaque = plaque_of(None, programme=programme)

    assert [each.subject_id for each in due(RULE, NOW)] == [plaque.pk]


def test_plaques_that_are_down_renewed_or_of_no_agreement_are_left_alone(officer):
    plaque_of(ended(), taken_down_on=TODAY)
    plaque_of(ended(renews_itself=True))
    plaque_of(ended(state=AgreementState.RENEWED))
    renewed = ended()
    signed_agreement(enterprise=renewed.enterprise, renewed_from=renewed)
    plaque_of(renewed)
    plaque_of(None, enterprise=renewed.enterprise)

    assert due(RULE, NOW) == []


def test_the_letter_names_the_plaque_and_the_agreement(officer):
    enterprise = EnterpriseFactory(legal_name="会润集团", name_en="Huirun Group")
    plaque = plaque_of(ended(title="Practice base", enterprise=enterprise), place="一层大厅")

    assert (queue(NOW, RULE), queue(NOW, RULE)) == (2, 0)

    mail = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert (mail.recipient, mail.link) == (officer, f"/plaques/{plaque.pk}/")
    assert mail.subject == "A plaque hangs without an agreement: 实训基地"
    assert "“Practice base” with Huirun Group was in force until 19 Nov 2026" in mail.body
    assert "Where: 一层大厅" in mail.body


@pytest.mark.parametrize(
    ("model", "change", "is_sent"),
    [
        (Plaque, {}, True),
        (Plaque, {"taken_down_on": TODAY}, False),
        (Agreement, {"ends_on": TODAY - timedelta(days=2)}, False),
        (Agreement, {"renews_itself": True}, False),
    ],
)
def test_at_the_moment_of_sending_it_is_asked_again(officer, model, change, is_sent):
    plaque_of(ended())
    assert queue(NOW, RULE) == 2

    if change:
        model.objects.update(**change)

    mail = OutgoingMessage.objects.get(channel=Channel.EMAIL)
    assert deliver_message(mail.pk, now=NOW + timedelta(minutes=1)) is is_sent


@pytest.mark.parametrize("plaques", [1, 3])
def test_looking_costs_the_same_for_any_number(officer, django_assert_num_queries, plaques):
    for _ in range(plaques):
        plaque_of(ended())

    with django_assert_num_queries(4):  # terms, days off, officers, plaques
        assert len(due(RULE, NOW)) == plaques

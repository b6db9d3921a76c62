"""What an agreement may renew and stand under: nothing in a circle, nothing of strangers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from accounts.choices import Role
from agreements.services import agreements
from core.errors import RuleBroken
from partnerships.models.agreements import Agreement
from partnerships.models.timeline import TimelineEntry
from tests.factories.accounts import person
from tests.factories.partnerships import (
    AgreementFactory,
    AgreementKindFactory,
    ContactFactory,
    EnterpriseFactory,
    signed_agreement,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    """Refusals are read in English, whatever the portal's own language."""
    with translation.override("en"):
        yield


def change(agreement, officer, **fields):
    version = Agreement.objects.values_list("version", flat=True).get(pk=agreement.pk)
    return agreements.change_agreement(agreement, version=version, fields=fields, by=officer, at=NOW)


def framework(**fields):
    return signed_agreement(kind=AgreementKindFactory(code="strategic", needs_leadership=True), **fields)


def three(enterprise):
    """A renews B renews C."""
    oldest = signed_agreement(enterprise=enterprise, title="C")
    middle = signed_agreement(enterprise=enterprise, title="B", renewed_from=oldest)
    return signed_agreement(enterprise=enterprise, title="A", renewed_from=middle), middle, oldest


def test_renewals_that_cannot_be_are_refused_and_nothing_changes(officer):
    enterprise = EnterpriseFactory()
    newest, _middle, oldest = three(enterprise)
    draft = AgreementFactory(enterprise=enterprise)

    for agreement, older, told in [
        (oldest, oldest, "An agreement cannot renew itself."),
        (oldest, newest, "The agreements would renew each other in a circle: “A” renews this one already."),
        (oldest, signed_agreement(), "An agreement renews an older one with the same enterprise."),
        (oldest, draft, "An agreement that is not signed yet cannot be renewed."),
    ]:
        with pytest.raises(RuleBroken) as refused:
            change(agreement, officer, renewed_from=older)
        assert (str(refused.value), refused.value.field) == (told, "renewed_from")

    oldest.refresh_from_db()
    assert (oldest.renewed_from, oldest.version) == (None, 1)
    assert not TimelineEntry.objects.exists()


def test_a_second_party_may_be_the_enterprise_that_renewals_share(officer):
    older, newer = signed_agreement(), AgreementFactory()
    newer.parties.create(place=3, enterprise=older.enterprise)

    change(newer, officer, renewed_from=older)

    newer.refresh_from_db()
    assert newer.renewed_from == older


def test_frameworks_that_cannot_be_are_refused(officer):
    above = framework(title="上")
    under = framework(title="下", framework=above)

    for agreement, chosen, told in [
        (above, above, "An agreement cannot stand under itself."),
        (
            above,
            under,
            "The agreements would stand under each other in a circle: “下” stands under this one already.",
        ),
        (above, signed_agreement(), "Only a framework agreement stands above others."),
    ]:
        with pytest.raises(RuleBroken) as refused:
            change(agreement, officer, framework=chosen)
        assert (str(refused.value), refused.value.field) == (told, "framework")
    with pytest.raises(RuleBroken, match="it stays a framework agreement"):
        change(above, officer, kind=AgreementKindFactory())

    above.refresh_from_db()
    assert (above.framework, above.kind.code) == (None, "strategic")


@pytest.mark.parametrize(("first", "second"), [("owner", "deputy"), ("enterprise_owner", "enterprise_deputy")])
def test_a_deputy_is_somebody_else(officer, first, second):
    agreement = AgreementFactory(owner=officer)
    who = officer if first == "owner" else ContactFactory(enterprise=agreement.enterprise)

    with pytest.raises(RuleBroken, match="somebody else") as refused:
        change(agreement, officer, **{first: who, second: who})

    assert refused.value.field == second
    agreement.refresh_from_db()
    assert getattr(agreement, second) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tie", ["renewed_from", "framework"])
def test_people_who_tie_agreements_at_once_close_no_circle(tie):
    officer, enterprise = person(Role.OFFICER), EnterpriseFactory()
    rows = [framework(enterprise=enterprise, title=name) for name in "ABCD"]

    def link(place: int) -> str:
        try:
            change(rows[place], officer, **{tie: rows[(place + 1) % 4]})
        except RuleBroken as refusal:
            return str(refusal.field)
        finally:
            connection.close()
        return "tied"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(link, range(4)))

    assert outcomes == sorted([tie, "tied", "tied", "tied"])
    assert Agreement.objects.filter(**{f"{tie}__isnull": True}).count() == 1


def form_data(agreement, officer, **fields):
    data = {
        "version": agreement.version,
        "owner": officer.pk,
        "kind": agreement.kind_id,
        "title": agreement.title,
        "track": "standard",
    }
    return {**data, **fields}


def test_the_form_says_it_beside_the_field(client, officer):
    enterprise = EnterpriseFactory()
    newest, _middle, oldest = three(enterprise)
    client.force_login(officer)
    address = reverse("agreements:agreement_edit", args=[oldest.pk])

    for fields, field in [
        ({"renewed_from": newest.pk}, "renewed_from"),
        ({"renewed_from": oldest.pk}, "renewed_from"),
        ({"renewed_from": signed_agreement().pk}, "renewed_from"),
        ({"framework": oldest.pk}, "framework"),
        ({"deputy": officer.pk}, "deputy"),
        ({"amount": "about 500"}, "amount"),
    ]:
        form = client.post(address, form_data(oldest, officer, **fields)).context["form"]
        assert list(form.errors) == [field], (fields, form.errors)

    oldest.refresh_from_db()
    assert oldest.version == 1


def test_all_that_the_paper_says_is_kept_and_shown(client, officer, leader):
    above = framework(title="战略合作框架协议")
    agreement = AgreementFactory(owner=officer)
    owner, deputy = (ContactFactory(enterprise=agreement.enterprise) for _ in range(2))
    client.force_login(officer)
    data = form_data(
        agreement, officer, deputy=leader.pk, enterprise_owner=owner.pk, enterprise_deputy=deputy.pk,
        framework=above.pk, content="共建实训中心", amount="500万元", originals="3", kept_where="档案室",
        archived_on="2026-11-01",
    )  # fmt: skip

    saved = client.post(reverse("agreements:agreement_edit", args=[agreement.pk]), data)

    assert saved.status_code == 302
    agreement.refresh_from_db()
    assert (agreement.framework, agreement.deputy, agreement.enterprise_deputy) == (above, leader, deputy)
    assert (agreement.amount, agreement.content, agreement.archived_on) == (
        5_000_000,
        "共建实训中心",
        date(2026, 11, 1),
    )
    html = client.get(saved["Location"]).content.decode()
    for shown in (
        "5,000,000 yuan",
        "共建实训中心",
        "档案室",
        "战略合作框架协议",
        f"deputy: {leader}",
        f"deputy: {deputy}",
    ):
        assert shown in html
    under = client.get(reverse("agreements:agreement", args=[above.pk])).context["relatives"].under_it
    assert under == [agreement]


def test_the_chain_of_renewals_is_shown_from_both_ends(client, officer):
    newest, middle, oldest = three(EnterpriseFactory())
    alone = signed_agreement()
    client.force_login(officer)

    for agreement in (newest, middle, oldest):
        shown = client.get(reverse("agreements:agreement", args=[agreement.pk])).context["relatives"]
        assert sorted(shown.chain, key=lambda row: row.title) == [newest, middle, oldest]
        assert shown.under_it == []
    assert client.get(reverse("agreements:agreement", args=[alone.pk])).context["relatives"].chain == []


def test_two_people_who_move_one_agreement_are_told_in_words(client, officer):
    agreement = AgreementFactory()
    client.force_login(officer)
    move = reverse("agreements:agreement_move", args=[agreement.pk])

    client.post(move, {"to": "ended", "note": "停", "version": 1})
    second = client.post(move, {"to": "ended", "note": "停", "version": 1})

    assert second.status_code == 409
    assert second.context["refusal"] == (
        "Somebody else changed this agreement after you opened it; it is now “Ended early”. Look at it again."
    )
    assert second.context["agreement"].version == 2
    agreement.refresh_from_db()
    assert (agreement.state, agreement.moves.count()) == ("ended", 1)

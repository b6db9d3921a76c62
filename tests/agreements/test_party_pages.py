"""The page of the parties, and the button that gives a number."""

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships.models.agreements import Agreement
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory, signed_agreement

pytestmark = pytest.mark.django_db


def page(name, record):
    return reverse(f"agreements:{name}", args=[record.pk])


def test_a_file_is_looked_up_and_added(client, officer):
    agreement = AgreementFactory()
    second = EnterpriseFactory(legal_name="南充果城机器人有限公司", name_en="", credit_code="91350100M000100Y43")
    client.force_login(officer)

    form = client.get(page("parties", agreement), {"find": "果城机器人"}).context["form"]
    assert form.fields["unit"].choices == [
        (str(second.pk), "南充果城机器人有限公司 · 91350100M000100Y43"),
        ("other", "果城机器人 (a unit that has no file here)"),
    ]
    assert form["unit"].value() == str(second.pk)
    data = {"find": "果城机器人", "unit": second.pk, "role": "host", "version": 1}
    assert client.post(page("parties", agreement), data)["Location"] == page("parties", agreement)

    assert [(party.place, party.enterprise, party.role) for party in agreement.parties.all()][1:] == [
        (2, agreement.enterprise, "partner"),
        (3, second, "host"),
    ]


def test_a_unit_without_a_file_is_added_by_its_name_and_sent_twice_joins_once(client, officer):
    agreement = AgreementFactory()
    client.force_login(officer)
    data = {"find": "高坪区人民政府", "unit": "other", "role": "supporter", "version": 1}

    client.post(page("parties", agreement), data)
    again = client.post(page("parties", agreement), data)

    assert again.context["form"].errors["__all__"][0].startswith("Someone else saved this record")
    once_more = client.post(page("parties", agreement), {**data, "version": 2})
    assert once_more.context["form"].errors == {"unit": ["高坪区人民政府 is a party of this agreement already."]}
    assert [party.name for party in agreement.parties.all()] == ["", "", "高坪区人民政府"]


def test_the_buttons_of_a_row(client, officer):
    agreement = AgreementFactory()
    third = agreement.parties.create(place=3, name="高坪区人民政府")
    client.force_login(officer)
    change = page("party_change", agreement)

    def press(**said):
        version = Agreement.objects.get().version
        return client.post(change, {"party": third.pk, "version": version, **said}, follow=True)

    press(act="role", role="funder")
    press(act="up")
    third.refresh_from_db()
    assert (third.place, third.role) == (2, "funder")
    refused = press(act="role", role="")
    assert [str(message) for message in refused.context["messages"]] == ["Say what the party does."]
    press(act="remove")
    assert agreement.parties.count() == 2


def test_a_leader_sees_no_page_of_parties_and_gives_no_number(client, leader):
    agreement = AgreementFactory()
    client.force_login(leader)

    assert client.get(page("parties", agreement)).status_code == 403
    assert client.post(page("party_change", agreement), {}).status_code == 403
    assert client.post(page("agreement_number", agreement)).status_code == 403

    agreement.refresh_from_db()
    assert (agreement.number, agreement.version) == ("", 1)


def test_the_button_gives_a_number_once(client, officer):
    agreement = signed_agreement()
    client.force_login(officer)

    assert client.get(page("agreement", agreement)).context["may_number"]
    client.post(page("agreement_number", agreement))
    again = client.post(page("agreement_number", agreement))

    agreement.refresh_from_db()
    assert agreement.number == f"校企〔{timezone.localdate().year}〕001号"
    assert again.status_code == 409
    assert not client.get(page("agreement", agreement)).context["may_number"]


def test_the_page_names_every_party_by_its_letter(client, officer):
    agreement = AgreementFactory(enterprise__name_en="Qiming")
    agreement.parties.create(place=3, name="高坪区人民政府")
    client.force_login(officer)

    html = client.get(page("agreement", agreement)).content.decode()

    assert [f"<strong>Party {letter}</strong>" in html for letter in "ABCD"] == [True, True, True, False]
    assert "高坪区人民政府" in html

"""What is on file grows stale by block; one click says that it is still correct."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone, translation

from core.errors import RuleBroken
from partnerships.choices.enterprises import FileBlock
from partnerships.choices.needs import NeedState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.freshness import FreshnessPeriod
from partnerships.models.needs import Need
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors import freshness as selectors
from partnerships.selectors.enterprises import enterprise_file, enterprise_with_names
from partnerships.services import contacts, enterprises, freshness, needs
from partnerships.services.codes import load_codes
from partnerships.timeline import describe
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, NeedFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ON = date(2026, 11, 20)


def days_ago(days):
    return NOW - timedelta(days=days)


def blocks(user, enterprise):
    file = enterprise_file(user, enterprise_with_names(user).get(pk=enterprise.pk), on=ON)
    return {state.block: state for state in file.blocks}


def test_the_terms_are_loaded_and_an_administrator_changes_them():
    load_codes()
    assert selectors.periods().days == {FileBlock.IDENTITY: 365, FileBlock.CONTACTS: 180, FileBlock.NEEDS: 90}

    FreshnessPeriod.objects.filter(block=FileBlock.NEEDS).update(days=30)

    assert selectors.periods().days[FileBlock.NEEDS] == 30


def test_without_the_table_the_first_terms_hold():
    assert selectors.periods().days == {FileBlock.IDENTITY: 365, FileBlock.CONTACTS: 180, FileBlock.NEEDS: 90}


@pytest.mark.parametrize(("days", "is_stale"), [(90, False), (91, True)])
def test_the_last_day_of_the_term_counts(officer, days, is_stale):
    need = NeedFactory(confirmed_at=days_ago(days), confirmed_by=officer)

    assert blocks(officer, need.enterprise)[FileBlock.NEEDS].is_stale is is_stale
    assert Need.objects.filter(selectors.periods().stale(FileBlock.NEEDS, ON)).exists() is is_stale


def test_a_block_is_as_old_as_the_oldest_of_its_current_rows(officer, college_staff):
    enterprise = EnterpriseFactory(confirmed_at=days_ago(10), confirmed_by=officer)
    ContactFactory(enterprise=enterprise, confirmed_at=days_ago(200), confirmed_by=college_staff)
    ContactFactory(enterprise=enterprise, confirmed_at=days_ago(5), confirmed_by=officer)
    ContactFactory(enterprise=enterprise, to_on=date(2025, 1, 1))
    NeedFactory(enterprise=enterprise, state=NeedState.MET)

    found = blocks(officer, enterprise)

    people = found[FileBlock.CONTACTS]
    assert (people.rows, people.stale_rows, people.days_ago) == (2, 1, 200)
    assert people.confirmed_name == str(college_staff)
    assert (found[FileBlock.IDENTITY].is_stale, found[FileBlock.IDENTITY].days_ago) == (False, 10)
    assert (found[FileBlock.NEEDS].is_empty, found[FileBlock.NEEDS].is_stale) == (True, False)


def test_one_row_that_nobody_confirmed_makes_its_block_unconfirmed(officer):
    contact = ContactFactory(confirmed_at=None)
    ContactFactory(enterprise=contact.enterprise, confirmed_at=NOW, confirmed_by=officer)

    state = blocks(officer, contact.enterprise)[FileBlock.CONTACTS]

    assert (state.is_stale, state.confirmed_at, state.confirmed_name, state.days_ago) == (True, None, "", None)


def test_a_contact_who_vouched_is_named(officer):
    contact = ContactFactory(name="何芳", confirmed_at=NOW)
    contact.confirm(by=None, at=NOW, via=contact).save()

    assert blocks(officer, contact.enterprise)[FileBlock.CONTACTS].confirmed_name == "何芳"


@pytest.mark.parametrize("block", FileBlock)
def test_confirming_a_block_dates_its_current_rows_and_no_others(officer, block):
    enterprise = EnterpriseFactory()
    contact, gone = ContactFactory(enterprise=enterprise), ContactFactory(enterprise=enterprise, to_on=date(2025, 1, 1))
    need, met = NeedFactory(enterprise=enterprise), NeedFactory(enterprise=enterprise, state=NeedState.MET)
    elsewhere = ContactFactory()

    assert freshness.confirm_block(enterprise, block, by=officer, at=NOW) == 1

    dated = []
    for record in (enterprise, contact, gone, need, met, elsewhere):
        record.refresh_from_db()
        dated += [record] if record.confirmed_at == NOW and record.confirmed_by == officer else []
    assert dated == [{"identity": enterprise, "contacts": contact, "needs": need}[block]]
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.detail) == (TimelineKind.ENTERPRISE_CONFIRMED, block.value)
    with translation.override("en"):
        assert describe(entry) == f"File confirmed as correct: {block.label}"


@pytest.mark.parametrize("block", [FileBlock.CONTACTS, FileBlock.NEEDS])
def test_an_empty_block_cannot_be_confirmed(officer, block):
    with pytest.raises(RuleBroken):
        freshness.confirm_block(EnterpriseFactory(), block, by=officer, at=NOW)

    assert not TimelineEntry.objects.exists()


def test_one_contact_and_one_need_are_confirmed_alone(college_staff):
    contact, need = ContactFactory(), NeedFactory()

    freshness.confirm_contact(contact, by=college_staff, at=NOW)
    freshness.confirm_need(need, by=college_staff, at=NOW)

    contact.refresh_from_db()
    need.refresh_from_db()
    assert (contact.confirmed_at, contact.confirmed_by) == (NOW, college_staff)
    assert (need.confirmed_at, need.confirmed_by, need.version) == (NOW, college_staff, 1)
    told = [(entry.text, entry.detail) for entry in TimelineEntry.objects.order_by("pk")]
    assert told == [(contact.name, "contacts"), (need.description, "needs")]


def test_what_is_past_cannot_be_confirmed(officer):
    contact, need = ContactFactory(to_on=date(2026, 11, 19)), NeedFactory(state=NeedState.MET)

    with pytest.raises(RuleBroken):
        freshness.confirm_contact(contact, by=officer, at=NOW)
    with pytest.raises(RuleBroken):
        freshness.confirm_need(need, by=officer, at=NOW)

    assert not Contact.objects.filter(confirmed_at__isnull=False).exists()
    assert not TimelineEntry.objects.exists()


@pytest.mark.parametrize("who", ["leader", "student", "stranger"])
def test_others_confirm_nothing(request, who):
    user = request.getfixturevalue(who)
    contact, need = ContactFactory(), NeedFactory()

    for act in (
        *(
            lambda block=block: freshness.confirm_block(contact.enterprise, block, by=user, at=NOW)
            for block in FileBlock
        ),
        lambda: freshness.confirm_contact(contact, by=user, at=NOW),
        lambda: freshness.confirm_need(need, by=user, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert not Contact.objects.filter(confirmed_at__isnull=False).exists()
    assert not Need.objects.filter(confirmed_at__isnull=False).exists()
    assert not TimelineEntry.objects.exists()


def test_a_college_confirms_contacts_but_not_who_the_enterprise_is(college_staff):
    contact = ContactFactory()

    freshness.confirm_block(contact.enterprise, FileBlock.CONTACTS, by=college_staff, at=NOW)
    with pytest.raises(PermissionDenied):
        freshness.confirm_block(contact.enterprise, FileBlock.IDENTITY, by=college_staff, at=NOW)

    contact.enterprise.refresh_from_db()
    assert contact.enterprise.confirmed_at is None


def test_a_row_that_is_written_counts_as_confirmed_by_who_wrote_it(officer):
    enterprise = EnterpriseFactory(city="成都")

    contact = contacts.add_contact(enterprise, fields={"name": "甲"}, by=officer, at=days_ago(300))
    need = needs.record_need(enterprise, fields={"kind": "recruit", "description": "乙"}, by=officer, at=days_ago(300))
    assert (contact.confirmed_at, need.confirmed_at) == (days_ago(300), days_ago(300))
    contact = contacts.change_contact(contact, fields={"phone": "13800000000"}, by=officer, at=NOW)
    need = needs.change_need(need, version=need.version, fields={"headcount": 3}, by=officer, at=NOW)

    for record in (contact, need):
        assert (record.confirmed_at, record.confirmed_by) == (NOW, officer)


def test_one_changed_fact_does_not_vouch_for_the_rest_of_the_file(officer):
    enterprise = EnterpriseFactory(city="成都", confirmed_at=days_ago(300))

    enterprise = enterprises.change_enterprise(enterprise, version=1, fields={"city": "南充"}, by=officer, at=NOW)

    assert (enterprise.city, enterprise.confirmed_at) == ("南充", days_ago(300))


def test_saving_without_a_change_confirms_nothing(officer):
    contact, need = ContactFactory(name="甲"), NeedFactory(headcount=3)

    contacts.change_contact(contact, fields={"name": "甲"}, by=officer, at=NOW)
    needs.change_need(need, version=1, fields={"headcount": 3}, by=officer, at=NOW)

    contact.refresh_from_db()
    need.refresh_from_db()
    assert (contact.confirmed_at, need.confirmed_at, need.version) == (None, None, 1)
    assert not TimelineEntry.objects.exists()


def post(client, name, record, data=None, **headers):
    return client.post(reverse(f"partnerships:{name}", args=[record.pk]), data or {}, headers=headers)


@pytest.mark.parametrize("block", FileBlock.values)
def test_the_page_confirms_a_block_with_and_without_javascript(client, officer, block):
    need = NeedFactory()
    ContactFactory(enterprise=need.enterprise)
    client.force_login(officer)

    plain = post(client, "enterprise_confirm", need.enterprise, {"block": block})
    assert plain["Location"] == reverse("partnerships:enterprise", args=[need.enterprise_id])
    partial = post(client, "enterprise_confirm", need.enterprise, {"block": block}, HX_Request="true")

    html = partial.content.decode()
    assert (html.count('id="freshness"'), html.count('hx-swap-oob="true"'), "<html" in html) == (1, 2, False)
    assert html.count("Confirmed today by") == 1
    assert TimelineEntry.objects.filter(detail=block).count() == 2


def test_a_block_that_there_is_not_is_not_found(client, officer):
    enterprise = EnterpriseFactory()
    client.force_login(officer)

    assert post(client, "enterprise_confirm", enterprise, {"block": "notes"}).status_code == 404
    assert post(client, "enterprise_confirm", enterprise, {"block": "needs"}).status_code == 409

    assert not TimelineEntry.objects.exists()


@pytest.mark.parametrize(
    ("next_page", "arrives"), [("/needs/?stale=on", "/needs/?stale=on"), ("//elsewhere.example", "")]
)
def test_a_row_is_confirmed_and_the_way_leads_back(client, officer, next_page, arrives):
    need = NeedFactory()
    file = reverse("partnerships:enterprise", args=[need.enterprise_id])
    client.force_login(officer)

    answer = post(client, "need_confirm", need, {"next": next_page})

    assert answer["Location"] == (arrives or file)
    need.refresh_from_db()
    assert timezone.localdate(need.confirmed_at) == timezone.localdate()


@pytest.mark.parametrize(("stands_on_file", "strips"), [(True, 1), (False, 0)])
def test_a_mark_changes_alone_and_on_the_file_with_its_strip(client, officer, stands_on_file, strips):
    contact = ContactFactory()
    file = reverse("partnerships:enterprise", args=[contact.enterprise_id])
    here = f"http://testserver{file if stands_on_file else '/contacts/'}"
    client.force_login(officer)

    html = post(
        client, "contact_confirm", contact, {"next": "/contacts/"}, HX_Request="true", HX_Current_URL=here
    ).content.decode()

    assert html.count(f'id="mark-contact-{contact.pk}"') == 1
    assert html.count('id="freshness"') == strips
    assert 'name="next" value="/contacts/"' in html
    assert html.count("Stale") == strips  # the enterprise itself, which nobody confirmed


def test_rows_and_lists_bear_their_marks(client, officer):
    stale = NeedFactory(confirmed_at=timezone.now() - timedelta(days=91), confirmed_by=officer)
    NeedFactory(confirmed_at=timezone.now(), confirmed_by=officer)
    client.force_login(officer)

    answer = client.get(reverse("partnerships:need_list"))

    assert [(row.pk == stale.pk, row.is_stale) for row in answer.context["page"]] == [(False, False), (True, True)]
    totals = answer.context["totals"]
    assert (totals.rows, totals.people, totals.open, totals.stale) == (2, 10, 2, 1)
    assert "1 of 2 open needs not confirmed for 90 days" in answer.content.decode()
    assert [row.is_stale for row in client.get("/enterprises/").context["page"]] == [True, True]

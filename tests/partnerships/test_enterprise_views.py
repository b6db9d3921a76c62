"""The list of enterprises, the file, its forms, timeline and brief."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from core.models import SentForm
from partnerships.models.enterprises import Enterprise
from partnerships.services import enterprises
from tests.factories.partnerships import (
    CommitmentFactory,
    ContactFactory,
    EnterpriseFactory,
    NeedFactory,
    ProvinceFactory,
    signed_agreement,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CODE = "91350100M000100Y43"
TOKEN = "00000000-0000-4000-8000-000000000001"
LIST = reverse("partnerships:enterprise_list")


def page(name, enterprise):
    return reverse(f"partnerships:{name}", args=[enterprise.pk])


def read_in(client, user, language):
    user.language = language
    user.save()
    client.cookies["django_language"] = language


def names(response):
    return [str(row) for row in response.context["page"]]


def new_file(**fields):
    return {"form_token": TOKEN, "legal_name": "南充光影", "level": "normal", **fields}


@pytest.mark.parametrize("who", ["officer", "admin", "leader", "college_staff"])
def test_staff_read_the_list_and_a_file(request, client, who):
    enterprise = EnterpriseFactory()
    client.force_login(request.getfixturevalue(who))

    assert names(client.get(LIST)) == [str(enterprise)]
    assert client.get(page("enterprise", enterprise)).status_code == 200


@pytest.mark.parametrize("who", ["student", "stranger"])
def test_for_others_there_is_nothing(request, client, who):
    enterprise = EnterpriseFactory()
    client.force_login(request.getfixturevalue(who))

    for address in (LIST, page("enterprise", enterprise), page("timeline", enterprise), page("brief", enterprise)):
        assert client.get(address).status_code == 404
    assert client.post(page("enterprise_confirm", enterprise)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_runs_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for _ in range(rows):
        signed_agreement(enterprise=EnterpriseFactory(owner=officer))
    client.force_login(officer)

    with django_assert_num_queries(9):  # session, person, roles, choices, count, rows, views, school, inbox
        response = client.get(LIST)

    assert response.content.decode().count('<td class="cell-title">') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_file_runs_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    enterprise = EnterpriseFactory(owner=officer)
    for _ in range(rows):
        ContactFactory(enterprise=enterprise, known_by=officer)
        NeedFactory(enterprise=enterprise)
        CommitmentFactory(enterprise=enterprise)
        signed_agreement(enterprise=enterprise)
        enterprises.confirm_enterprise(enterprise, by=officer, at=NOW)
    client.force_login(officer)

    with django_assert_num_queries(17):
        response = client.get(page("enterprise", enterprise))

    assert len(response.context["file"].contacts) == rows


def test_htmx_gets_the_rows_alone(client, officer):
    EnterpriseFactory()
    client.force_login(officer)

    html = client.get(LIST, headers={"HX-Request": "true"}).content.decode()

    assert html.count('<td class="cell-title">') == 1
    assert "<html" not in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"find": "光影"}, ["光影科技"]),
        ({"find": "guang"}, ["光影科技"]),
        ({"find": "张三丰"}, ["光影科技"]),
        ({"find": "旧时"}, ["会润集团"]),
        ({"find": CODE}, ["会润集团"]),
        ({"find": "没有"}, []),
        ({"find": "%%%"}, []),
        ({"province": "320000"}, ["会润集团"]),
        ({"level": "strategic"}, ["会润集团"]),
        ({"owner": "none"}, ["会润集团"]),
        ({"agreement": "in_force"}, ["光影科技"]),
        ({"agreement": "none"}, ["会润集团"]),
        ({"agreement": "ending"}, []),
        ({"province": "nonsense"}, ["光影科技", "会润集团"]),
        ({"sort": "stale"}, ["会润集团", "光影科技"]),
        ({"sort": "newest"}, ["会润集团", "光影科技"]),
        ({"page": "99"}, ["光影科技", "会润集团"]),
    ],
)
def test_search_filters_and_order(client, officer, query, found):
    first = EnterpriseFactory(legal_name="光影科技", name_en="Guangying", owner=officer, confirmed_at=NOW)
    ContactFactory(enterprise=first, name="张三丰")
    signed_agreement(enterprise=first, starts_on=None, ends_on=None)
    province = ProvinceFactory(code="320000", name_zh="江苏省", name_en="Jiangsu")
    second = EnterpriseFactory(
        legal_name="会润集团", name_en="", province=province, level="strategic", credit_code=CODE
    )
    second.former_names.create(name="旧时名称")
    EnterpriseFactory(legal_name="归档", archived_at=NOW)
    client.force_login(officer)

    rows = client.get(LIST, query).context["page"]

    assert [row.legal_name for row in rows] == found


def test_an_empty_list_says_what_to_do(client, officer):
    client.force_login(officer)

    assert "No enterprise matches" in client.get(LIST).content.decode()


def test_the_export_holds_what_is_filtered_with_codes_as_text(client, officer):
    EnterpriseFactory(legal_name="=1+1", credit_code="522101034250003560", name_en="", city="南充")
    EnterpriseFactory(city="成都")
    client.force_login(officer)

    response = client.get(LIST, {"find": "南充", "format": "xlsx"})

    sheet = CalamineWorkbook.from_filelike(BytesIO(response.getvalue())).get_sheet_by_index(0).to_python()
    assert len(sheet) == 2
    assert sheet[1][:3] == ["=1+1", "", "522101034250003560"]
    assert response["Content-Disposition"].startswith('attachment; filename="enterprises-')


def test_a_new_file_is_opened_once_however_often_the_form_is_sent(client, officer):
    client.force_login(officer)

    first = client.post(reverse("partnerships:enterprise_new"), new_file(credit_code=CODE.lower()))
    second = client.post(reverse("partnerships:enterprise_new"), new_file(legal_name="乙"))

    enterprise = Enterprise.objects.get()
    assert enterprise.credit_code == CODE
    assert first["Location"] == second["Location"] == page("enterprise", enterprise)


def test_a_failing_code_is_told_beside_the_field_and_nothing_typed_is_lost(client, officer):
    client.force_login(officer)
    wrong = "91310115MA0000285X"

    refused = client.post(reverse("partnerships:enterprise_new"), new_file(credit_code=wrong, city="南充😀"))

    form = refused.context["form"]
    assert list(form.errors) == ["credit_code"]
    assert (form["credit_code"].value(), form["city"].value()) == (wrong, "南充😀")
    assert 'name="accept_unverified"' in refused.content.decode()
    assert not Enterprise.objects.exists()
    assert not SentForm.objects.exists()

    client.post(reverse("partnerships:enterprise_new"), new_file(credit_code=wrong, accept_unverified="on"))

    assert Enterprise.objects.get().credit_code_state == "unverified"


def test_the_box_for_unverified_codes_is_shown_only_when_asked(client, officer):
    client.force_login(officer)

    assert 'name="accept_unverified"' not in client.get(reverse("partnerships:enterprise_new")).content.decode()


def test_a_code_on_file_is_refused_with_the_way_to_that_file(client, officer):
    known = EnterpriseFactory(credit_code=CODE)
    client.force_login(officer)

    refused = client.post(reverse("partnerships:enterprise_new"), new_file(credit_code=CODE))

    assert f'<a href="{page("enterprise", known)}">' in refused.content.decode()
    assert Enterprise.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("legal_name", "长" * 2_000_000),
        ("about", "x" * 5_000_000),
        ("city", "a\x00b"),
        ("credit_code", "9" * 30),
        ("credit_code", "9" * 60),
        ("website", "not an address"),
        ("staff_count", "-1"),
        ("staff_counted_on", "2026-02-30"),
    ],
)
def test_bad_input_gets_a_message_beside_its_field(client, officer, field, value):
    client.force_login(officer)

    refused = client.post(reverse("partnerships:enterprise_new"), new_file(**{field: value}))

    assert refused.status_code == 200
    assert list(refused.context["form"].errors) == [field]
    assert not Enterprise.objects.exists()


def test_an_edit_is_saved_and_told_on_the_timeline(client, officer):
    enterprise = EnterpriseFactory(legal_name="甲", city="成都")
    client.force_login(officer)
    form = client.get(page("enterprise_edit", enterprise)).context["form"]
    data = {name: value for name, value in {f.name: f.value() for f in form}.items() if value not in (None, False)}

    response = client.post(page("enterprise_edit", enterprise), {**data, "city": "南充"})

    enterprise.refresh_from_db()
    assert response["Location"] == page("enterprise", enterprise)
    assert (enterprise.city, enterprise.version) == ("南充", 2)
    assert [change["field"] for change in enterprise.timeline.get().changes] == ["city"]


def test_a_stale_edit_keeps_what_was_typed_shows_what_was_saved_and_may_be_sent_again(client, officer):
    enterprise = EnterpriseFactory(legal_name="甲", name_en="A", city="成都")
    client.force_login(officer)
    data = {"version": 1, "legal_name": "甲", "name_en": "A", "level": "normal", "city": "绵阳"}
    enterprises.change_enterprise(enterprise, version=1, fields={"city": "南充"}, by=officer, at=NOW)

    stale = client.post(page("enterprise_edit", enterprise), data)

    form = stale.context["form"]
    assert (form["city"].value(), form["version"].value()) == ("绵阳", "2")
    assert "南充" in [value for _label, value in form.saved_beside]
    enterprise.refresh_from_db()
    assert enterprise.city == "南充"

    client.post(page("enterprise_edit", enterprise), {**data, "version": 2})
    enterprise.refresh_from_db()
    assert enterprise.city == "绵阳"


@pytest.mark.parametrize("who", ["leader", "college_staff"])
def test_staff_who_may_only_read_get_the_reason(request, client, who):
    enterprise = EnterpriseFactory(city="成都")
    client.force_login(request.getfixturevalue(who))

    for address in (page("enterprise_edit", enterprise), reverse("partnerships:enterprise_new")):
        assert client.get(address).status_code == 403
    assert client.post(page("enterprise_edit", enterprise), {"city": "南充"}).status_code == 403
    assert client.post(page("enterprise_confirm", enterprise)).status_code == 403

    enterprise.refresh_from_db()
    assert (enterprise.city, enterprise.confirmed_at) == ("成都", None)
    html = client.get(page("enterprise", enterprise)).content.decode()
    assert page("enterprise_confirm", enterprise) not in html
    assert page("enterprise_edit", enterprise) not in html


def test_still_correct_is_one_click(client, officer):
    enterprise = EnterpriseFactory(confirmed_at=timezone.now() - timedelta(days=400), confirmed_by=officer)
    client.force_login(officer)
    assert client.get(page("enterprise", enterprise)).context["file"].blocks[0].is_stale

    client.post(page("enterprise_confirm", enterprise))

    file = client.get(page("enterprise", enterprise)).context["file"]
    assert (file.blocks[0].is_stale, file.blocks[0].days_ago) == (False, 0)


def test_names_follow_the_language_of_the_reader(client, officer):
    enterprise = EnterpriseFactory(legal_name="会润集团", name_en="Huirun Group")
    client.force_login(officer)

    titles = {}
    for language in ("zh-hans", "en"):
        read_in(client, officer, language)
        html = client.get(page("enterprise", enterprise)).content.decode()
        titles[language] = re.search(r"<h1>(.*?)</h1>", html)[1]

    assert titles == {"zh-hans": "会润集团", "en": "Huirun Group"}


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ({}, ["enterprise_confirmed", "contact_added"]),
        ({"kind": "contact_added"}, ["contact_added"]),
        ({"since": "2026-11-20"}, ["enterprise_confirmed"]),
        ({"until": "2026-11-19"}, ["contact_added"]),
        ({"since": "nonsense"}, ["enterprise_confirmed", "contact_added"]),
        ({"kind": "note"}, []),
    ],
)
def test_the_timeline_is_filtered_by_kind_and_period(client, officer, query, kinds):
    enterprise = EnterpriseFactory()
    enterprise.timeline.create(kind="contact_added", at=NOW - timedelta(days=1), text="曾建")
    enterprises.confirm_enterprise(enterprise, by=officer, at=NOW)
    client.force_login(officer)

    shown = client.get(page("timeline", enterprise), query).context["page"]

    assert [entry.kind for entry in shown] == kinds


@pytest.mark.parametrize("rows", [1, 3])
def test_the_timeline_runs_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    enterprise = EnterpriseFactory()
    for _ in range(rows):
        enterprises.confirm_enterprise(enterprise, by=officer, at=NOW)
    client.force_login(officer)

    with django_assert_num_queries(9):  # session, person, roles, enterprise, people, count, rows, school, inbox
        client.get(page("timeline", enterprise))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_brief_is_one_page_with_chinese_text(client, officer, language):
    enterprise = EnterpriseFactory(legal_name="会润集团", name_en="", about="#let x = 1 *not markup* $" * 20)
    for _ in range(9):
        ContactFactory(enterprise=enterprise)
        NeedFactory(enterprise=enterprise)
        CommitmentFactory(enterprise=enterprise)
        signed_agreement(enterprise=enterprise)
        enterprises.confirm_enterprise(enterprise, by=officer, at=NOW)
    client.force_login(officer)
    read_in(client, officer, language)

    response = client.get(page("brief", enterprise))

    assert response["Content-Type"] == "application/pdf"
    pdf = PdfReader(BytesIO(response.getvalue()))
    assert len(pdf.pages) == 1
    text = pdf.pages[0].extract_text()
    assert "会润集团" in text
    assert "*not markup*" in text

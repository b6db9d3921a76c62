"""The list of agreements, one agreement, and what is done with it."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from agreements.services import agreements
from partnerships.choices.agreements import AgreementState, Side
from partnerships.models.agreements import Agreement, AgreementFile
from tests.factories.accounts import CollegeFactory, MajorFactory
from tests.factories.partnerships import (
    AgreementFactory,
    AgreementKindFactory,
    CommitmentFactory,
    EnterpriseFactory,
    signed_agreement,
)
from tests.factories.reviews import approve_all, sent_to_review

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "00000000-0000-4000-8000-000000000001"
LIST = reverse("agreements:agreement_list")
PDF = b"%PDF-1.7\n%%EOF\n"
S = AgreementState


def page(name, record):
    return reverse(f"agreements:{name}", args=[record.pk])


def draft_data(owner, **fields):
    data = {
        "form_token": TOKEN,
        "owner": owner.pk,
        "kind": AgreementKindFactory().pk,
        "title": "实习基地协议",
        "track": "standard",
    }
    return {**data, **fields}


@pytest.mark.parametrize("who", ["officer", "admin", "leader", "college_staff"])
def test_staff_read_agreements(request, client, who):
    agreement = AgreementFactory()
    client.force_login(request.getfixturevalue(who))

    assert list(client.get(LIST).context["page"]) == [agreement]
    assert client.get(page("agreement", agreement)).status_code == 200
    assert client.get(page("enterprise_agreements", agreement.enterprise)).status_code == 200


@pytest.mark.parametrize("who", ["student", "stranger"])
def test_for_others_there_is_nothing(request, client, who):
    agreement, user = AgreementFactory(), request.getfixturevalue(who)
    client.force_login(user)

    for address in (LIST, page("agreement", agreement), page("agreement_edit", agreement)):
        assert client.get(address).status_code == 404
    assert client.post(page("agreement_move", agreement), {"to": "in_review"}).status_code == 404


def test_an_agreement_of_another_college_does_not_exist(client, college_staff):
    agreement = AgreementFactory()
    agreement.colleges.add(CollegeFactory())
    filed = AgreementFile.objects.create(agreement=agreement, kind="draft", file="x.pdf", name="x", uploaded_at=NOW)
    promise = CommitmentFactory(agreement=agreement, enterprise=agreement.enterprise)
    client.force_login(college_staff)

    for address in (page("agreement", agreement), page("agreement_file", filed), page("commitment_close", promise)):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_runs_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for _ in range(rows):
        signed_agreement(owner=officer)
    client.force_login(officer)

    with django_assert_num_queries(9):  # session, person, roles, kinds, count, rows, school, inbox
        html = client.get(LIST).content.decode()

    assert html.count('<td class="cell-title">') == rows


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["officer", "college_staff"])
def test_an_agreement_runs_the_same_queries_for_any_number_of_rows(
    request, client, college, django_assert_num_queries, who, rows
):
    user = request.getfixturevalue(who)
    agreement = signed_agreement(owner=user)
    agreement.colleges.add(college)
    for number in range(rows):
        agreement.majors.add(MajorFactory())
        agreement.fields.create(name="课程")
        agreement.moves.create(state="draft", at=NOW, by=user)
        agreement.signatures.create(side=Side.SCHOOL, name=str(number), signed_on=date(2026, 1, 1))
        agreement.files.create(kind="draft", file="x.pdf", name="x", uploaded_at=NOW, uploaded_by=user)
        CommitmentFactory(agreement=agreement, enterprise=agreement.enterprise)
        AgreementFactory(enterprise=agreement.enterprise, renewed_from=agreement)
    client.force_login(user)

    with django_assert_num_queries(16):  # among them the visits that it came of
        client.get(page("agreement", agreement))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"find": "基地"}, {"实习基地"}),
        ({"find": "XY-2"}, {"战略合作"}),
        ({"find": "启明"}, {"实习基地"}),
        ({"find": "nothing"}, set()),
        ({"stage": "expiring"}, {"实习基地"}),
        ({"stage": "draft"}, {"战略合作"}),
        ({"kind": "strategic"}, {"战略合作"}),
        ({"days": "30"}, {"实习基地"}),
        ({"days": "nonsense"}, {"实习基地", "战略合作"}),
        ({"sort": "ending"}, {"实习基地", "战略合作"}),
    ],
)
def test_search_and_filters(client, officer, query, found):
    soon = timezone.localdate() + timedelta(days=10)
    signed_agreement(title="实习基地", ends_on=soon, enterprise=EnterpriseFactory(legal_name="启明科技"))
    AgreementFactory(
        title="战略合作",
        number="XY-2",
        kind=AgreementKindFactory(code="strategic"),
        enterprise=EnterpriseFactory(legal_name="会润集团", name_en=""),
    )
    client.force_login(officer)

    assert {row.title for row in client.get(LIST, query).context["page"]} == found


def test_the_export_holds_the_stage_as_a_word(client, officer):
    signed_agreement(number="007", title="甲", starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    client.force_login(officer)

    response = client.get(LIST, {"format": "xlsx"})

    sheet = CalamineWorkbook.from_filelike(BytesIO(response.getvalue())).get_sheet_by_index(0).to_python()
    assert [sheet[1][0], sheet[1][1], sheet[1][5], sheet[1][8]] == ["007", "甲", "Expired", date(2021, 1, 1)]


def test_a_draft_is_drawn_up_once_and_warns_of_an_overlap(client, officer):
    older = signed_agreement(ends_on=date(2028, 12, 31))
    client.force_login(officer)
    data = draft_data(
        officer, starts_on="2027-01-01", ends_on="2029-12-31", fields_of_cooperation="教材开发\n\n资源建设"
    )

    first = client.post(page("agreement_new", older.enterprise), data)
    second = client.post(page("agreement_new", older.enterprise), data)

    drafted = Agreement.objects.exclude(pk=older.pk).get()
    assert first["Location"] == second["Location"] == page("agreement", drafted)
    assert [field.name for field in drafted.fields.all()] == ["教材开发", "资源建设"]
    assert list(client.get(first["Location"]).context["overlapping"]) == [older]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"starts_on": "2027-01-02", "ends_on": "2027-01-01"}, "ends_on"),
        ({"number": "XY-1"}, "number"),
        ({"title": ""}, "title"),
        ({"title": "长" * 1_700_000}, "title"),
        ({"fields_of_cooperation": "x" * 5_000_000}, "fields_of_cooperation"),
    ],
)
def test_bad_input_gets_a_message_beside_its_field(client, officer, fields, wrong):
    enterprise = AgreementFactory(number="XY-1").enterprise
    client.force_login(officer)

    refused = client.post(page("agreement_new", enterprise), draft_data(officer, kept_where="档案室", **fields))

    form = refused.context["form"]
    assert list(form.errors) == [wrong]
    assert form["kept_where"].value() == "档案室"
    assert Agreement.objects.count() == 1


def test_a_renewal_begins_with_the_words_of_the_older_one(client, officer):
    older = signed_agreement(title="基地协议", ends_on=date(2026, 12, 31))
    client.force_login(officer)

    form = client.get(page("agreement_new", older.enterprise), {"renews": older.pk}).context["form"]

    assert form["renewed_from"].value() == older.pk
    assert (form["title"].value(), form["starts_on"].value()) == ("基地协议", date(2027, 1, 1))
    for key in ("0", "nonsense"):
        assert client.get(page("agreement_new", older.enterprise), {"renews": key}).status_code == 200


def test_college_staff_must_choose_their_college(client, college_staff, college):
    enterprise = EnterpriseFactory()
    client.force_login(college_staff)

    refused = client.post(page("agreement_new", enterprise), draft_data(college_staff))
    assert list(refused.context["form"].errors) == ["colleges"]

    client.post(page("agreement_new", enterprise), draft_data(college_staff, colleges=[college.pk]))
    assert list(Agreement.objects.get().colleges.all()) == [college]


def test_a_stale_edit_keeps_what_was_typed(client, officer):
    agreement = AgreementFactory(title="旧")
    client.force_login(officer)
    agreements.change_agreement(agreement, version=1, fields={"title": "他人"}, by=officer, at=NOW)
    data = draft_data(officer, version=1, title="我的", kind=agreement.kind_id)

    form = client.post(page("agreement_edit", agreement), data).context["form"]

    assert (form["title"].value(), form["version"].value()) == ("我的", "2")
    assert "他人" in [value for _label, value in form.saved_beside]
    client.post(page("agreement_edit", agreement), {**data, "version": 2})
    agreement.refresh_from_db()
    assert agreement.title == "我的"


def test_the_way_from_draft_to_the_signed_copy(client, officer):
    agreement = approve_all(sent_to_review(), by=officer)
    client.force_login(officer)
    for number, party in enumerate(agreement.parties.all()):
        token = f"00000000-0000-4000-8000-00000000001{number}"
        data = {"form_token": token, "party": party.pk, "name": "陈立", "signed_on": "2026-11-19", "way": "paper"}
        client.post(reverse("signing:signature_new", args=[agreement.pk]), data)
    upload = {"form_token": TOKEN, "kind": "signed_copy", "file": SimpleUploadedFile("签字件.pdf", PDF)}
    client.post(page("agreement_file_new", agreement), upload)

    agreement.refresh_from_db()
    assert (agreement.state, agreement.signed_on) == (S.SIGNED, date(2026, 11, 19))
    filed = agreement.files.get(kind="signed_copy")
    response = client.get(page("agreement_file", filed))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    response.close()


@pytest.mark.parametrize(("now", "to"), [("draft", "in_review"), ("in_review", "awaiting_signatures")])
def test_the_page_of_an_agreement_leaves_the_review_to_its_own_page(client, officer, now, to):
    agreement = AgreementFactory(state=now)
    client.force_login(officer)

    offered = [move.to for move in client.get(page("agreement", agreement)).context["moves"] if not move.is_of_review]
    assert client.post(page("agreement_move", agreement), {"to": to}).status_code == 409

    agreement.refresh_from_db()
    assert (agreement.state, offered) == (now, ["ended"] if now == "draft" else [])


def test_ending_early_asks_why(client, officer):
    agreement = signed_agreement()
    client.force_login(officer)

    refused = client.post(page("agreement_move", agreement), {"to": "ended"})
    assert (refused.status_code, list(refused.context["move_form"].errors)) == (422, ["note"])

    client.post(page("agreement_move", agreement), {"to": "ended", "note": "企业停产"})
    agreement.refresh_from_db()
    assert (agreement.state, agreement.moves.get().note) == (S.ENDED, "企业停产")


def test_a_move_that_is_not_possible_says_so(client, officer):
    agreement = AgreementFactory()
    client.force_login(officer)

    assert client.post(page("agreement_move", agreement), {"to": "signed"}).status_code == 409
    assert client.post(page("agreement_move", agreement), {"to": "nonsense"}).status_code == 422

    agreement.refresh_from_db()
    assert agreement.state == S.DRAFT


def test_a_leader_reads_and_may_not_move(client, leader):
    agreement = AgreementFactory()
    client.force_login(leader)

    assert client.get(page("agreement", agreement)).context["moves"] == []
    assert client.post(page("agreement_move", agreement), {"to": "in_review"}).status_code == 403
    for name in ("agreement_edit", "agreement_file_new", "commitment_new"):
        assert client.get(page(name, agreement)).status_code == 403

    agreement.refresh_from_db()
    assert agreement.state == S.DRAFT


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("签字件.pdf", b"MZ not a pdf"),
        SimpleUploadedFile("a.exe", PDF),
        SimpleUploadedFile("a.pdf", b""),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(client, officer, upload):
    agreement = signed_agreement()
    client.force_login(officer)

    refused = client.post(page("agreement_file_new", agreement), {"form_token": TOKEN, "kind": "draft", "file": upload})

    assert list(refused.context["form"].errors) == ["file"]
    assert not AgreementFile.objects.exists()

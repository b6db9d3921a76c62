"""Staff ask, look at the answers and decide, on their pages."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from partnerships.choices.links import LinkState, ProposalState
from partnerships.models.links import ProposedChange, SignedLink
from partnerships.selectors.links import state_of
from tests.factories.links import answered, asked_contact, asked_link
from tests.factories.partnerships import ContactFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
PROPOSALS = reverse("partnerships:proposal_list")
ANSWERS = reverse("partnerships:answer_list")


def page(name, record):
    return reverse(f"partnerships:{name}", args=[record.pk])


def text(response):
    return response.content.decode()


@pytest.fixture
def desk(client, officer):
    officer.language = "en"
    officer.save()
    client.force_login(officer)
    return client


def test_the_office_asks_from_the_page_of_the_enterprise(desk, officer):
    contact = asked_contact()
    assert "Ask them to confirm" in text(desk.get(page("enterprise", contact.enterprise)))

    answer = desk.post(page("file_ask", contact.enterprise), follow=True)

    link = SignedLink.objects.get()
    assert (link.contact, link.issued_by, link.year) == (contact, officer, timezone.localdate().year)
    assert "The letter to 李娜 is on its way." in text(answer)
    assert "Withdraw the link" in text(answer)


def test_an_enterprise_without_an_address_is_not_asked_and_staff_read_why(desk):
    file = ContactFactory(email="").enterprise

    answer = desk.post(page("file_ask", file), follow=True)

    assert "No current contact of this enterprise has an e-mail address." in text(answer)
    assert not SignedLink.objects.exists()


def test_a_link_is_withdrawn_from_the_page(desk):
    link = asked_link(at=timezone.now())

    assert desk.post(page("file_withdraw", link.enterprise)).status_code == 302
    link.refresh_from_db()
    assert state_of(link, now=timezone.now()) == LinkState.WITHDRAWN
    assert desk.post(page("file_withdraw", link.enterprise)).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("leader", 403), ("college_staff", 403), ("student", 404)])
def test_others_neither_ask_nor_decide(client, request, role, status):
    link = asked_link(at=timezone.now())
    answered(asked_link(asked_contact()), file={"city": "绵阳"})
    proposal = ProposedChange.objects.get()
    client.force_login(request.getfixturevalue(role))
    take = page("proposal_take_over", proposal.enterprise)

    answers = [
        client.post(page("file_ask", link.enterprise)),
        client.post(page("file_withdraw", link.enterprise)),
        client.post(take, {"proposal": proposal.pk}),
        client.post(page("proposal_refuse", proposal), {"reason": "no"}),
    ]

    assert [each.status_code for each in answers] == [status] * 4
    proposal.refresh_from_db()
    link.refresh_from_db()
    assert (proposal.state, link.revoked_at, SignedLink.objects.count()) == (ProposalState.OPEN, None, 2)


def test_who_may_only_look_reads_why(client, leader):
    leader.language = "en"
    leader.save()
    answered(asked_link(), file={"city": "绵阳"})
    client.force_login(leader)

    words = text(client.get(PROPOSALS))

    assert "绵阳" in words
    assert "Take over" not in words
    assert "Only the employment office and the owner of this file may change it." in words


def test_all_that_was_shown_is_taken_over_at_once(desk):
    link = asked_link()
    answered(link, file={"city": "绵阳", "address": "园艺街 3 号"}, person={"title": "总监"})
    shown = list(ProposedChange.objects.values_list("pk", flat=True))
    assert "Take over all" in text(desk.get(PROPOSALS))

    answer = desk.post(page("proposal_take_over", link.enterprise), {"proposal": shown}, follow=True)

    assert "3 corrections are on file." in text(answer)
    assert "Nothing to decide" in text(answer)
    link.enterprise.refresh_from_db()
    assert (link.enterprise.city, link.enterprise.address) == ("绵阳", "园艺街 3 号")


def test_refusing_without_a_reason_is_refused(desk):
    answered(asked_link(), file={"city": "绵阳"})
    proposal = ProposedChange.objects.get()

    answer = desk.post(page("proposal_refuse", proposal), {"reason": ""}, follow=True)
    assert "Please say why this correction is not taken over." in text(answer)
    desk.post(page("proposal_refuse", proposal), {"reason": "As on the licence"})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == (ProposalState.REFUSED, "As on the licence")


def test_proposals_of_another_file_or_without_sense_change_nothing(desk):
    answered(asked_link(), file={"city": "绵阳"})
    proposal = ProposedChange.objects.get()

    for wanted in ([proposal.pk], [], ["x"], ["²"], ["9" * 30]):
        desk.post(page("proposal_take_over", EnterpriseFactory()), {"proposal": wanted})

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN


@pytest.mark.parametrize("files", [1, 3])
def test_the_list_of_corrections_costs_the_same_for_any_number(desk, django_assert_num_queries, files):
    for number in range(files):
        contact = asked_contact(email=f"{number}@x.example")
        answered(asked_link(contact), file={"city": "绵阳"}, person={"title": "总监"})

    # session, person, roles, school, unread for the bell, count, files, proposals
    with django_assert_num_queries(8):
        response = desk.get(PROPOSALS)

    assert text(response).count("绵阳") == files


@pytest.mark.parametrize("files", [1, 3])
def test_the_answers_cost_the_same_for_any_number(desk, django_assert_num_queries, files):
    for number in range(files):
        answered(asked_link(asked_contact(email=f"{number}@x.example")))

    # session, person, roles, school, unread for the bell, years, count, rows, totals, files without an address
    with django_assert_num_queries(10):
        response = desk.get(ANSWERS, {"year": "2026"})

    assert len(response.context["page"].object_list) == files
    assert response.context["totals"]["interns_yes"] == 5 * files


def test_the_answers_are_filtered_and_exported(desk):
    answered(asked_link(asked_contact(enterprise__legal_name="成都电影集团有限公司", enterprise__name_en="")))
    asked_link(asked_contact())
    EnterpriseFactory()

    silent = desk.get(ANSWERS, {"year": "2026", "reaction": "silent"})
    book = desk.get(ANSWERS, {"year": "2026", "interns": "yes", "format": "xlsx", "columns": ["all", "name"]})

    assert (len(silent.context["page"].object_list), silent.context["nobody"]) == (1, 1)
    sheet = CalamineWorkbook.from_filelike(BytesIO(book.getvalue())).get_sheet_by_index(0).to_python()
    (row,) = sheet[1:]
    assert (row[0], row[3], row[4], row[6], row[7], row[8]) == (
        "成都电影集团有限公司", "李娜", "Answered", "Yes", 5, "Maybe",
    )  # fmt: skip


def test_the_page_of_the_enterprise_says_what_came(desk, django_assert_max_num_queries):
    link = asked_link()
    answered(link, file={"city": "绵阳"}, interns="no", graduates="no", reasons="Hiring is stopped")

    with django_assert_max_num_queries(20):
        words = text(desk.get(page("enterprise", link.enterprise)))

    assert "1 correction to decide on" in words
    assert "Hiring is stopped" in words
    assert "Ask them again" in words


def test_administrators_look_at_links_and_answers_without_a_digest(client, admin):
    link = asked_link()
    answer = answered(link, file={"city": "绵阳"})
    client.force_login(admin)

    for name, record in (
        ("signedlink", link),
        ("fileanswer", answer),
        ("proposedchange", ProposedChange.objects.get()),
    ):
        listed = client.get(reverse(f"admin:partnerships_{name}_changelist"))
        shown = client.get(reverse(f"admin:partnerships_{name}_change", args=[record.pk]))
        assert (listed.status_code, shown.status_code) == (200, 200)
        assert link.digest not in text(shown)

"""Investments: promised once, received in parts, and never one sum."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from core.errors import RuleBroken, StaleEdit
from partnerships.choices.agreements import InvestmentKind
from partnerships.models.commitments import Investment, InvestmentReceipt
from partnerships.models.timeline import TimelineEntry
from partnerships.timeline import describe
from programmes.services import investments
from tests.factories.accounts import CollegeFactory
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory
from tests.factories.programmes import InvestmentFactory, ProgrammeFactory, ReceiptFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LIST = reverse("programmes:investment_list")


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_promise_and_its_parts_stand_on_the_timeline(officer):
    enterprise = EnterpriseFactory()
    by = {"by": officer, "at": NOW}
    investment = investments.promise_investment(enterprise, promised=Decimal(5_000_000), **by)
    receipt = investments.record_receipt(investment, amount=Decimal(2_000_000), received_on=date(2026, 11, 1), **by)
    investments.change_receipt(receipt, fields={"amount": Decimal(1_500_000)}, **by)
    investments.remove_receipt(receipt, **by)

    entries = list(TimelineEntry.objects.order_by("pk"))
    assert [entry.link for entry in entries] == [f"/investments/{investment.pk}/"] * 4
    with translation.override("en"):
        assert [describe(entry) for entry in entries[:2]] == [
            "Investment promised: investment of 5,000,000 yuan",
            "Investment received: investment of 2,000,000 yuan",
        ]
    with translation.override("zh-hans"):
        assert describe(entries[0]) == "承诺投入：投入 5,000,000 元"
    changed = [[(c["field"], c["before"], c["after"]) for c in entry.changes] for entry in entries[2:]]
    assert changed == [
        [("amount", "2000000", "1500000")],
        [("amount", "1500000", None), ("received_on", "2026-11-01", None)],
    ]
    assert not InvestmentReceipt.objects.exists()
    history = apps.get_model("partnerships.InvestmentReceiptHistory").objects.order_by("pgh_id")
    assert [str(row.amount) for row in history] == ["2000000.00", "1500000.00", "1500000.00"]


@pytest.mark.parametrize("who", ["college_staff", "leader", "stranger"])
def test_only_the_office_keeps_investments(request, who):
    by = {"by": request.getfixturevalue(who), "at": NOW}
    receipt = ReceiptFactory()

    for act in (
        lambda: investments.change_investment(receipt.investment, version=None, fields={"promised": 1}, **by),
        lambda: investments.record_receipt(receipt.investment, amount=Decimal(1), **by),
        lambda: investments.change_receipt(receipt, fields={"amount": 1}, **by),
        lambda: investments.remove_receipt(receipt, **by),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert InvestmentReceipt.objects.get().amount == 1_000_000
    assert Investment.objects.get().promised == 5_000_000
    assert not TimelineEntry.objects.exists()


def test_a_stale_change_of_a_promise_is_told(officer):
    investment = InvestmentFactory()
    investments.record_receipt(investment, amount=Decimal(1), by=officer, at=NOW)

    with pytest.raises(StaleEdit):
        investments.change_investment(investment, version=1, fields={"promised": Decimal(9)}, by=officer, at=NOW)
    assert Investment.objects.get().promised == 5_000_000


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"due_on": date(2026, 1, 1), "promised_on": date(2026, 2, 1)}, "due_on"),
        ({"agreement": AgreementFactory}, "agreement"),
        ({"programme": ProgrammeFactory}, "programme"),
    ],
)
def test_a_promise_that_cannot_be_is_refused(officer, fields, field):
    fields = {name: value() if callable(value) else value for name, value in fields.items()}

    with pytest.raises(RuleBroken) as refused:
        investments.promise_investment(EnterpriseFactory(), promised=Decimal(1), by=officer, at=NOW, **fields)
    assert refused.value.field == field
    assert not Investment.objects.exists()


@pytest.mark.parametrize("typed", ["500万", "５００　万元", "5,000,000", "500 万元"])
def test_money_is_read_as_people_write_it(client, officer, typed):
    enterprise, token = EnterpriseFactory(), "5f0c9a3e-6c1f-4f9e-9d4e-2b1a7f1d0c11"
    client.force_login(officer)
    sent = {"form_token": token, "kind": "equipment", "promised": typed, "description": "机器人"}
    for _ in range(2):
        client.post(reverse("programmes:investment_new", args=[enterprise.pk]), sent)

    investment = Investment.objects.get()
    assert (investment.promised, investment.kind, investment.enterprise) == (5_000_000, "equipment", enterprise)


def test_more_than_was_promised_is_accepted_with_a_warning(client, officer):
    investment = InvestmentFactory(promised=Decimal(1_000_000))
    client.force_login(officer)
    sent = {"form_token": "5f0c9a3e-6c1f-4f9e-9d4e-2b1a7f1d0c12", "amount": "120万", "received_on": "2026-11-01"}
    response = client.post(reverse("programmes:receipt_new", args=[investment.pk]), sent, follow=True)

    assert investment.receipts.get().amount == 1_200_000
    assert [(message.level_tag, str(message)) for message in response.context["messages"]] == [
        ("success", "What came in is on file."),
        ("warning", "More came in than was promised: 1,200,000 yuan of 1,000,000 yuan. Compare the papers."),
    ]


def test_a_receipt_of_tomorrow_is_refused(client, officer):
    investment = InvestmentFactory()
    client.force_login(officer)
    sent = {"form_token": "5f0c9a3e-6c1f-4f9e-9d4e-2b1a7f1d0c13", "amount": "1", "received_on": "2999-01-01"}
    response = client.post(reverse("programmes:receipt_new", args=[investment.pk]), sent)

    assert list(response.context["form"].errors) == ["received_on"]
    assert not InvestmentReceipt.objects.exists()


def test_totals_stand_per_kind_and_are_never_one_sum(client, officer):
    cash = InvestmentFactory(promised=Decimal(300_000))
    InvestmentFactory(promised=Decimal(200_000))
    InvestmentFactory(kind=InvestmentKind.EQUIPMENT, promised=Decimal(1_800_000))
    for amount in (100_000, 50_000):
        ReceiptFactory(investment=cash, amount=Decimal(amount))
    client.force_login(officer)
    response = client.get(LIST)

    totals = [(t.label, t.count, t.promised, t.received, t.still_open) for t in response.context["totals"]]
    assert totals == [("Cash", 2, 500_000, 150_000, 350_000), ("Equipment", 1, 1_800_000, 0, 1_800_000)]
    assert "2,300,000" not in text_of(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=cash", ["到账", "未到", "过期"]),
        ("state=received", ["到账"]),
        ("state=partly", ["过期"]),
        ("due=overdue", ["过期"]),
        ("due=open", ["未到", "过期", "设备"]),
        ("find=设备", ["设备"]),
        ("sort=open", ["设备", "未到", "过期", "到账"]),
    ],
)
def test_the_list_is_filtered(client, officer, query, found):
    ReceiptFactory(investment=InvestmentFactory(description="到账", promised=Decimal(10)), amount=Decimal(10))
    InvestmentFactory(description="未到", promised=Decimal(20))
    late = InvestmentFactory(description="过期", promised=Decimal(20), due_on=date(2020, 1, 1))
    ReceiptFactory(investment=late, amount=Decimal(5))
    InvestmentFactory(description="设备", kind=InvestmentKind.EQUIPMENT, promised=Decimal(900))
    client.force_login(officer)
    shown = [row.description for row in client.get(f"{LIST}?{query}").context["page"]]

    assert (shown if "sort" in query else sorted(shown)) == (found if "sort" in query else sorted(found))


def test_the_export_has_the_rows_of_the_list(client, officer):
    investment = InvestmentFactory(description="奖学金")
    ReceiptFactory(investment=investment)
    InvestmentFactory(kind=InvestmentKind.SITE)
    client.force_login(officer)
    response = client.get(f"{LIST}?kind=cash&format=xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))

    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][5:8] == ["Promised, yuan", "Received, yuan", "Still open, yuan"]
    assert [row[1:3] + row[5:8] for row in rows[1:]] == [["Cash", "奖学金", 5_000_000, 1_000_000, 4_000_000]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_runs_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for _ in range(rows):
        enterprise = EnterpriseFactory()
        agreement = AgreementFactory(enterprise=enterprise)
        programme = ProgrammeFactory(enterprise=enterprise)
        ReceiptFactory(investment=InvestmentFactory(enterprise=enterprise, agreement=agreement, programme=programme))
    client.force_login(officer)

    # session, person, roles, enterprises, count, rows, agreements, totals, school, inbox
    with django_assert_num_queries(10):
        html = client.get(LIST).content.decode()
    assert html.count('<a href="/investments/') == rows


def test_an_agreement_that_is_not_theirs_is_not_named_to_college_staff(client, college_staff, officer):
    from_elsewhere = AgreementFactory(title="别院协议")
    from_elsewhere.colleges.set([CollegeFactory()])
    investment = InvestmentFactory(enterprise=from_elsewhere.enterprise, agreement=from_elsewhere)
    pages = [LIST, reverse("programmes:investment", args=[investment.pk])]

    client.force_login(college_staff)
    assert ["别院协议" in text_of(client.get(page)) for page in pages] == [False, False]
    client.force_login(officer)
    assert ["别院协议" in text_of(client.get(page)) for page in pages] == [True, True]

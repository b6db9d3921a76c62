"""Filters, order, pages and marks of content."""

from __future__ import annotations

import base64
import json
from datetime import date

import pytest

from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.models.enterprises import Enterprise
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory, NeedFactory, ProvinceFactory
from tests.factories.placements import PostingFactory


def cursor(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"limit": "0"}, ["limit"]),
        ({"limit": "-1"}, ["limit"]),
        ({"limit": "201"}, ["limit"]),
        ({"limit": "1000000000"}, ["limit"]),
        ({"limit": "abc"}, ["limit"]),
        ({"limit": "1_0"}, ["limit"]),
        ({"limit": "\u0661"}, ["limit"]),
        ({"limit": ""}, ["limit"]),
        ({"order": "name"}, ["order"]),
        ({"level": "highest"}, ["level"]),
        ({"level": ""}, ["level"]),
        ({"province": "\x00"}, ["province"]),
        ({"province": "5" * 201}, ["province"]),
        ({"is_archived": "1"}, ["is_archived"]),
        ({"changed_since": "2026-01-01"}, ["changed_since"]),
        ({"changed_since": "1700000000"}, ["changed_since"]),
        ({"changed_since": "2026-13-41T00:00:00Z"}, ["changed_since"]),
        ({"changed_since": "2026-01-01T00:00:00"}, ["changed_since"]),
        ({"colour": "red", "Limit": "5"}, ["Limit", "colour"]),
        ({"limit": ["1", "2"]}, ["limit"]),
        ({"cursor": "x"}, ["cursor"]),
        ({"cursor": "!"}, ["cursor"]),
        ({"cursor": cursor("-id", 3, 3)}, ["cursor"]),
        ({"cursor": cursor("id", 3, "3")}, ["cursor"]),
        ({"cursor": cursor("id", 3, 2**70)}, ["cursor"]),
        ({"cursor": cursor("created_at", "yesterday", 3), "order": "created_at"}, ["cursor"]),
        ({"cursor": cursor({"id": 1})}, ["cursor"]),
    ],
)
def test_what_is_not_understood_is_refused_by_name(asked, named, officer, program):
    EnterpriseFactory()

    response = program(officer).get("enterprises/", **asked)

    assert response.status_code == 422
    assert [error["name"] for error in response.json()["errors"]] == named


def test_an_endless_query_is_refused(officer, program):
    response = program(officer).get("enterprises/?" + "&".join(f"a{number}=1" for number in range(900)))

    assert response.status_code == 422
    assert len(response.content) < 100_000


@pytest.mark.parametrize("order", ["id", "-id", "created_at", "-created_at", "updated_at", "-updated_at"])
def test_pages_hold_every_record_once_in_order(order, officer, program):
    made = [EnterpriseFactory() for _number in range(7)]
    Enterprise.objects.update(created_at=made[0].created_at)  # all at the same moment
    column = order.removeprefix("-")
    wanted = list(Enterprise.objects.order_by(order, "-id" if order[0] == "-" else "id").values_list("pk", flat=True))

    found = program(officer).items("enterprises/", order=order, limit=2)

    assert [item["id"] for item in found] == wanted
    assert [item[column] for item in found] == sorted((item[column] for item in found), reverse=order[0] == "-")


def test_a_record_that_comes_between_pages_moves_nothing(officer, program):
    made = [EnterpriseFactory().pk for _number in range(4)]
    reads = program(officer)
    first = reads.get("enterprises/", order="-id", limit=2)
    EnterpriseFactory()

    second = reads.get(first.json()["next"]).json()

    assert [item["id"] for item in second["items"]] == [made[1], made[0]]
    assert second["next"] is None
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'


def test_the_next_page_keeps_the_filters(officer, program):
    core = [EnterpriseFactory(level=EnterpriseLevel.CORE).pk for _number in range(3)]
    EnterpriseFactory()

    assert program(officer).keys("enterprises/", level="core", limit=2) == core


def test_filters_narrow_together(officer, program):
    here, there = ProvinceFactory(), ProvinceFactory(code="110000", name_zh="北京市", name_en="Beijing")
    wanted = EnterpriseFactory(province=here, level=EnterpriseLevel.CORE)
    EnterpriseFactory(province=there, level=EnterpriseLevel.CORE)
    EnterpriseFactory(province=here)
    need = NeedFactory(enterprise=wanted)
    reads = program(officer)

    assert reads.keys("enterprises/", province="510000", level="core") == [wanted.pk]
    assert reads.keys("enterprises/", is_archived="true") == []
    assert reads.keys("needs/", enterprise=wanted.pk) == [need.pk]


def test_days_count_on_both_ends(officer, program):
    agreements = [AgreementFactory(ends_on=date(2027, 1, day)) for day in (1, 2, 3)]

    found = program(officer).keys("agreements/", ends_on_from="2027-01-02", ends_on_to="2027-01-03")

    assert found == [agreement.pk for agreement in agreements[1:]]


def test_what_has_not_changed_is_not_sent_again(officer, program):
    made = EnterpriseFactory()
    reads = program(officer)
    for path in ("enterprises/", f"enterprises/{made.pk}/"):
        first = reads.get(path)
        again = reads.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

        made.city += "市"
        made.save()
        changed = reads.get(path, headers={"If-None-Match": first["ETag"]})
        assert changed.status_code == 200
        assert changed["ETag"] != first["ETag"]


def test_a_record_says_codes_in_both_languages_and_nothing_where_nothing_is_known(officer, program):
    made = EnterpriseFactory(level=EnterpriseLevel.CORE, owner=officer, nature=None)

    told = program(officer).get(f"enterprises/{made.pk}/").json()

    assert told["province"] == {"code": "510000", "zh": "四川省", "en": "Sichuan"}
    assert told["level"]["code"] == "core"
    assert told["owner"] == {"number": officer.number, "name": "王敏", "name_en": "Wang Min"}
    assert (told["nature"], told["archived_at"], told["former_names"]) == (None, None, [])
    assert told["created_at"].endswith("+00:00")


def test_money_is_in_whole_yuan(officer, program):
    made = AgreementFactory(amount="1234567.50")

    assert program(officer).get(f"agreements/{made.pk}/").json()["amount"] == 1_234_568


LINKS = {"enterprises": EnterpriseFactory, "agreements": AgreementFactory, "postings": PostingFactory}


@pytest.mark.parametrize("number", [1, 40])
@pytest.mark.parametrize(("name", "queries"), [("enterprises", 9), ("agreements", 10), ("postings", 7)])
def test_a_list_costs_the_same_for_one_record_and_for_many(
    name, queries, number, officer, program, django_assert_num_queries
):
    LINKS[name].create_batch(number)
    reads = program(officer)
    reads.get(f"{name}/", limit=1)  # the first request of a token notes its use

    with django_assert_num_queries(queries):
        found = reads.get(f"{name}/", limit=200)

    assert len(found.json()["items"]) == number

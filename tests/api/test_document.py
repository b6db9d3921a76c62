"""What the document promises, and what it never will."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from api.choices import Scope
from api.document import document
from api.resources.catalogue import RESOURCES

# What never leaves through the API, whatever resource is added.
NEVER = re.compile(
    r"hardship|difficult|password|token|secret(?!ariat)|digest|id_?card|identity|resume|letter|snapshot$|answer$|notes?$|minutes"
    r"|feedback|online_url|(?<!on_)file|screenshot|tags|pay_per_hour|paid|ticket|sounds|search|merged|name_key|bank|gender|birth"
)
PHONES = re.compile(r"phone|landline|wechat|email|mobile")


def fields(schema: dict[str, Any]) -> Iterator[str]:
    yield from schema.get("properties", {})


def test_no_field_of_any_record_is_one_that_never_leaves():
    schemas = document()["components"]["schemas"]
    leaving = {f"{name}.{field}" for name, schema in schemas.items() for field in fields(schema)}

    assert len(leaving) > 300
    assert {field for field in leaving if NEVER.search(field.partition(".")[2])} == set()


def test_phones_and_addresses_leave_with_contacts_alone():
    schemas = document()["components"]["schemas"]
    with_phones = {name for name, schema in schemas.items() if any(PHONES.search(field) for field in fields(schema))}

    assert with_phones == {"Contact"}


def test_everything_is_described_and_every_field_is_always_there():
    silent, optional = [], []
    for name, schema in document()["components"]["schemas"].items():
        if name == "Problem":
            continue
        silent += [f"{name}.{field}" for field, said in schema["properties"].items() if not said.get("description")]
        optional += sorted(set(schema["properties"]) - set(schema.get("required", [])))
    for path, item in document()["paths"].items():
        silent += [f"{path} {each['name']}" for each in item["get"]["parameters"] if not each.get("description")]

    assert silent == []
    assert optional == []


def test_every_operation_only_reads_and_names_its_scope():
    for path, item in document()["paths"].items():
        assert list(item) == ["get"], path
        scopes = item["get"]["security"][0]["token"]
        assert scopes == [] if path == "/api/v1/" else scopes[0] in Scope.values
        assert {"200", "304", "401", "403", "422", "429"} <= set(item["get"]["responses"])


def test_the_document_is_the_same_for_every_reader(client, officer):
    chinese = client.get("/api/v1/openapi.json", headers={"Accept-Language": "zh-hans"})
    english = client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"})

    assert chinese.content == english.content
    found = json.loads(english.content)
    assert found["openapi"] == "3.1.0"
    assert not re.search(r"[\u4e00-\u9fff]", json.dumps(found, ensure_ascii=False))
    assert len(found["paths"]) == 3 * len(RESOURCES) + 7

import pytest
from tests.factories.partnerships import EnterpriseFactory
from api.resources.catalogue import RESOURCES
from api.document import document


def test_it(officer, program):
    e = EnterpriseFactory()
    p = program(officer)
    r = p.get("enterprises/")
    print(r.content.decode())
    assert r.json()["items"][0]["id"] == e.pk
    assert p.get("").json()["version"]
    for name in RESOURCES:
        r = p.get(f"{name}/")
        assert r.status_code == 200, (name, r.content)
        r = p.get(f"{name}/gone/", changed_since="2020-01-01T00:00:00Z")
        assert r.status_code == 200, (name, r.content)
        r = p.get(f"{name}/7777777/")
        assert r.status_code == 404, (name, r.content)
        r = p.get(f"{name}/", changed_since="2020-01-01T00:00:00Z")
        assert r.status_code == 200, (name, r.content)
        print(name, len(r.json()["items"]))
    document()

"""Which test begins first: a long one that begins last leaves the other worker with nothing to do."""

from __future__ import annotations

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those marked `early` before the others of their kind.

    pytest-django puts those that empty the tables at their end behind those that take back what they did; so it stays.
    """
    early = [item for item in items if item.get_closest_marker("early")]
    others = [item for item in items if not item.get_closest_marker("early")]
    emptying = [number for number, item in enumerate(others) if _empties_tables(item)]
    begin = emptying[0] if emptying else len(others)
    items[:] = [
        *(item for item in early if not _empties_tables(item)),
        *others[:begin],
        *(item for item in early if _empties_tables(item)),
        *others[begin:],
    ]


def _empties_tables(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", [])
    return (
        "transactional_db" in fixtures or "live_server" in fixtures or bool(marker and marker.kwargs.get("transaction"))
    )

"""How a test that commits leaves its database: empty, as Django would, in a fiftieth of the time.

Django cuts off each of four hundred tables, full or not, and then writes down anew which models and permissions there
are. Here the rows are deleted, which costs nothing where there are none. Those of models and permissions stay; those
that a school begins with come back.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase
from psycopg2 import sql

from tests.seeded_rows import bring_back

STAY = {"django_content_type", "auth_permission"}


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_by_deleting() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        by_flush = TransactionTestCase._fixture_teardown

        def empty(case: TransactionTestCase) -> None:
            if not delete_rows():
                by_flush(case)
            bring_back()

        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


def delete_rows() -> bool:
    """Also what a request still on its way writes, for which this waits.

    False where the tests may not leave out the triggers, which would keep a history of it.
    """
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [sql.Identifier(name) for name in sorted(set(names) - STAY)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        if cursor.fetchone() != ("on",):
            return False
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(sql.SQL(", ").join(tables)))
        cursor.execute(sql.SQL(";").join(sql.SQL("DELETE FROM {}").format(table) for table in tables))
    return True

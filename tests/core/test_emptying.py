"""What a test that commits leaves behind."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests.emptying import STAY, delete_rows
from tests.factories.partnerships import EnterpriseFactory


@pytest.mark.django_db(transaction=True)
def test_every_row_is_deleted_and_deleting_leaves_no_history_but_models_stay():
    types = ContentType.objects.count()
    EnterpriseFactory()

    assert delete_rows()

    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    there = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
    assert [table for table in sorted(there - STAY) if tables[table].objects.exists()] == []
    assert ContentType.objects.count() == types > 0

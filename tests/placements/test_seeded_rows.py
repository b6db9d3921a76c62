"""What a school begins with is there for every test, whichever ran before."""

import pytest
from django.apps import apps
from django.db import connection

from placements.models.applications import RejectionReason
from placements.models.review import HeldWord
from tests.seeded_rows import HELD_WORDS, REASONS, SEEDED, bring_back

# Django's own, which it fills anew by itself after a flush, and the histories of what is seeded.
OF_DJANGO = {"auth_permission", "django_content_type", "django_site"}


def begun_with():
    """The words with their rules, and the reasons with all their texts, as they are on file."""
    words = {(word.replace("_", " "), rule) for rule, listed in HELD_WORDS.WORDS.items() for word in listed.split()}
    return words, set(REASONS.REASONS)


def on_file():
    reasons = RejectionReason.objects.values_list("code", "name_zh", "name_en", "text_zh", "text_en")
    return set(HeldWord.objects.values_list("word", "rule")), set(reasons)


@pytest.mark.django_db
def test_a_school_begins_with_words_and_reasons():
    words, reasons = on_file()

    assert (words, reasons) == begun_with()
    assert len(reasons) == 9


@pytest.mark.django_db
def test_they_come_back_after_the_tables_were_emptied():
    RejectionReason.objects.all().delete()
    HeldWord.objects.all().delete()

    bring_back()

    assert on_file() == begun_with()


@pytest.mark.django_db
def test_no_other_table_has_rows_that_nobody_brings_back():
    """A migration that seeds another table is named in tests/seeded_rows.py."""
    ours = {model._meta.db_table for model in apps.get_models()}
    tables = sorted(ours.intersection(connection.introspection.table_names()))
    asked = [f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        filled = {row[0] for row in cursor.fetchall()}

    assert {table for table in filled if not table.endswith("history")} - OF_DJANGO == SEEDED

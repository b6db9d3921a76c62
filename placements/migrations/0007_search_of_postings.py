"""Postings are found by their enterprise, place and skills, by sound, and in spite of typing errors."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Concat

import core.search
from placements.sounds import sounds

# The pairs of syllables and of initials of a name, out of name_sort of its enterprise: see partnerships.naming.
FUNCTIONS = r"""
CREATE FUNCTION placements_sounds(name_sort text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(
        string_agg(syllable || coalesce(following, ''), ' ' ORDER BY place) || ' . '
            || coalesce(string_agg('0' || left(syllable, 1) || left(following, 1), ' ' ORDER BY place), ''), '')
    FROM (
        SELECT run[1] AS syllable, lead(run[1]) OVER (ORDER BY place) AS following, place
        FROM regexp_matches(name_sort, '([a-z]+)[0-5]?[\u3400-\u9fff]', 'g') WITH ORDINALITY AS found (run, place)
    ) AS syllables
$$;

CREATE FUNCTION placements_words(enterprise bigint, province bigint, skills text[]) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT concat_ws(' . ', array_to_string(skills, ' . '),
        (SELECT concat_ws(' . ', name_zh, name_en) FROM partnerships_province WHERE id = province),
        (SELECT concat_ws(' . ', legal_name, name_en, short_name) FROM partnerships_enterprise WHERE id = enterprise),
        (SELECT string_agg(name, ' . ' ORDER BY id) FROM partnerships_formername WHERE enterprise_id = enterprise),
        (SELECT placements_sounds(name_sort) FROM partnerships_enterprise WHERE id = enterprise))
$$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION placements_words(bigint, bigint, text[]);
DROP FUNCTION placements_sounds(text);
"""
TRIGGERS = r"""
CREATE FUNCTION placements_set_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := placements_words(NEW.enterprise_id, NEW.province_id, NEW.skills::text[]);
    RETURN NEW;
END $$;
CREATE TRIGGER posting_words BEFORE INSERT OR UPDATE OF enterprise_id, province_id, skills, words
ON placements_posting FOR EACH ROW EXECUTE FUNCTION placements_set_words();

CREATE FUNCTION placements_name_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE placements_posting SET words = '' WHERE enterprise_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER posting_names AFTER UPDATE OF legal_name, name_en, short_name, name_sort
ON partnerships_enterprise FOR EACH ROW
WHEN ((OLD.legal_name, OLD.name_en, OLD.short_name, OLD.name_sort)
    IS DISTINCT FROM (NEW.legal_name, NEW.name_en, NEW.short_name, NEW.name_sort))
EXECUTE FUNCTION placements_name_changed();

CREATE FUNCTION placements_former_name_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE placements_posting SET words = '' WHERE enterprise_id IN (OLD.enterprise_id, NEW.enterprise_id);
    RETURN NULL;
END $$;
CREATE TRIGGER posting_former_names AFTER INSERT OR UPDATE OR DELETE
ON partnerships_formername FOR EACH ROW EXECUTE FUNCTION placements_former_name_changed();

CREATE FUNCTION placements_latin_words(source text) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
    SELECT DISTINCT run[1] FROM regexp_matches(lower(source), '\m([a-z][a-z0-9+#.]{3,39})', 'g') AS found (run)
$$;
CREATE FUNCTION placements_learn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO placements_knownword (word)
    SELECT learned.word
    FROM placements_latin_words(concat_ws(' ', NEW.title_en, NEW.title_sounds, NEW.words)) AS learned (word)
    WHERE NOT EXISTS (SELECT FROM placements_knownword AS known WHERE known.word = learned.word);
    RETURN NULL;
END $$;
CREATE TRIGGER posting_learned AFTER INSERT OR UPDATE OF title_en, title_sounds, words
ON placements_posting FOR EACH ROW EXECUTE FUNCTION placements_learn();
"""
DROP_TRIGGERS = r"""
DROP TRIGGER posting_former_names ON partnerships_formername;
DROP TRIGGER posting_names ON partnerships_enterprise;
DROP TRIGGER posting_words ON placements_posting;
DROP FUNCTION placements_former_name_changed();
DROP FUNCTION placements_name_changed();
DROP FUNCTION placements_set_words();
"""
FILL = "UPDATE placements_posting SET title_sounds = title_sounds, words = ''"  # the triggers do the rest
FRESH = (Coalesce("published_at", "created_at").desc(), F("id").desc())


def fill_sounds(apps, schema_editor):
    """See Posting.derive_sounds."""
    postings = apps.get_model("placements", "Posting").objects
    columns = ("title", "city", "skills", "description")
    for posting in postings.only(*columns).iterator():
        names = sounds(f"{posting.city} {' '.join(posting.skills)}", with_initials=True)
        postings.filter(pk=posting.pk).update(
            title_sounds=sounds(posting.title, with_initials=True),
            sounds=f"{names} . {sounds(posting.description, with_initials=False)}",
        )


def searched(title: str, *texts: str) -> models.GeneratedField:
    body = Concat(*[part for text in texts for part in (F(text), Value(" "))], output_field=models.TextField())
    vector = django.contrib.postgres.search.SearchVectorField()
    return models.GeneratedField(expression=core.search.Bigrams(F(title), body), output_field=vector, db_persist=True)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_search_function_in_restores"),
        ("partnerships", "0020_postings_that_find"),
        ("placements", "0006_held_words"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.RemoveIndex("posting", "posting_search"),
        migrations.RemoveField("posting", "search"),
        migrations.AddField("posting", "title_sounds", models.TextField(default="", editable=False)),
        migrations.AddField(
            "posting",
            "sounds",
            models.TextField(
                default="", editable=False, help_text="Of everything but the title; see placements.sounds."
            ),
        ),
        migrations.AddField(
            "posting",
            "words",
            models.TextField(
                default="",
                editable=False,
                help_text="Names of the enterprise and the province, skills; kept by a trigger.",
            ),
        ),
        migrations.CreateModel(
            "KnownWord",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=40, db_index=True)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="known_word_like", opclasses=["gin_trgm_ops"]
                    )
                ]
            },
        ),
        migrations.RunPython(fill_sounds, migrations.RunPython.noop),
        migrations.RunSQL(TRIGGERS, DROP_TRIGGERS),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddField("posting", "title_search", searched("title", "title_en", "title_sounds")),
        migrations.AddField(
            "posting",
            "search",
            searched(
                "title",
                "title_en",
                "title_sounds",
                "words",
                "city",
                "address",
                "description",
                "description_en",
                "sounds",
            ),
        ),
        migrations.AddIndex(
            "posting", django.contrib.postgres.indexes.GinIndex(fields=["search"], name="posting_search")
        ),
        migrations.AddIndex(
            "posting", django.contrib.postgres.indexes.GinIndex(fields=["title_search"], name="posting_title_search")
        ),
        migrations.AddIndex("posting", models.Index(*FRESH, name="posting_by_freshness")),
        migrations.AddIndex("posting", models.Index(*FRESH, name="posting_open_fresh", condition=Q(state="published"))),
    ]

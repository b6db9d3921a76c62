"""The index of postings knows their state and week: a search reads the newest and stops.

Wide columns leave the row, and the codes of majors enter it.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Concat

from placements.models.marking import Marked

# The function brings its own search path, as a restored dump fills generated columns with an empty one.
FUNCTION = r"""
CREATE FUNCTION placements_found_by(
    title text, body text, state text, published_at timestamptz, created_at timestamptz
) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT portal_bigrams(title, body) || array_to_tsvector(ARRAY[
        '~' || state,
        '~' || floor(extract(epoch FROM coalesce(published_at, created_at) AT TIME ZONE 'UTC') / 604800)::int::text
    ])
$$;
ALTER FUNCTION placements_found_by(text, text, text, timestamptz, timestamptz) SET search_path FROM CURRENT;
"""
DROP_FUNCTION = "DROP FUNCTION placements_found_by(text, text, text, timestamptz, timestamptz);"
# Of what the search and the lists read, all stays in the row; the texts, and what is looked up in the index, leave it.
NARROW = """
ALTER TABLE placements_posting SET (toast_tuple_target = 512);
ALTER TABLE placements_posting
    ALTER COLUMN title SET STORAGE MAIN, ALTER COLUMN title_en SET STORAGE MAIN, ALTER COLUMN city SET STORAGE MAIN,
    ALTER COLUMN skills SET STORAGE MAIN, ALTER COLUMN documents SET STORAGE MAIN,
    ALTER COLUMN major_classes SET STORAGE MAIN, ALTER COLUMN major_codes SET STORAGE MAIN;
"""
WIDE = """
ALTER TABLE placements_posting RESET (toast_tuple_target);
ALTER TABLE placements_posting
    ALTER COLUMN title SET STORAGE DEFAULT, ALTER COLUMN title_en SET STORAGE DEFAULT,
    ALTER COLUMN city SET STORAGE DEFAULT, ALTER COLUMN skills SET STORAGE DEFAULT,
    ALTER COLUMN documents SET STORAGE DEFAULT, ALTER COLUMN major_classes SET STORAGE DEFAULT,
    ALTER COLUMN major_codes SET STORAGE DEFAULT;
"""
IN_THE_ROW = "ALTER TABLE placements_posting ALTER COLUMN title_search SET STORAGE MAIN;"
TRIGGERS = r"""
CREATE FUNCTION placements_major_codes(posting bigint) RETURNS varchar[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(code ORDER BY code), '{}')
    FROM placements_posting_majors JOIN accounts_major ON accounts_major.id = major_id WHERE posting_id = posting
$$;
CREATE FUNCTION placements_majors_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE placements_posting SET major_codes = placements_major_codes(id)
    WHERE id IN (SELECT posting_id FROM changed);
    RETURN NULL;
END $$;
CREATE TRIGGER posting_majors_added AFTER INSERT ON placements_posting_majors
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION placements_majors_changed();
CREATE TRIGGER posting_majors_removed AFTER DELETE ON placements_posting_majors
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION placements_majors_changed();

CREATE FUNCTION placements_major_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE placements_posting SET major_codes = placements_major_codes(id)
    WHERE id IN (SELECT posting_id FROM placements_posting_majors WHERE major_id = NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER posting_major_renamed AFTER UPDATE OF code ON accounts_major FOR EACH ROW
WHEN (OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION placements_major_renamed();
"""
DROP_TRIGGERS = """
DROP TRIGGER posting_major_renamed ON accounts_major;
DROP TRIGGER posting_majors_removed ON placements_posting_majors;
DROP TRIGGER posting_majors_added ON placements_posting_majors;
DROP FUNCTION placements_major_renamed();
DROP FUNCTION placements_majors_changed();
DROP FUNCTION placements_major_codes(bigint);
"""
FILL = "UPDATE placements_posting SET major_codes = placements_major_codes(id)"
TITLE = ("title", "title_en", "title_sounds")
ALL = (*TITLE, "words", "city", "address", "description", "description_en", "sounds")
GinIndex = django.contrib.postgres.indexes.GinIndex


def column(*texts: str) -> models.GeneratedField:
    body = Concat(*[part for text in texts[1:] for part in (F(text), Value(" "))], output_field=models.TextField())
    words = (F(texts[0]), body)
    marks = (F("state"), F("published_at"), F("created_at"))
    return models.GeneratedField(
        expression=Marked(*words, *marks),
        output_field=django.contrib.postgres.search.SearchVectorField(),
        db_persist=True,
    )


class Migration(migrations.Migration):
    dependencies = [("placements", "0010_rejection_reasons"), ("accounts", "0004_resumes_are_files")]

    operations = [
        migrations.AddField(
            "posting",
            "major_codes",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=20),
                default=list,
                editable=False,
                help_text="Of its majors; kept by a trigger.",
                size=None,
            ),
        ),
        migrations.RunSQL(NARROW, WIDE),
        migrations.RunSQL(TRIGGERS, DROP_TRIGGERS),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTION, DROP_FUNCTION),
        migrations.RemoveIndex("posting", "posting_search"),
        migrations.RemoveIndex("posting", "posting_title_search"),
        migrations.RemoveField("posting", "search"),
        migrations.RemoveField("posting", "title_search"),
        migrations.AddField("posting", "title_search", column(*TITLE)),
        migrations.RunSQL(IN_THE_ROW, migrations.RunSQL.noop),
        migrations.AddField("posting", "search", column(*ALL)),
        migrations.AddIndex("posting", GinIndex(fields=["search"], name="posting_search", fastupdate=False)),
        migrations.AddIndex(
            "posting", GinIndex(fields=["title_search"], name="posting_title_search", fastupdate=False)
        ),
    ]

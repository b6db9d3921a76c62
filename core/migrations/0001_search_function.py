"""The text search function and the extensions; every searchable table depends on this."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

CREATE = r"""
CREATE OR REPLACE FUNCTION portal_bigrams_of(source text, weight "char") RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    run text;
    parts text[] := '{}';
    place int := 1;
    size int;
BEGIN
    FOR run IN
        SELECT piece[1]
        FROM regexp_matches(
            left(lower(normalize(coalesce(source, ''), NFKC)), 20000),
            '([\u3400-\u9fff]+|[a-z0-9_+#.]+)', 'g'
        ) AS piece
    LOOP
        IF run ~ '^[\u3400-\u9fff]' THEN
            size := char_length(run);
            FOR i IN 1..size LOOP
                EXIT WHEN place > 16000;
                parts := parts || format('''%s'':%s%s', substr(run, i, 2), place, weight);
                place := place + 1;
            END LOOP;
        ELSIF place <= 16000 THEN
            parts := parts || format('''%s'':%s%s', left(run, 200), place, weight);
            place := place + 1;
        END IF;
        place := place + 1;
    END LOOP;
    RETURN array_to_string(parts, ' ')::tsvector;
END $$;

CREATE OR REPLACE FUNCTION portal_bigrams(title text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT portal_bigrams_of(title, 'A') || portal_bigrams_of(body, 'B')
$$;
"""
DROP = """
DROP FUNCTION IF EXISTS portal_bigrams(text, text);
DROP FUNCTION IF EXISTS portal_bigrams_of(text, "char");
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [TrigramExtension(), migrations.RunSQL(CREATE, DROP)]

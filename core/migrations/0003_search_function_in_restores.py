"""A restored dump fills generated columns with an empty search path; the function brings its own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0002_sent_forms")]
    operations = [
        migrations.RunSQL(
            "ALTER FUNCTION portal_bigrams(text, text) SET search_path FROM CURRENT",
            "ALTER FUNCTION portal_bigrams(text, text) RESET search_path",
        )
    ]

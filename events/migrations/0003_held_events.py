from django.db import migrations


class Migration(migrations.Migration):
    """Until now only events that were held were on file."""

    dependencies = [("events", "0002_postings_that_find")]
    operations = [migrations.RunSQL("UPDATE events_event SET state = 'held'", migrations.RunSQL.noop)]

"""Messages that wait ask the app that owns the matter now."""

from django.db import migrations


def rename(before, after):
    def run(apps, schema_editor):
        messages = apps.get_model("notifications", "OutgoingMessage").objects
        messages.filter(still_due=before).update(still_due=after)

    return run


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial"), ("notifications", "0003_letters_to_addresses")]

    operations = [
        migrations.RunPython(
            rename("partnerships.agreement", "agreements.agreement"),
            rename("agreements.agreement", "partnerships.agreement"),
        )
    ]

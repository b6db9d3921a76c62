"""The columns whose facts are rows now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0015_facts_become_rows")]

    operations = [
        migrations.RemoveField(
            model_name="investment",
            name="received",
        ),
        migrations.RemoveField(
            model_name="investmenthistory",
            name="received",
        ),
        migrations.RemoveField(
            model_name="mentor",
            name="from_on",
        ),
        migrations.RemoveField(
            model_name="mentor",
            name="to_on",
        ),
        migrations.RemoveField(
            model_name="mentorhistory",
            name="from_on",
        ),
        migrations.RemoveField(
            model_name="mentorhistory",
            name="to_on",
        ),
    ]

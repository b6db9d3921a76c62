"""People of one name may sign for two parties."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0016_what_moved_to_rows")]

    operations = [
        migrations.RemoveConstraint(model_name="signature", name="signature_once_per_person"),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("agreement", "side", "party", "name"), name="signature_once_per_person", nulls_distinct=False
            ),
        ),
    ]

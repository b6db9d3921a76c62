from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0007_nothing_offered"),
    ]

    operations = [
        migrations.AlterField(
            model_name="visittopic",
            name="kind",
            field=models.CharField(
                choices=[("topic", "Topic"), ("agenda", "On the agenda"), ("spoken", "Spoken of")],
                default="topic",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="visittopichistory",
            name="kind",
            field=models.CharField(
                choices=[("topic", "Topic"), ("agenda", "On the agenda"), ("spoken", "Spoken of")],
                default="topic",
                max_length=8,
            ),
        ),
    ]

from django.db import migrations
from django.utils import timezone


def take_over(apps, schema_editor):
    """The one résumé that a profile held becomes the first of several; its file stays where it is."""
    Resume = apps.get_model("placements", "Resume")
    profiles = apps.get_model("accounts", "StudentProfile").objects.exclude(resume="")
    now = timezone.now()
    for profile in profiles.select_related("user").iterator():
        file = profile.resume
        size = file.storage.size(file.name) if file.storage.exists(file.name) else 0
        name = f"{profile.user.number}.pdf"
        Resume.objects.create(student=profile.user, name=name, file=file.name, size=size, at=now)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_postings_that_find"),
        ("placements", "0008_resumes"),
    ]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]

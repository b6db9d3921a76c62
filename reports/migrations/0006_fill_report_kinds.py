"""Reports of campaigns become reports of the kind `campaign-summary`, their two files rows; and back.

Backwards only reports of campaigns can be told in the old table: those of other kinds go, with their files' rows.
"""

import hashlib
import json

from django.core.files.storage import default_storage
from django.db import migrations
from django.db.models import F

KIND = "campaign-summary"
UNDER_WAY = ("queued", "running")


def forwards(apps, schema_editor):
    builds = apps.get_model("reports", "ReportBuild")
    files = apps.get_model("reports", "ReportFile")
    history = apps.get_model("reports", "ReportBuildHistory")
    under_way = set()
    for build in builds.objects.select_related("campaign").order_by("requested_at", "pk").iterator():
        parameters = {"campaign": str(build.campaign_id)}
        name = build.campaign.name
        build.kind, build.parameters, build.seen_as_id = KIND, parameters, build.requested_by_id
        build.words = {"zh-hans": [["campaign", "专项行动", name]], "en": [["campaign", "Campaign", name]]}
        build.digest = digest_of(build.kind, parameters, build.language)
        if build.state in UNDER_WAY:
            key = (build.requested_by_id, build.digest)
            if key in under_way:  # asked for twice: the first one is built
                build.state = "cancelled"
            under_way.add(key)
        build.percent_done = 100 if build.state == "done" else 0
        build.save()
        for field, ending in ((build.workbook, "xlsx"), (build.pdf, "pdf")):
            if field:
                size, digest = _sum(field.name)
                day = build.finished_at or build.requested_at
                label = f"{name} {day:%Y-%m-%d}.{ending}".replace("/", "-")[-200:]
                files.objects.create(
                    build=build, name=label, format=ending, file=field.name, size=size, sha256=digest
                )
    history.objects.filter(seen_as__isnull=True).update(seen_as=F("requested_by"))
    for row in history.objects.filter(parameters={}).iterator():
        history.objects.filter(pk=row.pk).update(parameters={"campaign": str(row.campaign_id)})


def digest_of(*asked):
    """As reports.kinds.kind has it."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _sum(name):
    if not default_storage.exists(name):
        return 0, ""
    digest, size = hashlib.sha256(), 0
    with default_storage.open(name, "rb") as file:
        for piece in file.chunks():
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def backwards(apps, schema_editor):
    builds = apps.get_model("reports", "ReportBuild")
    campaigns = apps.get_model("visits", "Campaign")
    history = apps.get_model("reports", "ReportBuildHistory")
    known = set(campaigns.objects.values_list("pk", flat=True))
    for build in builds.objects.order_by("pk").iterator():
        number = build.parameters.get("campaign", "")
        if build.kind != KIND or not number.isdecimal() or int(number) not in known:
            build.files.all().delete()
            build.delete()
            continue
        build.campaign_id = int(number)
        build.state = "failed" if build.state == "cancelled" else build.state
        for file in build.files.all():
            if file.format == "xlsx":
                build.workbook = file.file.name
            if file.format == "pdf":
                build.pdf = file.file.name
        build.save()
    history.objects.exclude(kind=KIND).delete()
    history.objects.filter(state="cancelled").update(state="failed")
    for row in history.objects.filter(campaign__isnull=True).iterator():
        number = row.parameters.get("campaign", "")
        if number.isdecimal():
            history.objects.filter(pk=row.pk).update(campaign_id=int(number))
        else:
            row.delete()


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_report_kinds"), ("visits", "0010_postings_that_find")]

    operations = [migrations.RunPython(forwards, backwards)]

import django.db.models.constraints
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_assistants_and_special_days'),
        ('partnerships', '0019_surveys_and_invitations'),
        ('placements', '0002_application_newest'),
        ('visits', '0005_measures_and_report_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            pgtrigger.migrations.RemoveTrigger(
                model_name='trip',
                name='insert_insert',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='trip',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='trip',
                name='delete_delete',
            ),
            migrations.AddField(
                model_name='trip',
                name='called_off_at',
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='trip',
                name='called_off_why',
                field=models.CharField(blank=True, editable=False, max_length=300),
            ),
            migrations.AddField(
                model_name='triphistory',
                name='called_off_at',
                field=models.DateTimeField(blank=True, editable=False, null=True),
            ),
            migrations.AddField(
                model_name='triphistory',
                name='called_off_why',
                field=models.CharField(blank=True, editable=False, max_length=300),
            ),
            migrations.AlterField(
                model_name='visit',
                name='places_shown',
                field=models.ManyToManyField(blank=True, related_name='visits', to='accounts.facility', verbose_name='places to be shown'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='trip',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "visits_triphistory" ("called_off_at", "called_off_why", "campaign_id", "cars", "created_at", "ends_on", "goal", "id", "is_year_assumed", "name", "notes", "organiser_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rooms", "starts_on", "updated_at", "version") VALUES (NEW."called_off_at", NEW."called_off_why", NEW."campaign_id", NEW."cars", NEW."created_at", NEW."ends_on", NEW."goal", NEW."id", NEW."is_year_assumed", NEW."name", NEW."notes", NEW."organiser_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rooms", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;', hash='b89b1c807fca27705250209264bb1afb47cfe404', operation='INSERT', pgid='pgtrigger_insert_insert_54ada', table='visits_trip', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='trip',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "visits_triphistory" ("called_off_at", "called_off_why", "campaign_id", "cars", "created_at", "ends_on", "goal", "id", "is_year_assumed", "name", "notes", "organiser_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rooms", "starts_on", "updated_at", "version") VALUES (NEW."called_off_at", NEW."called_off_why", NEW."campaign_id", NEW."cars", NEW."created_at", NEW."ends_on", NEW."goal", NEW."id", NEW."is_year_assumed", NEW."name", NEW."notes", NEW."organiser_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rooms", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;', hash='307d84add5286ad39d7251f71c9ec91cdf917796', operation='UPDATE', pgid='pgtrigger_update_update_b9e69', table='visits_trip', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='trip',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "visits_triphistory" ("called_off_at", "called_off_why", "campaign_id", "cars", "created_at", "ends_on", "goal", "id", "is_year_assumed", "name", "notes", "organiser_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rooms", "starts_on", "updated_at", "version") VALUES (OLD."called_off_at", OLD."called_off_why", OLD."campaign_id", OLD."cars", OLD."created_at", OLD."ends_on", OLD."goal", OLD."id", OLD."is_year_assumed", OLD."name", OLD."notes", OLD."organiser_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rooms", OLD."starts_on", OLD."updated_at", OLD."version"); RETURN NULL;', hash='7168a1b2a154d8ee192d1e09d1013739acf71df4', operation='DELETE', pgid='pgtrigger_delete_delete_2de1e', table='visits_trip', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='visit',
                constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('trip', 'stop'), name='stop_once_per_trip', violation_error_message='The trip has a stop with this number already.'),
            ),
        ]),
    ]

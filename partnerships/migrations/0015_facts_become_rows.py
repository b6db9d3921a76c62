"""Facts that were columns or notes become rows of their own: parties, terms, receipts, appointments."""

from contextlib import contextmanager

from django.db import migrations
from django.db.models import F

FRAMEWORK = ["strategic"]
USUAL_YEARS = {"strategic": 5, "practice_base": 3, "employment_base": 3, "industry_college": 5, "training_base": 5}
INVESTMENT = "investment:"


def parties(apps):
    Agreement, Party = apps.get_model("partnerships", "Agreement"), apps.get_model("partnerships", "AgreementParty")
    Signature = apps.get_model("partnerships", "Signature")
    for agreement in Agreement.objects.filter(parties__isnull=True).iterator():
        school = Party.objects.create(agreement=agreement, place=1, is_school=True, role="lead")
        other = Party.objects.create(agreement=agreement, place=2, enterprise_id=agreement.enterprise_id)
        signatures = Signature.objects.filter(agreement=agreement, party__isnull=True)
        signatures.filter(side="school").update(party=school)
        signatures.filter(side="enterprise").update(party=other)


def receipts(apps):
    Receipt = apps.get_model("partnerships", "InvestmentReceipt")
    for investment in apps.get_model("partnerships", "Investment").objects.filter(received__gt=0).iterator():
        Receipt.objects.create(investment=investment, amount=investment.received)


def appointments(apps):
    Appointment = apps.get_model("partnerships", "MentorAppointment")
    for mentor in apps.get_model("partnerships", "Mentor").objects.iterator():
        Appointment.objects.create(mentor=mentor, from_on=mentor.from_on, to_on=mentor.to_on)


def terms(apps):
    Term = apps.get_model("partnerships", "MembershipTerm")
    for member in apps.get_model("partnerships", "Membership").objects.iterator():
        Term.objects.create(membership=member, role=member.role, from_on=member.joined_on, to_on=member.left_on)
    for resource in apps.get_model("partnerships", "SharedResource").objects.filter(meeting__isnull=False).iterator():
        resource.communities.set(resource.meeting.communities.all())


def kinds(apps):
    table = apps.get_model("partnerships", "AgreementKind").objects
    table.filter(code__in=FRAMEWORK).update(needs_leadership=True)
    for code, years in USUAL_YEARS.items():
        table.filter(code=code).update(usual_years=years)


def words(apps):
    """Entries of the timeline that told of mentors and investments under another name."""
    entries = apps.get_model("partnerships", "TimelineEntry").objects
    entries.filter(kind="note", detail="mentor").update(kind="mentor_appointed", detail="")
    entries.filter(kind="note", detail="appearance").update(kind="mentor_appeared", detail="")
    entries.filter(kind="commitment_made", detail__startswith=INVESTMENT).update(kind="investment_promised")


def unwords(apps):
    entries = apps.get_model("partnerships", "TimelineEntry").objects
    entries.filter(kind="mentor_appointed", detail="").update(kind="note", detail="mentor")
    entries.filter(kind="mentor_appeared", detail="").update(kind="note", detail="appearance")
    entries.filter(kind="investment_promised").update(kind="commitment_made")


def forwards(apps, schema_editor):
    for fill in (parties, receipts, appointments, terms, kinds, words):
        fill(apps)
    views = apps.get_model("partnerships", "SavedView").objects
    views.filter(page="partnerships:agreement_list").update(page="agreements:agreement_list")


@contextmanager
def no_history(schema_editor, *tables):
    """On the way back the triggers do not know the columns yet that are filled."""
    for table in tables:
        schema_editor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        schema_editor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def columns(apps):
    Receipt = apps.get_model("partnerships", "InvestmentReceipt")
    for investment in apps.get_model("partnerships", "Investment").objects.iterator():
        amounts = Receipt.objects.filter(investment_id=investment.pk).values_list("amount", flat=True)
        investment.received = sum(amounts)
        investment.save(update_fields=["received"])
    Appointment = apps.get_model("partnerships", "MentorAppointment")
    for mentor in apps.get_model("partnerships", "Mentor").objects.iterator():
        terms = Appointment.objects.filter(mentor_id=mentor.pk)
        last = terms.order_by(F("from_on").desc(nulls_last=True)).first()
        if last:
            mentor.from_on, mentor.to_on = last.from_on, last.to_on
            mentor.save(update_fields=["from_on", "to_on"])


def backwards(apps, schema_editor):
    unwords(apps)
    views = apps.get_model("partnerships", "SavedView").objects
    views.filter(page="agreements:agreement_list").update(page="partnerships:agreement_list")
    with no_history(schema_editor, "partnerships_investment", "partnerships_mentor"):
        columns(apps)
    apps.get_model("partnerships", "Signature").objects.update(party=None)
    for name in ("AgreementParty", "InvestmentReceipt", "MentorAppointment", "MembershipTerm"):
        apps.get_model("partnerships", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0014_agreements_and_communities")]

    operations = [migrations.RunPython(forwards, backwards)]

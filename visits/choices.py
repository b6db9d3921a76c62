"""Campaigns and visits: their words and which state may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(models.TextChoices):
    OUTGOING = "outgoing", _("Going out")
    INCOMING = "incoming", _("Inviting in")


class Medium(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")


class PartOfDay(models.TextChoices):
    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")


class VisitState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("visit", "Planned")
    CONFIRMED = "confirmed", pgettext_lazy("visit", "Confirmed")
    HELD = "held", pgettext_lazy("visit", "Held")
    REPORTED = "reported", pgettext_lazy("visit", "Reported")
    CHECKED = "checked", pgettext_lazy("visit", "Checked")
    CANCELLED = "cancelled", pgettext_lazy("visit", "Cancelled")


VISIT_NEXT: dict[VisitState, frozenset[VisitState]] = {
    VisitState.PLANNED: frozenset({VisitState.CONFIRMED, VisitState.HELD, VisitState.CANCELLED}),
    VisitState.CONFIRMED: frozenset({VisitState.HELD, VisitState.CANCELLED}),
    VisitState.HELD: frozenset({VisitState.REPORTED, VisitState.CANCELLED}),
    VisitState.REPORTED: frozenset({VisitState.CHECKED, VisitState.CANCELLED}),
    VisitState.CHECKED: frozenset({VisitState.CANCELLED}),
    VisitState.CANCELLED: frozenset(),
}
REPORTED = (VisitState.REPORTED, VisitState.CHECKED)
AHEAD = (VisitState.PLANNED, VisitState.CONFIRMED)
TOOK_PLACE = (VisitState.HELD, VisitState.REPORTED, VisitState.CHECKED)


class ParticipantPart(models.TextChoices):
    LEADS = "leads", _("Leads")
    CHAIRS = "chairs", _("Chairs")
    TAKES_PART = "takes_part", _("Takes part")


class TopicKind(models.TextChoices):
    TOPIC = "topic", _("Topic")
    AGENDA = "agenda", _("On the agenda")
    SPOKEN = "spoken", _("Spoken of")


class IntentionKind(models.TextChoices):
    """What both sides mean to do after a visit."""

    JOBS = "jobs", _("Jobs")
    INTERNSHIPS = "internships", _("Internships")
    BASE = "base", _("Employment and internship base")
    ORDER_CLASS = "order_class", _("Order class")
    PROGRAMME = "programme", _("Programme")
    TRAINING_BASE = "training_base", _("Training base")
    JOINT_APPLICATION = "joint_application", _("Joint application")
    MECHANISM = "mechanism", _("Regular exchange")
    PLAN = "plan", _("Plan")
    AGREEMENT = "agreement", _("Agreement")
    RECRUITMENT = "recruitment", _("Campus recruitment")
    OTHER = "other", _("Other")


class IntentionState(models.TextChoices):
    INTENDED = "intended", pgettext_lazy("intention", "Intended")
    AGREED = "agreed", pgettext_lazy("intention", "Agreed")
    DONE = "done", pgettext_lazy("intention", "Done")


class FollowUpState(models.TextChoices):
    OPEN = "open", pgettext_lazy("follow-up", "Open")
    DONE = "done", pgettext_lazy("follow-up", "Done")
    DROPPED = "dropped", pgettext_lazy("follow-up", "Dropped")


class EvidenceKind(models.TextChoices):
    PHOTO = "photo", _("Photo")
    SIGN_IN_SHEET = "sign_in_sheet", _("Sign-in sheet")
    TALENT_DEMAND_REPORT = "talent_demand_report", _("Talent-demand report")
    NEWS = "news", _("News report")
    OTHER = "other", _("Other")


class CampaignPointKind(models.TextChoices):
    PURPOSE = "purpose", _("Purpose")
    LEAD_OFFICE = "lead_office", _("Lead office")
    WAY = "way", _("Way of visiting")
    NEXT_STEP = "next_step", _("Next step")
    MECHANISM = "mechanism", _("Standing mechanism")


class Measure(models.TextChoices):
    """What a campaign counts; each is defined once, in visits.counting."""

    VISITS = "visits", _("Visits")
    ENTERPRISES = "enterprises", _("Distinct enterprises")
    NEW_ENTERPRISES = "new_enterprises", _("Newly opened enterprises")
    PERSON_TIMES = "person_times", pgettext_lazy("count", "Person-times")
    OPENINGS = "openings", _("Posts and internships offered")
    AGREEMENTS = "agreements", _("Agreements that a visit led to")
    BASES = "bases", _("Practice bases")
    RECRUITMENTS = "recruitments", _("Campus recruitments agreed")


class OldAcquaintance(models.TextChoices):
    """What makes an enterprise one that the school knew before a campaign (the setting NEWLY_OPENED)."""

    VISIT = "visit", _("no visit took place")
    AGREEMENT = "agreement", _("no agreement was signed")
    POSTING = "posting", _("no posting was on file")
    HIRE = "hire", _("nobody was hired through the portal")

"""What a programme gains later: new majors, modules, skills."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.models.people import User
from partnerships.choices.programmes import ProgrammeFeatureKind
from partnerships.choices.timeline import TimelineKind
from partnerships.models.programmes import Programme, ProgrammeFeature
from partnerships.services import timeline
from programmes import rules


@transaction.atomic
def upgrade_programme(
    programme: Programme, *, features: Sequence[tuple[ProgrammeFeatureKind, str]], by: User, at: datetime
) -> Programme:
    """Add features to a programme that runs; those it has already are not written twice."""
    rules.can_upgrade_programme(by).or_raise()
    programme = Programme.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=programme.pk)
    known = set(programme.features.values_list("kind", "name"))
    new = [(kind, name) for kind, name in dict.fromkeys(features) if (str(kind), name) not in known]
    ProgrammeFeature.objects.bulk_create(ProgrammeFeature(programme=programme, kind=kind, name=n) for kind, n in new)
    if new:
        link = reverse("programmes:programme", args=[programme.pk])
        text = f"{programme.name}: {', '.join(name for _kind, name in new)}"
        timeline.record(programme.enterprise, TimelineKind.NOTE, by=by, at=at, text=text, link=link)
    return programme

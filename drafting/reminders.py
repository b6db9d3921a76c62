"""Whether what was asked still holds when the e-mail leaves."""

from __future__ import annotations

from datetime import datetime

from drafting.choices import StepState
from drafting.models.reviews import ReviewStep


def step_still_open(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: nobody has decided this step yet."""
    return ReviewStep.objects.filter(pk=subject_id, state=StepState.OPEN).exists()

"""What enterprises ask for, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import Major
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships import rules
from partnerships.changes import differences, snapshot
from partnerships.choices.needs import NeedState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from partnerships.services import timeline


@transaction.atomic
def record_need(
    enterprise: Enterprise, *, fields: dict[str, Any], majors: Iterable[Major] = (), by: User, at: datetime
) -> Need:
    """Write down what an enterprise asked for; its owner is who wrote it unless another is named."""
    rules.can_keep_file(by).or_raise()
    need = Need(enterprise=enterprise, version=0, **{"owner": by, **fields}).confirm(by=by, at=at)
    save(need)
    need.majors.set(majors)
    timeline.record(enterprise, TimelineKind.NEED_RECORDED, by=by, at=at, text=need.description, detail=str(need.kind))
    return need


def _closed(need: Need) -> RuleBroken:
    return RuleBroken(_("This need is closed already: %(state)s.") % {"state": need.get_state_display()})


@transaction.atomic
def change_need(
    need: Need,
    *,
    version: int | None,
    fields: dict[str, Any],
    majors: Iterable[Major] | None = None,
    by: User,
    at: datetime,
) -> Need:
    """Correct an open need, which is confirmed with it. Raises StaleEdit; saving without a change writes nothing."""
    rules.can_keep_file(by).or_raise()
    need = lock(need, version=version)
    if not need.is_open:
        raise _closed(need)
    before = snapshot(need, [*fields, "majors"])
    for name, value in fields.items():
        setattr(need, name, value)
    if majors is not None:
        need.majors.set(majors)
    if changes := differences(need, before):
        save(need.confirm(by=by, at=at))
        text = need.description
        timeline.record(need.enterprise, TimelineKind.NEED_CHANGED, by=by, at=at, text=text, changes=changes)
    return need


@transaction.atomic
def close_need(need: Need, *, state: NeedState, result: str, by: User, at: datetime) -> Need:
    """Say that a need was met or dropped. Raises RuleBroken when it is closed already."""
    rules.can_keep_file(by).or_raise()
    need = lock(need)
    if not need.is_open:
        raise _closed(need)
    if state == NeedState.OPEN:
        raise RuleBroken(_("Say whether the need was met or dropped."))
    before = snapshot(need, ["state", "result"])
    need.state, need.result = state, result
    save(need)
    timeline.record(
        need.enterprise, TimelineKind.NEED_CLOSED, by=by, at=at, text=need.description, detail=str(need.state),
        changes=differences(need, before),
    )  # fmt: skip
    return need


@transaction.atomic
def reopen_need(need: Need, *, by: User, at: datetime) -> Need:
    """Take back that a need was met or dropped: the enterprise asks again. Raises RuleBroken for an open one."""
    rules.can_keep_file(by).or_raise()
    need = lock(need)
    if need.is_open:
        raise RuleBroken(_("This need is open already."))
    before = snapshot(need, ["state", "result"])
    need.state, need.result = NeedState.OPEN, ""
    save(need.confirm(by=by, at=at))
    changes = differences(need, before)
    text = need.description
    timeline.record(need.enterprise, TimelineKind.NEED_CHANGED, by=by, at=at, text=text, changes=changes)
    return need

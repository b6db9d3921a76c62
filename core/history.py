"""History kept by the database itself, by triggers, for bulk changes too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Keep every insert, update and delete of a model in an event table beside it."""
    events = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

    def track(model: M) -> M:
        tracker = pghistory.track(
            *events,
            model_name=f"{model.__name__}History",
            obj_field=pghistory.ObjForeignKey(related_name="history"),
            exclude=list(exclude),
        )
        tracked_model: M = tracker(model)
        return tracked_model

    return track


def track_links(owner: type[models.Model], field: str) -> type[models.Model]:
    """Keep the history of a many-to-many table through a proxy of its link rows.

    The proxy is put under the owner's module, where Django's migrations find it.
    """
    through: Any = owner._meta.get_field(field).remote_field.through  # type: ignore[union-attr]
    name = f"{owner.__name__}{field.title().replace('_', '')}Link"
    meta = type("Meta", (), {"proxy": True, "app_label": owner._meta.app_label})
    proxy = type(name, (through,), {"__module__": owner.__module__, "Meta": meta})
    events = (pghistory.InsertEvent(), pghistory.DeleteEvent())
    tracked_proxy: type[models.Model] = pghistory.track(*events, model_name=f"{name}History", obj_field=None)(proxy)
    return tracked_proxy

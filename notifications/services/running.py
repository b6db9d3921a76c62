"""On behalf of which rule a letter is written, for the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_reason: ContextVar[Mapping[str, Any]] = ContextVar("reason", default={})  # noqa: B039 - nobody changes it


@contextmanager
def on_behalf_of(rule: str, because: Mapping[str, Any]) -> Iterator[None]:
    """Letters stored within say which rule wrote them and what it found."""
    token = _reason.set({"rule": rule, "because": dict(because)})
    try:
        yield
    finally:
        _reason.reset(token)


def reason() -> Mapping[str, Any]:
    """The columns of a message that say why it was written; none outside a rule."""
    return _reason.get()

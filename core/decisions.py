"""A yes, or a no with its reason: what every rule returns."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Decision:
    """The answer of a rule; falsy when refused, with a reason to show."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def or_raise(self) -> None:
        """Raise PermissionDenied with the reason when the answer is no."""
        if not self.allowed:
            raise PermissionDenied(self.reason)


YES = Decision(True)


def no(reason: object) -> Decision:
    """A refusal; the reason is translated into the reader's language here."""
    return Decision(False, str(reason))

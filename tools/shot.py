"""What one picture is of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shot:
    """One page: as whom, where, and a link to follow there when the address holds a number."""

    name: str
    account: str
    path: str
    follow: str = ""

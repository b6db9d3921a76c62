"""What can become of sending, other than that it worked."""

from __future__ import annotations


class Problem(Exception):
    """Not delivered. The text is for staff; `reason`, for the log, names no address. A final one is tried no more."""

    def __init__(self, words: str, *, reason: str, is_final: bool = False) -> None:
        super().__init__(words)
        self.reason, self.is_final = reason, is_final


class Kept(Exception):
    """Not sent, because this is a copy of the portal and the address is not on its list."""

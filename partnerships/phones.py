"""Telephone numbers as people write them, and as a telephone dials them."""

from __future__ import annotations

import re
import unicodedata

EXTENSION = re.compile(r"(?:转|轉|分机|ext\.?|x|#)\D*(\d{1,6})\s*$", re.IGNORECASE)


def digits(number: str) -> str:
    """Only the digits, full-width ones too: what two ways of writing one number have in common."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", number), flags=re.ASCII)


def dial(number: str) -> str:
    """The address that a telephone opens (RFC 3966), with the extension; empty where there is nothing to dial."""
    plain = unicodedata.normalize("NFKC", number).strip()
    found = EXTENSION.search(plain)
    called = plain[: found.start()] if found else plain
    dialled = ("+" if called.startswith("+") else "") + digits(called)
    if not digits(called):
        return ""
    return f"tel:{dialled};ext={found[1]}" if found else f"tel:{dialled}"

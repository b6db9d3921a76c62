"""The unified social credit code (统一社会信用代码) of GB 32100-2015.

python-stdnum knows the same sum, but refuses registering authorities N and A of the standard.
"""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, place, 31) for place in range(17)]


def normalise(typed: str) -> str:
    """What was meant: half-width capitals without spaces and hyphens."""
    return re.sub(r"[\s\-\u2010-\u2015\u2212]", "", unicodedata.normalize("NFKC", typed)).upper()


def is_valid(code: str) -> bool:
    """Whether a normalised code has 18 characters of the alphabet and the right check character."""
    if len(code) != 18 or any(character not in ALPHABET for character in code):
        return False
    total = sum(ALPHABET.index(code[place]) * WEIGHTS[place] for place in range(17))
    return ALPHABET[-total % 31] == code[17]

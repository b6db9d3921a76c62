"""Credit codes for made-up enterprises: right by their sums, of a division that does not exist."""

from __future__ import annotations

from random import Random

from partnerships.credit_code import ALPHABET, WEIGHTS

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS_AND_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def made_up_code(random: Random, province: str) -> str:
    """A code of GB 32100-2015 whose registering division (province + 9900) no authority has."""
    body = "MA" + "".join(random.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _place in range(6))
    seventeen = f"91{province}9900{body}{_organisation_check(body)}"
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(seventeen, WEIGHTS, strict=True))
    return seventeen + ALPHABET[-total % 31]


def _organisation_check(body: str) -> str:
    """The check character of the organisation code, GB 11714."""
    pairs = zip(body, _ORGANISATION_WEIGHTS, strict=True)
    rest = 11 - sum(_DIGITS_AND_LETTERS.index(sign) * weight for sign, weight in pairs) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))

"""What a token looks like: `portal_`, 43 letters of chance, 6 of a checksum, so that scanners tell it from noise."""

from __future__ import annotations

import hashlib
import re
import secrets
import zlib

PREFIX = "portal_"
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SECRET, CHECK = 43, 6  # 43 letters of 62 are 256 bits
SHAPE = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{SECRET + CHECK}}}")


def new_token() -> str:
    secret = "".join(secrets.choice(LETTERS) for _letter in range(SECRET))
    return f"{PREFIX}{secret}{checksum(secret)}"


def is_token(text: str) -> bool:
    """Whether a text can be a token at all; asked before the database is."""
    return bool(SHAPE.fullmatch(text)) and text.endswith(checksum(text[len(PREFIX) : -CHECK]))


def digest(token: str) -> str:
    """What is kept of a token. It is all chance, so that a fast hash without salt tells nobody anything."""
    return hashlib.sha256(token.encode()).hexdigest()


def checksum(secret: str) -> str:
    """CRC-32 in base 62, six letters."""
    number, letters = zlib.crc32(secret.encode()), ""
    for _letter in range(CHECK):
        number, rest = divmod(number, len(LETTERS))
        letters = LETTERS[rest] + letters
    return letters

"""The identity of the rows behind a number, packed: keys in order and, for sums, what each row added."""

from __future__ import annotations

import hashlib
import zlib
from array import array
from collections.abc import Iterable
from itertools import accumulate, pairwise

# What each row adds, in hundredths, by its key.
Amounts = dict[int, int]
HUNDREDTHS = 100


def pack(rows: Amounts) -> tuple[str, bytes]:
    """The digest of rows, and their packed form; the same rows give the same digest.

    Keys are kept as steps from one to the next, which compresses well.
    """
    keys = sorted(rows)
    steps = array("q", keys[:1] + [after - before for before, after in pairwise(keys)])
    amounts = array("q", (rows[key] for key in keys))
    content = array("q", [len(keys)]).tobytes() + steps.tobytes() + amounts.tobytes()
    return hashlib.sha256(content).hexdigest(), zlib.compress(content, 6)


def unpack(packed: bytes) -> Amounts:
    """What every row added, in hundredths, by its key."""
    numbers = array("q")
    numbers.frombytes(zlib.decompress(packed))
    count = numbers[0]
    return dict(zip(accumulate(numbers[1 : count + 1]), numbers[count + 1 :], strict=True))


def came_and_went(before: Amounts, after: Amounts) -> tuple[list[int], list[int], list[int]]:
    """Keys that came, that went, and that are in both with another amount."""
    came = sorted(after.keys() - before.keys())
    went = sorted(before.keys() - after.keys())
    return came, went, sorted(key for key in _common(before, after) if before[key] != after[key])


def _common(before: Amounts, after: Amounts) -> Iterable[int]:
    return before.keys() & after.keys()

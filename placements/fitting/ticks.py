"""What one rule says of a posting and a student."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Answer(enum.Enum):
    """Yes, no, or not to be told from what is on file; the last never counts as a yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Part(enum.Enum):
    """A condition that is not met blocks applying; what is asked and what is wished for only tell."""

    REQUIRED = "required"
    ASKED = "asked"
    WISH = "wish"


@dataclass(frozen=True)
class Tick:
    """One rule and its answer, why, and what would change it.

    `text` speaks to the student; `short` names the matter for anybody, where a line has room for a few words.
    `case` tells ways to meet a rule apart that are worth different points, see score.POINTS.
    """

    rule: str
    answer: Answer
    text: str
    short: str
    part: Part
    case: str = ""

    @property
    def passed(self) -> bool:
        return self.answer is Answer.YES

    @property
    def is_unknown(self) -> bool:
        return self.answer is Answer.UNKNOWN

    @property
    def is_required(self) -> bool:
        return self.part is Part.REQUIRED

    @property
    def is_wish(self) -> bool:
        return self.part is Part.WISH

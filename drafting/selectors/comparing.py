"""Two revisions side by side: which clause became which, and what went and came inside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

from drafting.models.texts import RevisionClause
from drafting.numbering import article
from partnerships.change_words import SAME, Part, marked

ALIKE = 0.5  # share of pairs of letters that two clauses have in common, from which one is the other rewritten
SAME_STATE, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"


@dataclass(frozen=True)
class ComparedText:
    """A heading or a body; nothing where the language says nothing on either side."""

    parts: list[Part]
    is_changed: bool


@dataclass(frozen=True)
class ComparedLanguage:
    number: str
    heading: ComparedText
    body: ComparedText


@dataclass(frozen=True)
class ComparedClause:
    """One clause of the newer text, or one that went: what became of it, and where it stood before."""

    state: str
    is_moved: bool
    before: int | None
    after: int | None
    languages: dict[str, ComparedLanguage] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    clauses: list[ComparedClause]

    @property
    def touched(self) -> list[ComparedClause]:
        return [clause for clause in self.clauses if clause.state != SAME_STATE or clause.is_moved]

    @property
    def counts(self) -> dict[str, int]:
        states = {state: sum(c.state == state for c in self.clauses) for state in (CHANGED, ADDED, REMOVED)}
        return {**states, "moved": sum(clause.is_moved for clause in self.clauses)}


def compare_texts(before: str, after: str) -> ComparedText:
    if before == after:
        return ComparedText([Part(SAME, after)] if after else [], is_changed=False)
    return ComparedText(list(marked(before, after)), is_changed=True)


def _pairs_of_letters(clause: RevisionClause) -> set[str]:
    text = f"{clause.body_zh}{clause.body_en}"
    return {text[place : place + 2] for place in range(len(text) - 1)}


Matches = dict[int, int]  # place in the newer text → place in the older one


def _match_by(
    key: Callable[[RevisionClause], Hashable], old: list[RevisionClause], new: list[RevisionClause], found: Matches
) -> None:
    """Pair what has the same key on both sides; an empty key says nothing. Equal keys pair in their order."""
    taken = set(found.values())
    left: dict[Hashable, list[int]] = {}
    for place, clause in enumerate(old):
        if place not in taken and key(clause):
            left.setdefault(key(clause), []).append(place)
    for place, clause in enumerate(new):
        if place not in found and left.get(key(clause)):
            found[place] = left[key(clause)].pop(0)


def _match_alike(old: list[RevisionClause], new: list[RevisionClause], found: Matches) -> None:
    """Pair what is left with the clause that it resembles most, the closest first."""
    olds = {place: _pairs_of_letters(old[place]) for place in set(range(len(old))) - set(found.values())}
    news = {place: _pairs_of_letters(new[place]) for place in set(range(len(new))) - found.keys()}
    close = [
        (len(mine & theirs) / len(mine | theirs), -here, -there)
        for here, mine in news.items()
        for there, theirs in olds.items()
        if mine and theirs and len(mine & theirs) >= ALIKE * len(mine | theirs)
    ]
    for _share, here, there in sorted(close, reverse=True):
        if -here not in found and -there not in found.values():
            found[-here] = -there


def _words(clause: RevisionClause) -> tuple[str, ...]:
    return (clause.heading_zh, clause.heading_en, clause.body_zh, clause.body_en)


def match_clauses(old: list[RevisionClause], new: list[RevisionClause]) -> Matches:
    """Which clause of the newer text was which: by its words, its origin, its heading, its likeness."""
    found: Matches = {}
    _match_by(lambda clause: (clause.origin_id, _words(clause)), old, new, found)
    _match_by(_words, old, new, found)
    _match_by(lambda clause: clause.origin_id, old, new, found)
    _match_by(lambda clause: (clause.heading_zh, clause.heading_en), old, new, found)
    _match_alike(old, new, found)
    return found


def moved_places(found: Matches) -> set[int]:
    """Places in the newer text that left the order; as few as can be, so the longest run that kept it stays."""
    ends: list[int] = []  # the smallest end of a run of each length
    length: dict[int, int] = {}
    for place in sorted(found):
        run = bisect_left(ends, found[place])
        ends[run : run + 1] = [found[place]]
        length[place] = run
    kept: set[int] = set()
    wanted = len(ends) - 1
    for place in sorted(found, reverse=True):
        if length[place] == wanted and all(found[place] < found[later] for later in kept):
            kept.add(place)
            wanted -= 1
    return set(found) - kept


def _languages(was: RevisionClause | None, now: RevisionClause | None, number: int) -> dict[str, ComparedLanguage]:
    def side(name: str) -> ComparedText:
        return compare_texts(getattr(was, name, ""), getattr(now, name, ""))

    both = {
        language: ComparedLanguage(article(number, language), side(f"heading_{mark}"), side(f"body_{mark}"))
        for language, mark in (("zh-hans", "zh"), ("en", "en"))
    }
    return {language: each for language, each in both.items() if each.heading.parts or each.body.parts}


def _clause(
    old: list[RevisionClause], new: list[RevisionClause], pair: tuple[int | None, int | None], *, is_moved: bool
) -> ComparedClause:
    before, after = pair
    was, now = None if before is None else old[before], None if after is None else new[after]
    place = after if after is not None else before
    if was is None or now is None:
        state = ADDED if was is None else REMOVED
    else:
        state = SAME_STATE if _words(was) == _words(now) else CHANGED
    return ComparedClause(
        state=state,
        is_moved=is_moved,
        before=None if before is None else before + 1,
        after=None if after is None else after + 1,
        languages=_languages(was, now, (place or 0) + 1),
    )


def _in_order(
    old: list[RevisionClause], new: list[RevisionClause], found: Matches
) -> Iterable[tuple[int | None, int | None]]:
    """The newer text from top to bottom; a clause that went stands before the one that followed it."""
    gone = sorted(set(range(len(old))) - set(found.values()))
    moved = moved_places(found)
    for place in range(len(new)):
        before = found.get(place)
        while before is not None and place not in moved and gone and gone[0] < before:
            yield gone.pop(0), None
        yield before, place
    for place in gone:
        yield place, None


def compare_clauses(old: list[RevisionClause], new: list[RevisionClause]) -> Comparison:
    """Every clause of both texts, once."""
    found = match_clauses(old, new)
    moved = moved_places(found)
    return Comparison([_clause(old, new, pair, is_moved=pair[1] in moved) for pair in _in_order(old, new, found)])

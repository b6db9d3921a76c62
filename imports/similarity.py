"""Names that are alike, found in memory: the measure is that of pg_trgm, the price that of a dictionary.

Asked of the database 500 names at a time, 20,000 names took minutes: most names of enterprises share the place and
the trade, and its index reads every name that shares any of them. Here only the rarest runs are looked up.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict

from partnerships.models.enterprises import Enterprise
from partnerships.selectors.matching import LIKE_ENOUGH

RARE_ONES = 2  # so many of the rarer runs must be shared


def runs_of(key: str) -> frozenset[str]:
    """Every run of three characters, with two blanks before the name and one behind it, as pg_trgm counts."""
    padded = f"  {key} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


class SimilarNames:
    """The names of all current files, as they were when this was made; one query."""

    def __init__(self) -> None:
        self.files: list[tuple[int, str, str]] = []
        self.sizes = array("H")  # how many runs each name has
        self.places: dict[str, array[int]] = defaultdict(lambda: array("L"))
        names = Enterprise.objects.current().order_by("pk").values_list("pk", "legal_name", "name_key")
        for place, (pk, name, key) in enumerate(names.iterator(chunk_size=5000)):
            runs = runs_of(key)
            self.files.append((pk, name, key))
            self.sizes.append(len(runs))
            for run in runs:
                self.places[run].append(place)

    def like(self, key: str, most: int) -> list[tuple[int, str]]:
        """Number and name of the files most like a key, the most alike first.

        Two names half alike share at least half of the runs of either, and a third of all runs of both: whoever
        shares too few of the rarer ones cannot make up for it with the common ones.
        """
        runs = runs_of(key)
        shared = (len(runs) + 1) // 2
        rarest = sorted(runs, key=lambda run: len(self.places.get(run, ())))[: len(runs) - shared + RARE_ONES]
        common_ones = len(runs) - len(rarest)
        met: Counter[int] = Counter()
        for run in rarest:
            met.update(self.places.get(run, ()))
        alike = []
        sizes, size = self.sizes, len(runs)
        for place in [place for place, times in met.items() if 3 * (times + common_ones) >= size + sizes[place]]:
            other = runs_of(self.files[place][2])
            common = len(runs & other)
            share = common / (len(runs) + len(other) - common)
            if share >= LIKE_ENOUGH:
                alike.append((-share, place))
        return [self.files[place][:2] for _share, place in sorted(alike)[:most]]

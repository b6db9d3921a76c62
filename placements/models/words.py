"""Words that stand in postings, for what is typed with an error."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class KnownWord(models.Model):
    """A word in Latin letters of some title, skill or name, or two syllables in pinyin; kept by a trigger.

    A word may stand here twice: no posting waits for another that brings the same new word.
    """

    word = models.CharField(max_length=40, db_index=True)

    class Meta:
        indexes = [GinIndex(fields=["word"], name="known_word_like", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.word

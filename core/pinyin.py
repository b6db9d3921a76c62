"""Pinyin, read when the first name asks for it: its dictionaries take 50 MB, and many processes never need them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.utils.functional import SimpleLazyObject

pypinyin: Any = SimpleLazyObject(lambda: import_module("pypinyin"))

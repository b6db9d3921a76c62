"""What people say about a ledger: which columns mean what."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst

from imports import asking
from imports.selectors import ColumnsPage
from ledger.past.columns import GROUPS


class ColumnsForm(asking.ColumnsForm):
    def __init__(self, data: Any, *, page: ColumnsPage) -> None:
        groups = [
            (str(name), [(key, capfirst(str(label))) for key, label in fields.items()])
            for name, fields in GROUPS.items()
        ]
        super().__init__(data, page=page, groups=groups)

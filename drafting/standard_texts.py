"""The standard texts that come with the portal, read from standard_texts.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class StandardClause:
    heading_zh: str
    heading_en: str
    body_zh: str
    body_en: str
    is_fixed: bool


@dataclass(frozen=True)
class StandardText:
    """`kind` is the code of a kind of agreement; empty for the text that serves every other kind."""

    kind: str
    name_zh: str
    name_en: str
    clauses: list[StandardClause]


def _clause(source: dict[str, Any]) -> StandardClause:
    return StandardClause(
        heading_zh=source["heading_zh"],
        heading_en=source["heading_en"],
        body_zh=source["zh"].strip(),
        body_en=source["en"].strip(),
        is_fixed=source.get("fixed", False),
    )


def standard_texts() -> list[StandardText]:
    """Each kind's clauses in their order: shared ones by name, its own as they stand."""
    source = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    clauses = {name: _clause(each) for name, each in source["clauses"].items()}
    return [
        StandardText(
            kind="" if kind == "general" else kind,
            name_zh=text["name_zh"],
            name_en=text["name_en"],
            clauses=[clauses[name] for name in text["clauses"]],
        )
        for kind, text in source["texts"].items()
    ]

"""What `up` started, in a file that other commands and tests read: addresses and process numbers."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Run:
    """One start of `up`; the mail port is asked for again at the next start. `processes` by name: number and age."""

    pid: int = 0
    port: int = 0
    mail_port: int = 0
    processes: dict[str, tuple[int, float]] = field(default_factory=dict)
    servers: dict[str, int] = field(default_factory=dict)


class RunFile:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "run.json"

    def read(self) -> Run:
        try:
            return Run(**json.loads(self.path.read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return Run()

    def write(self, run: Run) -> None:
        draft = self.path.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(run), indent=1))
        draft.replace(self.path)

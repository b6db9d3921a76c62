"""Where a server's socket may stand: a path of a socket has about 100 bytes, and no odd characters."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

LONGEST = 100
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")


def socket_folder(folder: Path, name: str) -> Path:
    """The folder itself if a socket of this name fits there, else a short private one under the temporary folder."""
    wanted = str(folder / name)
    if len(wanted.encode()) < LONGEST and PLAIN.fullmatch(wanted):
        return folder
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"portal-{os.getuid()}-{digest}"
    short.mkdir(mode=0o700, exist_ok=True)
    return short

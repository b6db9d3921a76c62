"""A mail server for the sample school: takes every mail and writes it into a folder, sends none on."""

from __future__ import annotations

import argparse
import re
import signal
import time
from itertools import count
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

UNSAFE = re.compile(r"[^A-Za-z0-9@._-]+")


class Folder:
    """Writes each mail as `<time>-<number>-<first recipient>.eml`; the folder is listed in the order of arrival."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count(1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        recipient = UNSAFE.sub("_", envelope.rcpt_tos[0])[:80]
        name = f"{time.strftime('%Y%m%dT%H%M%S')}-{next(self.numbers):05}-{recipient}.eml"
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        draft = self.folder / f".{name}"
        draft.write_bytes(content)
        draft.rename(self.folder / name)
        return "250 Message accepted"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    controller = Controller(Folder(options.folder), hostname="127.0.0.1", port=options.port)
    controller.start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    controller.stop()


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main()

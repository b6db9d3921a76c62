"""Finds a Chromium for the browser tests and the pictures, or installs one.

    python -m tools.browser

prints its path. Order: CHROMIUM, an installed Chromium or Chrome, one that Playwright has; then, as
root on Debian, `apt-get install chromium`; then `playwright install chromium`.
"""

from __future__ import annotations

import fcntl
import glob
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PLAYWRIGHT = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NONE_FOUND = """No Chromium could be found or installed, so the browser tests cannot run.
Name one with CHROMIUM=/path/to/chromium, install one (Debian: apt-get install chromium),
or leave these tests out: make test BROWSER=no"""


class NoBrowser(Exception):
    """There is no Chromium and none could be installed."""


def find() -> str:
    """The path of a Chromium; installs one if there is none. Raises NoBrowser."""
    if chosen := os.environ.get("CHROMIUM"):
        if shutil.which(chosen):
            return chosen
        raise NoBrowser(f"CHROMIUM={chosen} is not a program.\n{NONE_FOUND}")
    with open(Path(tempfile.gettempdir()) / f"portal-browser-{os.getuid()}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = _installed()
        if found is None:
            _install()
            found = _installed()
    if found is None:
        raise NoBrowser(NONE_FOUND)
    return found


def _installed() -> str | None:
    for name in (*NAMES, *PLACES):
        if path := shutil.which(name):
            return path
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    caches = (
        [Path(folder)]
        if folder
        else [Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright"]
    )
    for cache in caches:
        for pattern in PLAYWRIGHT:
            if paths := sorted(glob.glob(str(cache / pattern))):
                return paths[-1]
    return None


def _install() -> None:
    sys.stderr.write("No Chromium found; installing one for the browser tests …\n")
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        packages = ["chromium", "fonts-noto-cjk"]
        for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "-y", "install", *packages]):
            subprocess.run(command, env=quiet, stdout=sys.stderr, check=False)  # noqa: S603
        if _installed():
            return
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr, check=False, timeout=900
    )


if __name__ == "__main__":
    try:
        sys.stdout.write(find() + "\n")
    except NoBrowser as error:
        sys.exit(str(error))

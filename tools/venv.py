"""Makes .venv and installs pinned requirements into it. Runs on a bare Python, an old one too, which it can then name.

    python3 tools/venv.py base.txt

Two calls at once wait for each other; what is installed already is known by the hash of its file.
"""

import fcntl
import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / "bin" / "python"
OLDEST = (3, 11)


def fail(words: str) -> None:
    sys.exit(f"\n{words}\n")


def make() -> None:
    """A new environment; where Debian has split off ensurepip, say which package brings it."""
    print(f"Making {FOLDER} …", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(FOLDER)], capture_output=True, text=True)
    if made.returncode != 0:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        fail(
            f"Python could not make a virtual environment:\n{made.stdout}{made.stderr}\n"
            f"On Debian and Ubuntu: apt-get install python{version}-venv"
        )


def works() -> bool:
    """Does the environment run, with pip, on the Python that it was made with?"""
    if not PYTHON.exists():
        return False
    asked = subprocess.run([str(PYTHON), "-c", "import pip, sys; print(sys.prefix)"], capture_output=True, text=True)
    return asked.returncode == 0 and asked.stdout.strip() == str(FOLDER)


def install(name: str) -> None:
    requirements = ROOT / "requirements" / name
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    stamp = FOLDER / f".installed-{name}"
    if works() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not works():
        make()
    print(f"Installing {requirements.relative_to(ROOT)} …", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run([*pip, "--require-hashes", "--only-binary=:all:", "-r", str(requirements)])
    if done.returncode != 0:
        fail(f"pip could not install {requirements}. What went wrong stands above; `make` may be called again.")
    stamp.write_text(wanted)


def main() -> None:
    if sys.version_info < OLDEST:
        fail(
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}."
            " Name another one: make run PYTHON=python3.12"
        )
    names = sys.argv[1:] or ["base.txt"]
    with open(ROOT / ".venv.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for name in names:
            install(name)


if __name__ == "__main__":
    main()

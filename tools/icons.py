"""Makes static/icons.svg, one small sprite with the icons that static/icons.txt names.

    python tools/icons.py FOLDER

FOLDER is an unpacked bootstrap-icons package; which version is in static/vendor/VERSIONS.md.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
WHOLE = re.compile(r'<svg[^>]*viewBox="([^"]+)"[^>]*>(.*)</svg>', re.DOTALL)


def symbol(folder: Path, name: str) -> str:
    """The icon as a symbol of the sprite; raises ValueError for a file that is no such icon."""
    found = WHOLE.search((folder / "icons" / f"{name}.svg").read_text())
    if found is None:
        raise ValueError(f"{name}.svg is not an icon of the known form.")
    box, shapes = found.groups()
    return f'<symbol id="{name}" viewBox="{box}">{" ".join(shapes.split())}</symbol>'


def sprite(folder: Path, names: list[str]) -> str:
    symbols = "\n".join(symbol(folder, name) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor">\n{symbols}\n</svg>\n'


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    listed = STATIC / "icons.txt"
    names = sorted(set(listed.read_text().split()))
    listed.write_text("\n".join(names) + "\n")
    (STATIC / "icons.svg").write_text(sprite(Path(sys.argv[1]), names))
    print(f"{len(names)} icons")


if __name__ == "__main__":
    main()

"""The styles of every page: single files to whoever works on them, one file to whoever reads over a slow line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

# In the order in which they apply.
STYLES = (
    "vendor/bootstrap-5.3.8.min.css",
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/menus.css",
    "css/components.css",
    "css/paths.css",
    "css/figures.css",
    "css/charts.css",
    "css/dashboards.css",
    "css/forms.css",
    "css/tables.css",
    "css/lists.css",
    "css/tile-map.css",
    "css/imports.css",
    "css/clauses.css",
    "css/trips.css",
    "css/events.css",
    "css/messages.css",
)
JOINED = "css/portal.css"


class PortalFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Static files with their digest in the name, compressed, and the styles of every page joined into one."""

    joins_styles = True

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        if all(name in paths for name in STYLES):
            texts = [Path(self.path(name)).read_text(encoding="utf-8") for name in STYLES]
            Path(self.path(JOINED)).write_text("\n".join(texts), encoding="utf-8")
            paths[JOINED] = (self, JOINED)
        yield from super().post_process(paths, *args, **options)


def style_names() -> tuple[str, ...]:
    """What a page links."""
    return (JOINED,) if getattr(staticfiles_storage, "joins_styles", False) else STYLES

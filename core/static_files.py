"""Static files under names that change with their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class ManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Modules that import one another find each other under those names too."""

    support_js_module_import_aggregation = True

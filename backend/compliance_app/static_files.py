"""Static files as production serves them: every name carries a digest of the content, imports inside scripts too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

OUR_SCRIPTS = "web/*.js"
"""Only they are rewritten: scripts of libraries mention imports in their comments."""


class CollectedFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage. Our scripts import each other by names with digests: no browser mixes two releases."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (OUR_SCRIPTS, CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

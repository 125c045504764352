"""Static files: hashed names, compressed once (静态文件)."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """A file missing from the manifest keeps its plain name, so that tests need no collecting."""

    manifest_strict = False

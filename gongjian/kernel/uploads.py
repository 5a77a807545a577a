"""How Django receives files: small ones in memory, larger ones in the installation's private folder."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from gongjian.kernel.spilled import spilled


class PrivateFileUploadHandler(TemporaryFileUploadHandler):
    """Django's own, which writes to FILE_UPLOAD_TEMP_DIR, after seeing to it that this folder is there and private."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to receive one file. Raises: OSError when the folder cannot be made."""
        spilled(Path(settings.FILE_UPLOAD_TEMP_DIR).parent)
        super().new_file(*args, **kwargs)

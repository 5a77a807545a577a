"""The room as a Django app."""

from django.apps import AppConfig


class RecordingsConfig(AppConfig):
    """Recordings."""

    name = "gongjian.recordings"
    verbose_name = "录音录像"

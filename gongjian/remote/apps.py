"""The room as a Django app."""

from django.apps import AppConfig


class RemoteConfig(AppConfig):
    """Sittings at a distance."""

    name = "gongjian.remote"
    verbose_name = "远程视频会场"

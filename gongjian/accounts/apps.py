"""The room as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, offices, posts."""

    name = "gongjian.accounts"
    verbose_name = "人员与单位"

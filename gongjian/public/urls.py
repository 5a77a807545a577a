"""Addresses of the pages for everyone."""

from django.urls import path

from gongjian.public.views import check

app_name = "public"
urlpatterns = [
    path("check/", check.start, name="check"),
    path("check/file/", check.compare, name="compare"),
    path("check/<str:code>", check.checked, name="checked"),
]

"""Addresses of the pages for everyone."""

from django.urls import path

from gongjian.public.views import check, home, notices

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("flow/", home.flow, name="flow"),
    path("anchors/", home.anchors, name="anchors"),
    path("privacy/", home.privacy, name="privacy"),
    path("notices/", notices.notices, name="notices"),
    path("check/", check.start, name="check"),
    path("check/file/", check.compare, name="compare"),
    path("check/<str:code>", check.checked, name="checked"),
]

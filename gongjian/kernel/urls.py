"""Addresses of the frame itself."""

from django.urls import path

from gongjian.kernel import views

app_name = "kernel"
urlpatterns = [
    path("large-type/", views.large_type, name="large_type"),
    path("look/", views.look, name="look"),
    path("look/form/", views.look_form, name="look_form"),
    path("look/<slug:face>/", views.look, name="look_face"),
]

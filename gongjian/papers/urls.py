"""Addresses of the room."""

from django.urls import path

from gongjian.papers import views

app_name = "papers"
urlpatterns = [path("<int:pk>/file", views.file, name="file")]

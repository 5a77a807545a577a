"""Addresses of the room."""

from django.urls import path

from gongjian.materials import views

app_name = "materials"
urlpatterns = [
    path("<int:pk>/", views.viewer, name="viewer"),
    path("page/<int:pk>/<int:within>.png", views.image, name="page_image"),
    path("page/<int:pk>/small.png", views.small, name="small"),
    path("page/<int:pk>/original", views.original, name="original"),
    path("page/<int:pk>/remove", views.remove, name="remove"),
    path("page/<int:pk>/shift", views.shift, name="shift"),
]

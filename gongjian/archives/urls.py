"""Addresses of the room."""

from django.urls import path

from gongjian.archives import views

app_name = "archives"
urlpatterns = [
    path("", views.listing, name="list"),
    path("waiting", views.waiting, name="waiting"),
    path("borrowings/<int:pk>/package", views.package, name="package"),
    path("cases/<str:number>/", views.case, name="case"),
    path("cases/<str:number>/remedies/<int:pk>/bundle", views.bundle, name="bundle"),
    path("cases/<str:number>/archive", views.archive, name="archive"),
]

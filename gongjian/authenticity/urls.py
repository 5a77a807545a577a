"""Addresses of the room."""

from django.urls import path

from gongjian.authenticity import views

app_name = "authenticity"
urlpatterns = [
    path("cases/<str:number>/", views.case_page, name="case"),
    path("cases/<str:number>/part", views.part, name="case_part"),
    path("cases/<str:number>/papers/<int:pk>", views.inquire, name="inquire"),
    path("cases/<str:number>/pictures/<int:pk>/<int:other>", views.compare, name="compare"),
    path("inquiries/<int:pk>/seen", views.seen, name="seen"),
]

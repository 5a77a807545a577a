"""Addresses of the estimate. None of them says anything about anybody's facts: these are sent by POST."""

from django.urls import path

from gongjian.benefits import views

app_name = "benefits"
urlpatterns = [
    path("", views.estimate, name="estimate"),
    path("cases/<str:number>/", views.of_case, name="case"),
]

"""Addresses of the room."""

from django.urls import path

from gongjian.jurisdiction import views

app_name = "jurisdiction"
urlpatterns = [
    path("", views.table, name="table"),
    path("new", views.enter, name="enter"),
    path("changes/<int:pk>", views.change, name="change"),
    path("changes/<int:pk>/again", views.try_again, name="try_again"),
    path("failing/<str:number>/", views.failing, name="failing"),
    path("changes/<int:pk>/take-back", views.take_back, name="take_back"),
]

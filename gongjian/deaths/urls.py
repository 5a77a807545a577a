"""Addresses of the room."""

from django.urls import path

from gongjian.deaths import views, views_desk

app_name = "deaths"
urlpatterns = [
    path("", views_desk.reports, name="list"),
    path("enter/", views_desk.enter, name="enter"),
    path("mine/", views.mine, name="mine"),
    path("mine/new/", views.new, name="new"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/papers/", views.add, name="add"),
    path("<int:pk>/papers/<int:paper_pk>", views.paper, name="paper"),
    path("<int:pk>/begin/", views.begin, name="begin"),
    path("<int:pk>/note/", views_desk.note, name="note"),
    path("<int:pk>/link/", views_desk.link, name="link"),
    path("<int:pk>/close/", views_desk.close, name="close"),
    path("case/<str:number>/", views_desk.case_part, name="case_part"),
]

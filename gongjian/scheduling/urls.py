"""Addresses of the room."""

from django.urls import path

from gongjian.scheduling import views

app_name = "scheduling"
urlpatterns = [
    path("", views.index, name="index"),
    path("case/<int:pk>/", views.placement, name="placement"),
    path("<str:code>/", views.board, name="board"),
    path("<str:code>/propose", views.propose, name="propose"),
    path("<str:code>/progress", views.progress, name="progress"),
    path("<str:code>/insert/<str:number>/", views.insert, name="insert"),
    path("<str:code>/accept/<int:pk>", views.accept, name="accept"),
    path("<str:code>/capacity/", views.capacity, name="capacity"),
    path("<str:code>/sitting/<str:number>/", views.sitting, name="sitting"),
]

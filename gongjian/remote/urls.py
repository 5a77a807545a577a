"""Addresses of the room."""

from django.urls import path

from gongjian.remote import views

app_name = "remote"
urlpatterns = [
    path("", views.rooms, name="list"),
    path("open/<int:pk>", views.open_room, name="open"),
    path("case/<str:number>/mine", views.mine, name="mine"),
    path("<int:pk>/", views.room, name="room"),
    path("<int:pk>/enter", views.enter, name="enter"),
    path("<int:pk>/poll", views.poll, name="poll"),
    path("<int:pk>/say", views.say, name="say"),
    path("<int:pk>/admit", views.admit, name="admit"),
    path("<int:pk>/identify", views.identify, name="identify"),
    path("<int:pk>/begin", views.begin, name="begin"),
    path("<int:pk>/end", views.end, name="end"),
    path("<int:pk>/fall-back", views.fall_back, name="fall_back"),
]

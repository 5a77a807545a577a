"""Addresses of the room."""

from django.urls import path

from gongjian.accounts import views
from gongjian.accounts import views_second as second

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-in/staff/", views.staff, name="staff"),
    path("sign-in/second/", second.second, name="second"),
    path("sign-in/second/new/", second.enrol, name="enrol"),
    path("sign-in/cast/", views.cast, name="cast"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("", second.profile, name="profile"),
]

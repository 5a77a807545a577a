"""Addresses of the room."""

from django.urls import path

from gongjian.accounts import views, views_contact, views_engaging, views_staff
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
    path("colleagues/", views_staff.staff_list, name="colleagues"),
    path("colleagues/new/", views_engaging.engage_colleague, name="engage"),
    path("colleagues/<int:pk>/", views_engaging.colleague_page, name="colleague"),
    path("colleagues/<int:pk>/part/", views_engaging.part_with, name="part"),
    path("offices/", views_contact.offices, name="offices"),
    path("offices/<int:pk>/", views_contact.contact, name="contact"),
    path("password/", views_engaging.password, name="password"),
    path("colleagues/<int:pk>/second-factor/", views_staff.unbind, name="unbind"),
    path("colleagues/<int:pk>/identity/", views_staff.identity, name="identity"),
    path("", second.profile, name="profile"),
]

"""Addresses of the room."""

from django.urls import path, re_path

from gongjian.experts import views, views_account

app_name = "experts"
urlpatterns = [
    path("", views.pool, name="list"),
    path("new", views.new, name="new"),
    path("import", views.sheet_in, name="import"),
    path("import/<int:pk>/take", views.take_in, name="take_in"),
    path("import/template", views.template, name="template"),
    path("export", views.sheet_out, name="export"),
    path("<str:number>/", views.expert, name="expert"),
    path("<str:number>/edit", views.edit, name="edit"),
    path("<str:number>/telephone", views.telephone, name="telephone"),
    path("<str:number>/account", views_account.account, name="account"),
    path("<str:number>/password", views_account.password, name="password"),
    path("<str:number>/suspend", views.suspend, name="suspend"),
    path("<str:number>/dismiss", views.dismiss, name="dismiss"),
    re_path(r"^(?P<number>[^/]+)/(?P<act>renew|trained)$", views.day, name="day"),
    re_path(r"^(?P<number>[^/]+)/(?P<act>reinstate|fit|unfit)$", views.turn, name="turn"),
]

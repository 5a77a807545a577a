"""Addresses of the desk."""

from django.urls import path

from gongjian.desk.views import case, papers, regroup, window, worklist

app_name = "desk"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("search", worklist.search, name="search"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/extend", case.extend, name="extend"),
    path("cases/<str:number>/regroup", regroup.regroup, name="regroup"),
    path("cases/<str:number>/name", window.name, name="name"),
    path("cases/<str:number>/account", window.account, name="account"),
    path("cases/<str:number>/withdrawal", window.withdrawal, name="withdrawal"),
    path("cases/<str:number>/check", papers.check, name="check"),
    path("cases/<str:number>/accept", papers.accept, name="accept"),
    path("cases/<str:number>/supplement", papers.supplement, name="supplement"),
    path("cases/<str:number>/later", papers.later, name="later"),
    path("cases/<str:number>/give-up", papers.give_up, name="give_up"),
]
